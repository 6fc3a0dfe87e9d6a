// The list of chats at the left: who, the last message, how many unread.

import { dressAvatar, el, initial, nameOf } from "./dom.js";
import { isMine } from "./bubble.js";
import { briefly, exactly } from "./moments.js";
import { content, cut, serviceWords } from "./summary.js";

const KINDS = { private: "private chat", group: "group", supergroup: "group", channel: "channel" };

/** What a view is called: a private chat by its person, any other by its title. */
export const titleOf = (view, world) =>
  view.chat.type === "private" ? nameOf(world.person(view.viewer) ?? view.chat) : view.chat.title;

/** Dress an avatar for a view. */
export function dressView(node, view, world) {
  const picture = { channel: "channel", supergroup: "people", group: "people" }[view.chat.type];
  dressAvatar(node, { letter: initial(titleOf(view, world)), picture, seed: view.chat.id });
}

/** Draws the rows; `open(view)` is called when one is chosen. */
export class Chats {
  #rows = new Map();

  constructor(list, world, open) {
    this.list = list;
    this.world = world;
    this.open = open;
    list.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** Draw all rows, `current` being the key of the open one. */
  draw(current) {
    const keys = new Set(this.world.views.map((view) => view.key));
    for (const [key, row] of this.#rows) if (!keys.has(key)) this.#forget(key, row);
    for (const view of this.world.views) this.#drawRow(view, view.key === current);
  }

  /** Move the focus to a row. */
  focus(key) {
    this.#rows.get(key)?.focus();
  }

  #forget(key, row) {
    row.parentElement.remove();
    this.#rows.delete(key);
  }

  #drawRow(view, current) {
    const row = this.#rows.get(view.key) ?? this.#newRow(view.key);
    const last = view.messages.at(-1);
    const unread = current && !document.hidden ? 0 : this.world.unread(view);
    const disc = el("span", { class: "avatar", "aria-hidden": "true" });
    dressView(disc, view, this.world);
    row.toggleAttribute("aria-current", false);
    if (current) row.setAttribute("aria-current", "true");
    const parts = [
      disc,
      el(
        "span",
        { class: "row-title" },
        el("b", {}, titleOf(view, this.world)),
        " ",
        el("i", {}, KINDS[view.chat.type] ?? view.chat.type),
      ),
      last
        ? el("time", { class: "row-time", title: exactly(last.date) }, briefly(last.date, this.world.now()))
        : el("span", { class: "row-time" }),
      el("span", { class: "row-last" }, this.#lastLine(view, last)),
      unread > 0 && el("span", { class: "badge" }, String(unread), el("span", { class: "unseen" }, " unread")),
    ];
    row.replaceChildren(...parts.filter(Boolean));
  }

  #lastLine(view, last) {
    if (!last) return view.chat.type === "private" ? "No messages yet" : "Nothing here yet";
    const own = isMine(view, last);
    const sender =
      serviceWords(last) || view.chat.type === "channel"
        ? ""
        : own
          ? "You: "
          : view.chat.type === "private"
            ? ""
            : `${last.from?.first_name ?? nameOf(last.sender_chat)}: `;
    return sender + cut(content(last), 90);
  }

  #newRow(key) {
    const row = el("button", { type: "button", class: "row", on: { click: () => this.open(this.world.view(key)) } });
    this.#rows.set(key, row);
    this.list.append(el("li", {}, row));
    return row;
  }

  #walk(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...this.#rows.values()];
    const at = rows.indexOf(document.activeElement);
    if (!by || at < 0) return;
    event.preventDefault();
    rows[(at + by + rows.length) % rows.length].focus();
  }
}
