// A label beside what it names: the one shape of every setting and form.

import { el } from "./dom.js";

/** A control with its label. */
export const field = (label, control) => el("label", { class: "setting" }, el("span", {}, label), control);

/** A box to tick with its label. */
export const tick = (label, box) => el("label", { class: "tick" }, box, label);

/** A list to choose from: `options` are [value, words]. */
export const list = (options) =>
  el(
    "select",
    {},
    options.map(([value, words]) => el("option", { value }, words)),
  );

/** A setting with a list: `options` is {value: words}; `run(value)` is called on a change. */
export function choice(label, options, current, run) {
  const select = list(Object.entries(options));
  select.value = current;
  select.addEventListener("change", () => run(select.value));
  return field(label, select);
}
