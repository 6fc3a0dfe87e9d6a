// Building nodes: the one place where elements are made, so that data is only ever text.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. `props`: `class`, `on` ({event: handler}), `data` ({name: value}), any other key is an attribute
 * (true: present and empty; false, null, undefined: absent). Children: nodes or strings; null and false are skipped.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "on") for (const [name, run] of Object.entries(value)) node.addEventListener(name, run);
    else if (key === "data") Object.assign(node.dataset, value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An icon of icons.svg, hidden from screen readers: the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A round button with an icon only; `name` is what it is called. */
export function iconButton(name, picture, run, props = {}) {
  const { class: extra = "", ...rest } = props;
  return el(
    "button",
    { type: "button", class: `round ${extra}`, "aria-label": name, title: name, on: { click: run }, ...rest },
    icon(picture),
  );
}

/** One of seven colours for an id, as a string: neighbouring ids differ. */
export const tintOf = (id) => String((Math.abs(Number(id) || 0) % 97) % 7);

/** A person's or chat's disc with a letter or an icon; `seed` (an id) picks its colour. */
export function dressAvatar(node, { letter, picture, seed }) {
  node.dataset.tint = tintOf(seed);
  node.replaceChildren(picture ? icon(picture) : letter);
}

/** The full name of a user as chats show it. */
export function nameOf(user) {
  if (!user) return "Someone";
  return [user.first_name, user.last_name].filter(Boolean).join(" ") || user.title || user.username || "Someone";
}

/** The first letter of a name, whole even where it takes two code units. */
export function initial(name) {
  return ([...name.trim()][0] ?? "?").toUpperCase();
}

/** Read a kept value; a browser that keeps nothing gives `fallback`. */
export function recall(storage, key, fallback) {
  try {
    return JSON.parse(storage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Keep a value where the browser allows it. */
export function keep(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows may refuse; the page works without.
  }
}
