// Inline keyboards under messages and reply keyboards under the composer.

import { el, icon } from "./dom.js";

/** How long a pressed button waits for the bot before its progress mark goes, in milliseconds. */
const PATIENCE = 15000;

const CORNERS = [
  ["url", "out"],
  ["login_url", "out"],
  ["web_app", "out"],
  ["switch_inline_query", "share"],
  ["switch_inline_query_chosen_chat", "share"],
  ["copy_text", "copy"],
];

const HINTS = {
  out: "opens a link",
  share: "choose a chat",
  copy: "copies text",
};

/** The inline keyboard of a message, or null. `press(view, message, button)` does what a button is for. */
export function inlineKeyboard(view, message, pending, press) {
  const rows = message.reply_markup?.inline_keyboard?.filter((row) => row.length > 0) ?? [];
  if (rows.length === 0) return null;
  const grid = rows.map((row, line) =>
    el(
      "div",
      { class: "key-row" },
      row.map((button, place) => inlineKey(button, `${line}:${place}`, { view, message, pending, press })),
    ),
  );
  return el("div", { class: "keys", role: "group", "aria-label": "Buttons of this message" }, grid);
}

function inlineKey(button, place, { view, message, pending, press }) {
  const picture = CORNERS.find(([field]) => button[field] !== undefined)?.[1];
  const busy = button.callback_data !== undefined && pending.has(view, message, button.callback_data);
  const node = el(
    "button",
    {
      type: "button",
      class: button.style ? `key ${button.style}` : "key",
      title: button.url ?? null,
      "aria-busy": busy ? "true" : null,
      "aria-description": picture ? HINTS[picture] : null,
      data: {
        focus: `key:${place}`,
        ...(button.callback_data === undefined ? {} : { callback: button.callback_data }),
      },
    },
    el("span", {}, button.text),
    picture && icon(picture),
  );
  node.addEventListener("click", () => press(view, message, button));
  return node;
}

/** Presses whose answer has not come yet. A second press of a waiting button does nothing, as in Telegram's clients. */
export class Presses {
  #waiting = [];
  #early = new Set();

  constructor(changed) {
    this.changed = changed;
  }

  /** Whether a button waits. */
  has(view, message, data) {
    return this.#waiting.some(
      (one) => one.chat === view.chat.id && one.message === message.message_id && one.data === data,
    );
  }

  /** A button is pressed: returns the entry to settle, or null where it waits already. */
  start(view, message, data) {
    if (this.has(view, message, data)) return null;
    const entry = { chat: view.chat.id, message: message.message_id, data, viewer: view.actor, id: null };
    entry.timer = setTimeout(() => this.drop(entry), PATIENCE);
    this.#waiting.push(entry);
    this.changed(entry);
    return entry;
  }

  /** The server named the press; its answer may have come first. */
  named(entry, id) {
    entry.id = String(id);
    if (this.#early.delete(entry.id)) this.drop(entry);
  }

  /** An answer came: it ends the wait of the press it names, or where it names none of the viewer's oldest. */
  answer({ viewer, callback_query_id: id }) {
    const named = id !== undefined && id !== null;
    const entry = this.#waiting.find((one) => (named ? one.id === String(id) : one.viewer === viewer));
    if (entry) this.drop(entry);
    else if (named) this.#early.add(String(id));
  }

  /** Stop waiting. */
  drop(entry) {
    clearTimeout(entry.timer);
    this.#waiting = this.#waiting.filter((one) => one !== entry);
    this.changed(entry);
  }

  /** Forget everything: the server started anew. */
  clear() {
    for (const entry of [...this.#waiting]) this.drop(entry);
    this.#early.clear();
  }
}

const ASKS = {
  request_contact: "phone",
  request_location: "pin",
  request_chat: "people",
  request_users: "person",
  request_poll: "menu",
  web_app: "out",
};

/** The reply keyboard of a view as a panel. `press(button)` does what a key is for. */
export function replyKeyboard(keyboard, press) {
  const key = (button) => {
    const ask = Object.keys(ASKS).find((field) => button[field]);
    return el(
      "button",
      { type: "button", class: button.style ? `key ${button.style}` : "key", on: { click: () => press(button) } },
      el("span", {}, button.text),
      ask && icon(ASKS[ask]),
    );
  };
  const rows = keyboard.keyboard.map((row) => el("div", { class: "key-row" }, row.map(key)));
  const shape = keyboard.resize_keyboard ? "reply-keys" : "reply-keys tall";
  return el("div", { class: shape, role: "group", "aria-label": "Keyboard of the bot" }, rows);
}
