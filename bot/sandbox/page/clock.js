// The sandbox's clock at the foot of the list: what time it is there, and the buttons that move it ahead.

import { el, icon } from "./dom.js";
import { moment } from "./moments.js";
import { readClock, turnClock } from "./server.js";
import { complain, toast } from "./sheets.js";

const STEPS = [
  ["+1 hour", 3600],
  ["+1 day", 86400],
  ["+1 week", 7 * 86400],
];

/** Fills `place`; `world` tells the time. */
export class ClockPanel {
  constructor(place, world) {
    this.world = world;
    this.face = el("time", { class: "clock-face" });
    const next = el(
      "button",
      { type: "button", class: "plain main", on: { click: () => this.#turn({ to: "next" }, next) } },
      icon("bell"),
      "Next digest",
    );
    const steps = STEPS.map(([label, seconds]) => {
      const step = el(
        "button",
        {
          type: "button",
          class: "plain",
          "aria-label": `Move the clock by ${label.slice(1)}`,
          on: { click: () => this.#turn({ advance: seconds }, step) },
        },
        label,
      );
      return step;
    });
    place.replaceChildren(
      el("p", { class: "clock-line" }, el("span", { class: "unseen" }, "Time in the sandbox: "), this.face),
      next,
      el("div", { class: "clock-steps", role: "group", "aria-label": "Move the clock" }, steps),
    );
    setInterval(() => this.draw(), 1000);
  }

  /** Show the time. */
  draw() {
    if (!this.world.bot) return;
    const words = moment(this.world.now());
    if (this.face.textContent === words) return;
    this.face.textContent = words;
    this.face.dateTime = new Date(this.world.now() * 1000).toISOString();
  }

  async #turn(body, button) {
    button.disabled = true;
    try {
      if (body.to === "next" && (await readClock()).next === null) toast("Nothing is scheduled.");
      else if ((await turnClock(body)).moved === 0) toast("It is due already.");
    } catch (error) {
      complain(error);
    } finally {
      button.disabled = false;
      button.focus({ preventScroll: true });
    }
  }
}
