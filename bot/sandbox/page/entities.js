// Formatted text: a message's text and entities (offsets in UTF-16 units, as JavaScript counts) made into nodes.

import { el, icon } from "./dom.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
/** A folded quote shows about three lines; one with more than this is worth folding. */
const FOLDED_LINES = 3;
const FOLDED_LETTERS = 160;

const before = (one, other) =>
  one.offset - other.offset || other.end - one.end || Number(BLOCKS.has(other.type)) - Number(BLOCKS.has(one.type));

/**
 * Nodes for a text. `act` says what a click does: `link(url)`, `command(text)`, `mention(name)`, `user(user)`,
 * `copy(text)`.
 */
export function formatted(text, entities, act) {
  const marks = (entities ?? [])
    .filter((entity) => entity.length > 0 && entity.offset >= 0 && entity.offset < text.length)
    .map((entity) => ({ ...entity, end: Math.min(entity.offset + entity.length, text.length) }))
    .sort(before);
  const out = document.createDocumentFragment();
  fill(out, text, 0, text.length, marks, act);
  return out;
}

/** Write text[from, to) into `out`, with `marks` (sorted, all inside) as nested elements. */
function fill(out, text, from, to, marks, act) {
  let at = from;
  const queue = [...marks];
  while (queue.length) {
    const mark = queue.shift();
    if (mark.offset > at) out.append(text.slice(at, mark.offset));
    const inner = takeInner(queue, mark);
    const node = wrap(mark, text.slice(mark.offset, mark.end), act);
    fill(node.hole ?? node.outer, text, mark.offset, mark.end, inner, act);
    node.done?.();
    out.append(node.outer);
    at = mark.end;
    // A block ends its own line: the newline behind it would show as an empty one.
    if (BLOCKS.has(mark.type) && text[at] === "\n" && !(queue[0]?.offset <= at)) at += 1;
  }
  if (at < to) out.append(text.slice(at, to));
}

/** Take from the queue what stands inside a mark; what crosses its end is cut there and goes on behind it. */
function takeInner(queue, mark) {
  const inner = [];
  const rests = [];
  while (queue.length && queue[0].offset < mark.end) {
    const next = queue.shift();
    inner.push({ ...next, end: Math.min(next.end, mark.end) });
    if (next.end > mark.end) rests.push({ ...next, offset: mark.end });
  }
  queue.push(...rests);
  queue.sort(before);
  return inner;
}

/** The element of one mark: `outer`, where its content goes (`hole`), and what to do when filled (`done`). */
function wrap(mark, words, act) {
  const tag = PLAIN_TAGS[mark.type];
  if (tag) return { outer: el(tag, {}) };
  const make = MAKERS[mark.type];
  return make ? make(mark, words, act) : { outer: el("span", { class: `mark-${mark.type}` }) };
}

const MAKERS = {
  spoiler: (mark, words) => spoiler(words),
  pre: (mark, words, act) => pre(mark, words, act),
  blockquote: () => ({ outer: el("blockquote", {}) }),
  expandable_blockquote: (mark, words) => foldedQuote(words),
  text_link: (mark, words, act) => anchor(mark.url, () => act.link(mark.url, words)),
  url: (mark, words, act) => anchor(withScheme(words), () => act.link(withScheme(words), words)),
  email: (mark, words, act) => anchor(`mailto:${words}`, () => act.copy(words)),
  phone_number: (mark, words, act) => anchor(`tel:${words}`, () => act.copy(words)),
  bot_command: (mark, words, act) => ({
    outer: el("button", { type: "button", class: "inline-link", on: { click: () => act.command(words) } }),
  }),
  mention: (mark, words, act) => ({
    outer: el("button", { type: "button", class: "inline-link", on: { click: () => act.mention(words.slice(1)) } }),
  }),
  text_mention: (mark, words, act) => ({
    outer: el("button", { type: "button", class: "inline-link", on: { click: () => act.user(mark.user) } }),
  }),
};

const withScheme = (words) => (/^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`);

/** Whether an address may stand in a link at all: a scheme that cannot run code here. */
export const harmless = (address) => /^(https?|tg|mailto|tel|ton):/i.test(address);

function anchor(address, run) {
  const go = (event) => {
    event.preventDefault();
    run();
  };
  const props = {
    href: harmless(address) ? address : "#",
    rel: "noopener noreferrer",
    on: { click: go, auxclick: go },
  };
  return { outer: el("a", props) };
}

function spoiler(words) {
  const hole = el("span", { class: "spoiler-words", tabindex: "-1", inert: true });
  const cover = el("button", {
    type: "button",
    class: "spoiler-cover",
    "aria-label": `Hidden text, ${words.length} characters: show`,
  });
  const outer = el("span", { class: "spoiler" }, cover, hole);
  // One click shows all that a message hides: what crosses other marks comes in several pieces.
  cover.addEventListener("click", () => {
    for (const piece of (outer.closest(".text") ?? outer.parentElement).querySelectorAll(".spoiler")) reveal(piece);
    hole.focus({ preventScroll: true });
  });
  return { outer, hole };
}

function reveal(piece) {
  piece.classList.add("open");
  piece.querySelector(".spoiler-words").removeAttribute("inert");
  piece.querySelector(".spoiler-cover")?.remove();
}

function pre(mark, words, act) {
  const hole = el("code", {});
  const copy = el(
    "button",
    { type: "button", class: "pre-copy", "aria-label": "Copy the code", on: { click: () => act.copy(words) } },
    icon("copy"),
  );
  const head = el("div", { class: "pre-head" }, el("span", {}, mark.language ?? "code"), copy);
  return {
    outer: el(
      "div",
      { class: "pre" },
      head,
      el("pre", { tabindex: "0", "aria-label": mark.language ? `Code, ${mark.language}` : "Code" }, hole),
    ),
    hole,
  };
}

function foldedQuote(words) {
  const hole = el("div", { class: "quote-words" });
  const outer = el("blockquote", { class: "foldable" }, hole);
  if (words.length <= FOLDED_LETTERS && words.split("\n").length <= FOLDED_LINES) return { outer, hole };
  const toggle = el(
    "button",
    { type: "button", class: "quote-toggle", "aria-expanded": "false", data: { focus: `quote:${words.length}` } },
    "Show more",
  );
  outer.classList.add("folded");
  toggle.addEventListener("click", () => {
    const folded = outer.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.textContent = folded ? "Show more" : "Show less";
  });
  return { outer, hole, done: () => outer.append(toggle) };
}
