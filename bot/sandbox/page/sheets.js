// What comes up over the chat: sheets (dialogs) and toasts.

import { el, iconButton } from "./dom.js";

let count = 0;

/**
 * Open a sheet and wait until it closes. `actions`: [{label, value, main?, danger?}]; returns the value of the pressed one,
 * or null after Escape, the cross or a click beside it. `body` is an array of nodes; `wide` gives pictures room;
 * `ready(close)` is called when it stands, for bodies whose own buttons close it with a value.
 */
export function openSheet({ title, body = [], actions = [], wide = false, ready }) {
  return new Promise((resolve) => {
    const id = `sheet-${(count += 1)}`;
    let result = null;
    const close = (value) => {
      result = value;
      sheet.close();
    };
    const sheet = el(
      "dialog",
      { class: wide ? "sheet wide" : "sheet", "aria-labelledby": id },
      el(
        "header",
        { class: "sheet-head" },
        el("h2", { id }, title),
        iconButton("Close", "close", () => close(null)),
      ),
      el("div", { class: "sheet-body" }, body),
      actions.length > 0 &&
        el(
          "footer",
          { class: "sheet-foot" },
          actions.map((action) => actionButton(action, close)),
        ),
    );
    sheet.addEventListener("click", (event) => event.target === sheet && close(null));
    sheet.addEventListener("close", () => {
      sheet.remove();
      resolve(result);
    });
    document.body.append(sheet);
    sheet.showModal();
    (sheet.querySelector("[autofocus]") ?? sheet.querySelector(".main") ?? sheet.querySelector("button"))?.focus();
    ready?.(close);
  });
}

function actionButton({ label, value, main, danger }, close) {
  const look = ["plain", main && "main", danger && "danger"].filter(Boolean).join(" ");
  return el("button", { type: "button", class: look, on: { click: () => close(value) } }, label);
}

/** Ask one question with two answers; true where the first was chosen. */
export async function confirmed(title, words, label, danger = false) {
  const actions = [
    { label: "Cancel", value: false },
    { label, value: true, main: !danger, danger },
  ];
  return (await openSheet({ title, body: words.map((line) => el("p", { class: "wrap" }, line)), actions })) === true;
}

/** Show a short note for as long as it takes to read; `trouble` marks an error. */
export function toast(words, { trouble = false } = {}) {
  const place = document.getElementById("toasts");
  const note = el("p", { class: trouble ? "toast trouble" : "toast" }, words);
  while (place.children.length >= 3) place.firstChild.remove();
  place.append(note);
  setTimeout(() => note.remove(), Math.min(3000 + words.length * 45, 12000));
}

/** Show what went wrong, in the words of who refused. */
export const complain = (error) => toast(error.message || String(error), { trouble: true });

/** A bot's alert: the answer to a pressed button that must be read. */
export const alertSheet = (title, words) =>
  openSheet({ title, body: [el("p", { class: "wrap" }, words)], actions: [{ label: "OK", value: true, main: true }] });
