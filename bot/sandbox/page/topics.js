// The topics of a forum, above its messages: one is open, or all are shown together.

import { el, icon } from "./dom.js";

/** Draws into `place`; `choose(thread)` is called with a topic's number, or null for all. */
export class Topics {
  constructor(place, choose) {
    this.place = place;
    this.choose = choose;
  }

  /** Show the topics of a view, the open one pressed; nothing where it has none. */
  draw(view) {
    const topics = view?.topics ?? [];
    this.place.hidden = topics.length === 0;
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.thread : null;
    this.place.replaceChildren(
      this.#tab(view, null, "All", false),
      ...topics.map((topic) => this.#tab(view, topic.message_thread_id, topic.name, topic.closed)),
    );
    if (focused !== null) this.place.querySelector(`[data-thread="${CSS.escape(focused)}"]`)?.focus();
  }

  #tab(view, thread, name, closed) {
    return el(
      "button",
      {
        type: "button",
        class: "topic",
        "aria-label": closed ? `${name}, closed` : null,
        "aria-pressed": String((view?.thread ?? null) === thread),
        data: { thread: String(thread ?? "") },
        on: { click: () => this.choose(thread) },
      },
      name,
      closed && icon("lock"),
    );
  }
}
