// Where one writes: the message box, its menu of commands, inline results, files, the bot's keyboard.

import { senderOf } from "./bubble.js";
import { askedCommand, commandOptions, spelled } from "./commands.js";
import { el, iconButton, keep, recall } from "./dom.js";
import { askCaption } from "./files.js";
import { InlineBox, askedQuery } from "./inline.js";
import { replyKeyboard } from "./keyboards.js";
import { LIMIT, portions } from "./portions.js";
import { Suggest } from "./suggest.js";
import { content, cut } from "./summary.js";

/** Fills the foot of a chat. `act`: `say(view, text, replyTo)`, `upload(view, files, caption)`, `request(view, key)`, `choose(view, result, answer)`, `followInline(view, button)`, `unblock(view)`. */
export class Composer {
  #view = null;
  #replyTo = null;
  /** The last message of each view that asked for an answer (ForceReply), so that each asks once. */
  #asked = new Map();
  #folded = new Map();
  #drafts = recall(sessionStorage, "sandbox.drafts", {});

  constructor(foot, world, act) {
    this.foot = foot;
    this.world = world;
    this.act = act;
    this.#build();
    this.suggest = new Suggest(this.field, "suggestions");
    this.inline = new InlineBox(this.suggest, {
      choose: (result, answer) => this.#choose(result, answer),
      follow: (button) => this.act.followInline(this.#view, button),
    });
    this.writing.prepend(this.suggest.box);
    this.foot.replaceChildren(this.writing, this.closed);
  }

  #build() {
    this.field = el("textarea", {
      id: "compose",
      rows: "1",
      "aria-label": "Message",
      "aria-autocomplete": "list",
      autocomplete: "off",
      enterkeyhint: "send",
    });
    this.picker = el("input", {
      type: "file",
      multiple: true,
      hidden: true,
      "aria-label": "Files to send",
      id: "picker",
    });
    this.menu = iconButton("Commands", "menu", () => this.#toggleMenu(), { class: "menu", "aria-haspopup": "listbox" });
    this.attach = iconButton("Attach files", "attach", () => this.picker.click());
    this.keys = iconButton("Keyboard of the bot", "keyboard", () => this.#fold(!this.#isFolded()), {
      "aria-expanded": "true",
      hidden: true,
    });
    this.sendButton = iconButton("Send", "send", () => this.send(), { class: "send" });
    this.count = el("span", { class: "count", "aria-live": "polite" });
    this.quote = el("div", { class: "reply-bar", hidden: true });
    this.panel = el("div", { class: "key-panel" });
    const row = el(
      "div",
      { class: "write-row" },
      this.menu,
      this.attach,
      this.picker,
      el("div", { class: "field" }, this.field, this.count),
      this.keys,
      this.sendButton,
    );
    this.writing = el("div", { class: "writing" }, this.quote, row, this.panel);
    this.closed = el("div", { class: "closed", hidden: true });
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => this.#menuOpen() && this.suggest.hide());
    this.field.addEventListener("paste", (event) => this.#paste(event));
    this.picker.addEventListener("change", () => this.#picked());
  }

  /** Write into another view; what was begun in the last one is kept. */
  show(view) {
    this.#store();
    this.#view = view;
    this.#reply(null);
    this.#asked.delete(view.key);
    this.#leaveSuggestions();
    this.field.value = this.#drafts[view.key] ?? "";
    this.update(view);
    this.#changed(false);
  }

  /** The view changed: commands, keyboard, blocked, rights. */
  update(view) {
    this.#view = view;
    const closed = view.blocked || !view.can_write;
    this.writing.hidden = closed;
    this.closed.hidden = !closed;
    if (closed) this.closed.replaceChildren(this.#closedNode(view));
    this.menu.hidden = view.commands.length === 0;
    this.field.placeholder = this.#placeholder(view);
    this.#drawKeyboard();
    this.#answerAsked(view);
  }

  /** The bot asks for an answer to a message: the box answers it, as in Telegram's clients. */
  #answerAsked(view) {
    const id = view.force_reply ?? null;
    if (id === (this.#asked.get(view.key) ?? null)) return;
    this.#asked.set(view.key, id);
    const message = id === null ? undefined : this.world.message(view, id);
    if (message) this.#reply(message);
  }

  #placeholder(view) {
    return (
      view.placeholder ||
      view.keyboard?.input_field_placeholder ||
      (view.chat.type === "channel" ? "Broadcast a message" : "Message")
    );
  }

  #closedNode(view) {
    if (!view.blocked)
      return el(
        "p",
        {},
        view.chat.type === "channel" ? "Only administrators write in this channel." : "You cannot write here.",
      );
    return el(
      "button",
      { type: "button", class: "plain main wide", on: { click: () => this.act.unblock(view) } },
      "Unblock the bot",
    );
  }

  /** Put a text into the box, for links and buttons that fill it. */
  fill(text) {
    this.field.value = text;
    this.#changed();
    this.focus();
    this.field.setSelectionRange(text.length, text.length);
  }

  /** Move the focus into the box where one can write. */
  focus() {
    if (!this.writing.hidden) this.field.focus({ preventScroll: true });
  }

  /** Answer a message, or none with null. */
  replyTo(message) {
    this.#reply(message);
    this.focus();
  }

  /** A message is gone: one cannot answer it any more. */
  forget(ids) {
    if (this.#replyTo && ids.includes(this.#replyTo.message_id)) this.#reply(null);
  }

  /** Send what stands in the box; nothing where it is blank. */
  send() {
    const texts = portions(this.field.value);
    if (texts.length === 0) return this.focus();
    const answered = this.#replyTo;
    this.clear();
    texts.forEach((text, place) => this.act.say(this.#view, text, place === 0 ? answered : null));
    return this.focus();
  }

  /** Empty the box. */
  clear() {
    this.field.value = "";
    this.#reply(null);
    this.#changed();
  }

  /** A text that was refused comes back, unless something new is being written. */
  giveBack(view, text) {
    if (view.key !== this.#view?.key) this.#drafts[view.key] ||= text;
    else if (this.field.value === "") this.fill(text);
  }

  /** Offer files for sending with what stands in the box as their caption. */
  async offer(files) {
    const view = this.#view;
    const chosen = await askCaption(files, this.field.value.trim().slice(0, 1024));
    this.focus();
    if (!chosen) return;
    if (view === this.#view) this.clear();
    this.act.upload(view, chosen.files, chosen.caption);
  }

  #reply(message) {
    this.#replyTo = message;
    this.quote.hidden = !message;
    if (!message) return this.quote.replaceChildren();
    const cancel = iconButton("Do not reply", "close", () => this.replyTo(null));
    return this.quote.replaceChildren(
      el("div", {}, el("b", {}, `Reply to ${senderOf(message)}`), el("span", {}, cut(content(message), 160))),
      cancel,
    );
  }

  #changed(suggest = true) {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    const { length } = this.field.value;
    const parts = length > LIMIT ? portions(this.field.value).length : 1;
    this.count.textContent =
      parts > 1 ? `Will be sent as ${parts} messages` : length > LIMIT - 300 ? String(LIMIT - length) : "";
    this.sendButton.classList.toggle("idle", this.field.value.trim() === "");
    this.#store();
    if (suggest) this.#suggest();
  }

  #store() {
    if (!this.#view) return;
    this.#drafts[this.#view.key] = this.field.value;
    keep(sessionStorage, "sandbox.drafts", this.#drafts);
  }

  #suggest() {
    const text = this.field.value;
    const query = askedQuery(text, this.world.bot.username);
    if (query !== null) return this.inline.ask(this.#view.actor, query);
    this.inline.stop();
    const typed = askedCommand(text);
    if (typed === null) return this.#leaveSuggestions();
    return this.#showCommands(typed);
  }

  #showCommands(typed) {
    const options = commandOptions(this.#view.commands, typed, {
      send: (command) => {
        this.clear();
        this.act.say(this.#view, spelled(command, this.#view, this.world.bot.username), null);
        this.focus();
      },
      complete: (command) => this.fill(`${spelled(command, this.#view, this.world.bot.username)} `),
    });
    if (options.length === 0) this.suggest.hide();
    else this.suggest.show("Commands", options);
  }

  #menuOpen() {
    return this.suggest.open && !this.inline.active;
  }

  #toggleMenu() {
    const open = this.#menuOpen();
    this.#leaveSuggestions();
    this.focus();
    if (!open) this.#showCommands("");
  }

  #leaveSuggestions() {
    this.inline.stop();
    this.suggest.hide();
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.inline.active) {
      this.inline.stop();
      event.preventDefault();
    } else if (this.suggest.key(event)) {
      return;
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!event.repeat && !(this.inline.active && this.suggest.box.ariaBusy === "true")) this.send();
    } else if (event.key === "Escape" && this.#replyTo) {
      event.preventDefault();
      this.#reply(null);
    }
  }

  #paste(event) {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    this.offer(files);
  }

  #picked() {
    const files = [...this.picker.files];
    this.picker.value = "";
    if (files.length > 0) this.offer(files);
  }

  #choose(result, answer) {
    this.inline.stop();
    this.clear();
    this.act.choose(this.#view, result, answer);
    this.focus();
  }

  /** The keyboard's own text decides whether it is a new one, which shows even where the last was folded. */
  #isFolded() {
    return this.#folded.get(this.#view.key) === JSON.stringify(this.#view.keyboard);
  }

  #fold(folded) {
    if (folded) this.#folded.set(this.#view.key, JSON.stringify(this.#view.keyboard));
    else this.#folded.delete(this.#view.key);
    this.#drawKeyboard();
    this.focus();
  }

  #drawKeyboard() {
    const { keyboard } = this.#view;
    if (!keyboard) this.#folded.delete(this.#view.key);
    const shown = Boolean(keyboard?.keyboard?.length) && !this.#isFolded();
    this.keys.hidden = !keyboard?.keyboard?.length;
    this.keys.setAttribute("aria-expanded", String(shown));
    const stamp = shown ? `${this.#view.key} ${JSON.stringify(keyboard)}` : "";
    if (this.panel.dataset.stamp === stamp) return;
    this.panel.dataset.stamp = stamp;
    this.panel.replaceChildren();
    if (shown) this.panel.append(replyKeyboard(keyboard, (button) => this.#pressed(button)));
  }

  #pressed(key) {
    const answered = this.#replyTo;
    this.#reply(null);
    if (!this.act.request(this.#view, key)) this.act.say(this.#view, key.text, answered);
  }
}
