// The messages of the chat that is open: a log that grows, changes in place and keeps the reader's place.

import { el, iconButton } from "./dom.js";
import { isMine, itemNodes, nameOfItem, senderId } from "./bubble.js";
import { dayKey, dayName } from "./moments.js";
import { serviceWords } from "./summary.js";

/** Messages shown at once; older ones come on a button. */
const PAGE = 150;
/** Within this many pixels of the end the reader counts as being at the end. */
const NEAR = 48;
/** Messages of one sender within this many seconds stand together. */
const TOGETHER = 300;

const keyOf = (message) =>
  message.media_group_id ? `album:${message.media_group_id}` : `message:${message.message_id}`;

/** Shows one view at a time inside `stage`. `act` is what clicks in messages do; `world` tells names and time. */
export class Conversation {
  #view = null;
  #items = new Map();
  #places = new Map();
  #log = null;
  #from = 0;
  #missed = 0;

  constructor(stage, world, act) {
    this.stage = stage;
    this.world = world;
    this.act = act;
    this.down = iconButton("To the newest message", "down", () => this.toEnd(true), { class: "to-end", hidden: true });
    new ResizeObserver(() => this.#settle()).observe(stage);
  }

  /** The view on show, or null. */
  get view() {
    return this.#view;
  }

  get #shown() {
    return this.world.shown(this.#view);
  }

  /** Show a view: at the first unread message, else where the reader left it, else at the end. */
  show(view) {
    this.#rememberPlace();
    this.#view = view;
    this.#missed = 0;
    this.#from = Math.max(0, this.#shown.length - PAGE);
    this.#draw();
    const place = this.#places.get(view.key);
    const divider = this.#markUnread();
    if (divider) divider.scrollIntoView({ block: "start" });
    else if (place !== undefined) this.#log.scrollTop = place;
    else this.toEnd();
    this.#track();
  }

  /** Draw the open view anew, keeping the reader's place (after the state was read again). */
  refresh(view) {
    const stuck = this.#atEnd();
    const top = this.#log?.scrollTop ?? 0;
    this.#view = view;
    this.#from = Math.min(this.#from, Math.max(0, this.#shown.length - 1));
    const focused = this.#focusKey();
    this.#draw();
    this.#refocus(focused);
    if (stuck) this.toEnd();
    else this.#log.scrollTop = top;
  }

  /** Nothing is open. */
  close() {
    this.#rememberPlace();
    this.#view = null;
  }

  /** A message of the open view is new or changed. */
  put(message, fresh) {
    if (this.#view.thread && message.message_thread_id !== this.#view.thread) return;
    const stuck = this.#atEnd();
    const item = this.#items.get(keyOf(message));
    const newest = this.#shown.at(-1)?.message_id === message.message_id;
    if (!item && !(fresh && newest)) {
      if (fresh) this.refresh(this.#view);
      return;
    }
    if (item) this.#change(item, message);
    else this.#append(message);
    this.#arrange();
    if (fresh) this.#follow(message, stuck);
    else if (stuck) this.toEnd();
  }

  /** Messages of the open view are gone. */
  remove(ids) {
    const stuck = this.#atEnd();
    for (const id of ids) {
      const item = [...this.#items.values()].find(({ messages }) =>
        messages.some((message) => message.message_id === id),
      );
      if (item) this.#drop(item, id);
    }
    this.#arrange();
    this.#emptiness();
    if (stuck) this.toEnd();
  }

  /** Redraw what depends on the waiting state of one message's buttons. */
  touch(messageId) {
    const message = this.#view && this.world.message(this.#view, messageId);
    const item = message && this.#items.get(keyOf(message));
    if (!item) return;
    for (const key of item.article.querySelectorAll("[data-callback]")) {
      const busy = this.act.pending.has(this.#view, message, key.dataset.callback);
      if (busy) key.setAttribute("aria-busy", "true");
      else key.removeAttribute("aria-busy");
    }
  }

  /** Go to a message and mark it for a moment; false where it is not here any more. */
  jump(id) {
    const place = this.#shown.findIndex((message) => message.message_id === id);
    if (place < 0) return false;
    if (place < this.#from) {
      this.#from = Math.max(0, place - 20);
      this.#draw();
    }
    const { article } = this.#items.get(keyOf(this.#shown[place]));
    article.scrollIntoView({ block: "center" });
    article.focus({ preventScroll: true });
    article.classList.remove("lit");
    requestAnimationFrame(() => article.classList.add("lit"));
    return true;
  }

  /** Scroll to the newest message. */
  toEnd(smooth = false) {
    if (!this.#log) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
  }

  #draw() {
    this.#items.clear();
    // A new log each time: a live region that is refilled would be read out from the top.
    this.#log = el("div", {
      class: "log",
      role: "log",
      "aria-label": `Messages, ${this.act.titleOf(this.#view)}`,
      tabindex: "0",
    });
    this.#log.addEventListener("scroll", () => this.#track(), { passive: true });
    this.#log.addEventListener("load", () => this.#settle(), { capture: true });
    this.#log.addEventListener("keydown", (event) => this.#walk(event));
    if (this.#from > 0)
      this.#log.append(
        el(
          "button",
          { type: "button", class: "plain earlier", on: { click: () => this.#earlier() } },
          "Show earlier messages",
        ),
      );
    for (const message of this.#shown.slice(this.#from)) {
      const item = this.#items.get(keyOf(message));
      if (item) item.messages.push(message);
      else this.#items.set(keyOf(message), this.#item([message]));
    }
    for (const item of this.#items.values()) {
      this.#fill(item);
      this.#log.append(item.wrap);
    }
    this.#arrange();
    this.stage.replaceChildren(this.#log, this.down);
    this.#emptiness();
  }

  #item(messages) {
    const article = el("article", { class: "item", tabindex: "-1" });
    const item = { messages, article, wrap: el("div", { class: "slot" }, article) };
    article.addEventListener("dblclick", (event) => {
      if (!event.target.closest("button, a, video, audio") && !String(getSelection())) this.act.reply(item.messages[0]);
    });
    return item;
  }

  #fill(item) {
    const first = item.messages[0];
    const kinds = ["item", serviceWords(first) ? "service-item" : isMine(this.#view, first) ? "mine" : "theirs"];
    if (item.article.classList.contains("joined")) kinds.push("joined");
    item.article.className = kinds.join(" ");
    item.article.setAttribute("aria-label", nameOfItem(this.#view, item.messages));
    item.article.dataset.message = first.message_id;
    item.article.replaceChildren(...itemNodes(this.#view, item.messages, this.act));
  }

  #append(message) {
    const item = this.#item([message]);
    this.#items.set(keyOf(message), item);
    this.#fill(item);
    this.#emptiness();
    this.#log.append(item.wrap);
  }

  /** Change an item in place; what had the focus gets it back, and what is on screen stays where it was. */
  #change(item, message) {
    const at = item.messages.findIndex((one) => one.message_id === message.message_id);
    item.messages.splice(at < 0 ? item.messages.length : at, at < 0 ? 0 : 1, message);
    const anchor = this.#anchor(item);
    const focused = item.article.contains(document.activeElement) ? this.#focusKey() : null;
    this.#fill(item);
    if (focused) this.#refocus(focused);
    if (anchor) this.#log.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
  }

  #drop(item, id) {
    const rest = item.messages.filter((message) => message.message_id !== id);
    const anchor = this.#anchor(item);
    if (rest.length > 0) {
      item.messages = rest;
      this.#fill(item);
    } else {
      const held = item.article.contains(document.activeElement);
      this.#items.delete([...this.#items].find(([, one]) => one === item)[0]);
      item.wrap.remove();
      if (held) this.#log.focus({ preventScroll: true });
    }
    if (anchor) this.#log.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
  }

  /** The first slot below the top edge that is not the changing one, and where it stands: only for changes above it. */
  #anchor(item) {
    const edge = this.#log.getBoundingClientRect().top;
    if (item.wrap.getBoundingClientRect().top >= edge) return null;
    const node = [...this.#items.values()]
      .map(({ wrap }) => wrap)
      .find((wrap) => wrap !== item.wrap && wrap.getBoundingClientRect().top >= edge);
    return node ? { node, top: node.getBoundingClientRect().top } : null;
  }

  /** Which control has the focus, by names that survive a redraw. */
  #focusKey() {
    const article = document.activeElement?.closest?.("article.item");
    if (!article || !this.#log?.contains(article)) return null;
    return {
      message: article.dataset.message,
      control: document.activeElement.dataset.focus ?? null,
      own: document.activeElement === article,
    };
  }

  #refocus(key) {
    if (!key) return;
    const article = this.#log.querySelector(`article[data-message="${CSS.escape(key.message)}"]`);
    if (!article) return;
    const same = key.control && article.querySelector(`[data-focus="${CSS.escape(key.control)}"]`);
    const near = same || (key.control?.startsWith("key:") && article.querySelector(".key")) || article;
    near.focus({ preventScroll: true });
  }

  /** Days above their first message; messages of one sender close together. */
  #arrange() {
    let previous = null;
    for (const { wrap, article, messages } of this.#items.values()) {
      const first = messages[0];
      const newDay = !previous || dayKey(previous.date) !== dayKey(first.date);
      const day = wrap.querySelector(".day");
      if (newDay && !day)
        wrap.prepend(el("p", { class: "day" }, el("span", {}, dayName(first.date, this.world.now()))));
      if (!newDay) day?.remove();
      const joined =
        !newDay &&
        senderId(previous) === senderId(first) &&
        first.date - previous.date < TOGETHER &&
        !serviceWords(previous);
      article.classList.toggle("joined", joined);
      previous = messages.at(-1);
    }
  }

  /** After a new message: the writer and who reads the end follow it; a long answer is shown from its top. */
  #follow(message, stuck) {
    const { wrap } = this.#items.get(keyOf(message));
    if (!stuck && !isMine(this.#view, message)) {
      this.#missed += 1;
      this.#badge();
      return;
    }
    if (wrap.offsetHeight > this.#log.clientHeight && !isMine(this.#view, message))
      wrap.scrollIntoView({ block: "start" });
    else this.toEnd();
    this.#track();
  }

  #atEnd() {
    return !this.#log || this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < NEAR;
  }

  #settle() {
    if (this.wasAtEnd) this.toEnd();
  }

  #track() {
    this.wasAtEnd = this.#atEnd();
    if (this.wasAtEnd) this.#missed = 0;
    this.#badge();
  }

  #badge() {
    this.down.hidden = this.#atEnd();
    this.down.dataset.count = this.#missed > 0 ? String(this.#missed) : "";
    this.down.setAttribute(
      "aria-label",
      this.#missed > 0 ? `To the newest message, ${this.#missed} new` : "To the newest message",
    );
  }

  #markUnread() {
    const last = this.world.lastRead(this.#view);
    const first =
      last > 0 &&
      [...this.#items.values()].find(
        ({ messages }) => messages[0].message_id > last && !isMine(this.#view, messages[0]),
      );
    if (!first) return null;
    const divider = el("p", { class: "unread" }, "New messages");
    first.wrap.prepend(divider);
    return divider;
  }

  #emptiness() {
    this.#log.querySelector(".empty")?.remove();
    if (this.#shown.length === 0) this.#log.append(this.act.emptyChat(this.#view));
  }

  #earlier() {
    const first = this.#shown[this.#from];
    this.#from = Math.max(0, this.#from - PAGE);
    this.#draw();
    const { wrap, article } = this.#items.get(keyOf(first));
    wrap.scrollIntoView({ block: "start" });
    article.focus({ preventScroll: true });
  }

  #rememberPlace() {
    if (!this.#view || !this.#log) return;
    if (this.#atEnd()) this.#places.delete(this.#view.key);
    else this.#places.set(this.#view.key, this.#log.scrollTop);
  }

  /** Arrows go from message to message, Enter or R on a message answers it. */
  #walk(event) {
    const slots = [...this.#log.querySelectorAll("article.item")];
    const at = slots.indexOf(event.target.closest("article.item"));
    const onItem = event.target.matches("article.item");
    if (event.target !== this.#log && !onItem) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const next = at < 0 ? slots.at(-1) : slots[at + (event.key === "ArrowUp" ? -1 : 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    } else if (
      onItem &&
      (event.key === "Enter" || event.key.toLowerCase() === "r") &&
      !event.ctrlKey &&
      !event.metaKey
    ) {
      const message = this.world.message(this.#view, Number(event.target.dataset.message));
      if (!message || serviceWords(message)) return;
      event.preventDefault();
      this.act.reply(message);
    }
  }
}
