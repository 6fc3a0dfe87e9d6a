// Sending files: by the button, dropped on the chat, or pasted.

import { el, icon } from "./dom.js";
import { sizeOf } from "./moments.js";
import { openSheet } from "./sheets.js";

/** Telegram: a caption holds 1024 characters. */
const CAPTION = 1024;

/** Show what would be sent and ask for a caption; returns `{files, caption}` or null. */
export async function askCaption(files, caption = "") {
  const list = [...files];
  const box = el("textarea", {
    class: "caption",
    rows: "2",
    maxlength: CAPTION,
    placeholder: "Caption",
    "aria-label": "Caption",
    autofocus: true,
  });
  box.value = caption;
  const rows = list.map((file) =>
    el(
      "li",
      { class: "card" },
      el("span", { class: "card-icon" }, icon("file")),
      el("div", {}, el("b", {}, file.name), el("span", {}, sizeOf(file.size))),
    ),
  );
  const answer = await openSheet({
    title: list.length === 1 ? "Send a file" : `Send ${list.length} files`,
    body: [el("ul", { class: "file-list" }, rows), box],
    actions: [
      { label: "Cancel", value: null },
      { label: "Send", value: "send", main: true },
    ],
    ready: (close) => box.addEventListener("keydown", (event) => sends(event) && close("send")),
  });
  return answer === "send" ? { files: list, caption: box.value.trim() } : null;
}

function sends(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return false;
  event.preventDefault();
  return true;
}

/** Let files be dropped on `area`; `veil` shows while they hover. `allowed()` says whether this chat takes any. */
export function takeDrops(area, veil, allowed, run) {
  let depth = 0;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  const show = (by) => {
    depth = Math.max(0, depth + by);
    veil.hidden = depth === 0 || !allowed();
  };
  area.addEventListener("dragenter", (event) => carries(event) && show(1));
  area.addEventListener("dragleave", (event) => carries(event) && show(-1));
  area.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    show(-depth);
    if (allowed() && event.dataTransfer.files.length > 0) run(event.dataTransfer.files);
  });
  // A file dropped beside the chat would replace the page.
  addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  addEventListener("drop", (event) => carries(event) && event.preventDefault());
}
