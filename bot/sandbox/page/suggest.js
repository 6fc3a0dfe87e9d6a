// A list of suggestions above the message box: the box keeps the focus, arrows move in the list.

import { el } from "./dom.js";

/**
 * A listbox that belongs to `field`. An option is `{name, node, pick(how)}`, `how` being "enter", "tab" or "click".
 * `onEnd` is called when the last option is reached or the list is scrolled to its end.
 */
export class Suggest {
  #options = [];
  #active = -1;

  constructor(field, id) {
    this.field = field;
    this.id = id;
    this.list = el("div", { class: "suggest-list", role: "listbox", id, "aria-label": "Suggestions" });
    this.note = el("p", { class: "suggest-note", role: "status" });
    this.box = el("div", { class: "suggest", hidden: true }, this.note, this.list);
    this.onEnd = null;
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("scroll", () => this.#nearEnd() && this.onEnd?.(), { passive: true });
  }

  /** Whether the list is on show. */
  get open() {
    return !this.box.hidden;
  }

  /** Whether an option would be picked by Enter. */
  get ready() {
    return this.open && this.#active >= 0;
  }

  /** Show options under a name, that at `first` (or with `keep` the present one) active; `note` above them is read out. */
  show(label, options, { note = "", keep = false, first = 0 } = {}) {
    const active = keep ? this.#active : first;
    this.#options = options;
    this.list.setAttribute("aria-label", label);
    this.list.hidden = options.length === 0;
    this.note.textContent = note;
    this.note.hidden = note === "";
    this.list.replaceChildren(...options.map((option, place) => this.#row(option, place)));
    this.box.hidden = false;
    this.field.setAttribute("aria-controls", this.id);
    this.#move(options.length === 0 ? -1 : Math.max(0, Math.min(active, options.length - 1)), !keep);
  }

  /** Show a sentence only: nothing to pick (yet). */
  say(note) {
    this.show("Suggestions", [], { note });
  }

  /** Put the list away. */
  hide() {
    this.box.hidden = true;
    this.#options = [];
    this.#active = -1;
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }

  /** Take a key of the field; true where it was for the list. */
  key(event) {
    if (!this.open) return false;
    if (event.key === "Escape") this.hide();
    else if (!this.ready) return false;
    else if (event.key === "ArrowDown") this.#step(1);
    else if (event.key === "ArrowUp") this.#step(-1);
    else if (event.key === "Enter" && !event.shiftKey) this.#options[this.#active].pick("enter");
    else if (event.key === "Tab" && !event.shiftKey) this.#options[this.#active].pick("tab");
    else return false;
    event.preventDefault();
    return true;
  }

  #row({ name, node, pick }, place) {
    return el(
      "div",
      {
        class: "option",
        role: "option",
        id: `${this.id}-${place}`,
        "aria-selected": "false",
        "aria-label": name,
        on: { click: () => pick("click") },
      },
      node,
    );
  }

  #step(by) {
    const count = this.#options.length;
    if (by > 0 && this.#active === count - 1 && this.onEnd) this.onEnd();
    this.#move((this.#active + by + count) % count);
  }

  #move(place, scroll = true) {
    this.list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = place;
    const row = this.list.children[place];
    row?.setAttribute("aria-selected", "true");
    if (row && scroll) row.scrollIntoView({ block: "nearest" });
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #nearEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
  }
}
