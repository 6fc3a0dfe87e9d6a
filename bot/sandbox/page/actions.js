// What clicks do: links, commands, buttons of the bot, replies. One object, handed to everything that is drawn.

import { titleOf } from "./chats.js";
import { dressAvatar, el } from "./dom.js";
import { askedQuery } from "./inline.js";
import { Presses } from "./keyboards.js";
import { meaning } from "./links.js";
import { ask, pickView } from "./requests.js";
import * as server from "./server.js";
import { alertSheet, complain, confirmed, openSheet, toast } from "./sheets.js";
import { spelled } from "./commands.js";

/** `shell`: `open(view)`, `conversation`, `composer`: the parts that actions reach into. */
export class Actions {
  #line = Promise.resolve();

  constructor(world, shell) {
    this.world = world;
    this.shell = shell;
    this.pending = new Presses((entry) => this.#touched(entry));
    for (const name of ["link", "command", "mention", "user", "copy", "press", "reply", "forward", "jump", "titleOf", "emptyChat"])
      this[name] = this[name].bind(this);
  }

  get #view() {
    return this.shell.conversation.view;
  }

  #touched(entry) {
    if (this.#view?.chat.id === entry.chat) this.shell.conversation.touch(entry.message);
  }

  /** Say a text in a view. One after the other, so that quick messages keep their order. */
  say(view, text, replyTo) {
    const body = { viewer: view.actor, chat_id: view.chat.id, text };
    if (replyTo) body.reply_to_message_id = replyTo.message_id;
    else if (view.thread) body.message_thread_id = view.thread;
    this.#line = this.#line
      .then(() => server.send(body))
      .catch((error) => {
        complain(error);
        this.shell.composer.giveBack(view, text);
      });
    return this.#line;
  }

  /** Send files. */
  upload(view, files, caption) {
    toast(files.length === 1 ? `Sending ${files[0].name}…` : `Sending ${files.length} files…`);
    const body = { viewer: view.actor, chat_id: view.chat.id, files, caption, thread: view.thread };
    this.#line = this.#line.then(() => server.upload(body)).catch(complain);
  }

  /** Post a chosen inline result. */
  choose(view, result, answer) {
    const body = { viewer: view.actor, chat_id: view.chat.id, result_id: result.id };
    if (answer.inline_query_id) body.inline_query_id = answer.inline_query_id;
    return server.choose(body).catch(complain);
  }

  /** The button above inline results leads into the private chat. */
  followInline(view, button) {
    if (button.start_parameter) this.#start(button.start_parameter, view);
    else if (button.web_app) this.link(button.web_app.url);
  }

  /** A key of the bot's keyboard that asks for a chat, people, a number or a place; false where it asks for none. */
  request(view, key) {
    return ask(key, view, this.world);
  }

  /** Pass a message on to a chat that one chooses. */
  async forward(view, message) {
    const open = (one) =>
      one.chat.type === "private" ? one.viewer === view.actor && !one.blocked : one.members[view.actor]?.can_write;
    const found = await pickView("Forward to", this.world.views.filter(open), this.world);
    if (!found) return;
    const body = { viewer: view.actor, message_id: message.message_id, from_chat_id: view.chat.id };
    await server.forward({ ...body, chat_id: found.chat.id }).then(() => this.shell.open(found), complain);
  }

  /** Unblock the bot. */
  unblock(view) {
    return server.block({ viewer: view.viewer, blocked: false }).catch(complain);
  }

  /** Follow an address; what belongs to this world happens in it, the rest is asked about first. */
  link(address) {
    const what = meaning(address, this.world.bot.username);
    if (what.kind === "start") this.#start(what.payload, this.#view);
    else if (what.kind === "bot") this.#openPrivate();
    else if (what.kind === "user") this.user({ id: what.id });
    else if (what.kind === "share") this.#share([what.url, what.text].filter(Boolean));
    else if (what.kind === "group") this.#addToChat(what);
    else if (what.kind === "chat") this.#openNamed(what);
    else if (what.kind === "refused") alertSheet("This link is not opened", what.url);
    else this.#leave(what.url);
  }

  /** A chat of this world by its @name, and a message in it. */
  #openNamed({ url, name, message }) {
    const view = this.#named(name);
    if (!view)
      return alertSheet(
        "A Telegram link",
        `${url}\n\nIn Telegram this opens another chat. There is none of that name in the sandbox.`,
      );
    this.shell.open(view);
    return message ? this.jump(view, message) : undefined;
  }

  #named(name) {
    return this.world.views.find((view) => view.chat.username?.toLowerCase() === name.toLowerCase());
  }

  async #leave(url) {
    if (await confirmed("Open this link?", [url], "Open")) open(url, "_blank", "noopener,noreferrer");
  }

  #openPrivate() {
    const view = this.world.privateOf(this.#view.actor);
    if (view) this.shell.open(view);
    return view;
  }

  #start(payload) {
    const view = this.#openPrivate();
    if (!view) return;
    if (view.blocked) this.unblock(view).then(() => this.say(view, `/start ${payload}`, null));
    else this.say(view, `/start ${payload}`, null);
  }

  async #addToChat({ payload, channel }) {
    const fits = channel ? ["channel"] : ["group", "supergroup"];
    const view = await this.#pickChat(`Add ${this.world.bot.first_name} to`, [], (one) => fits.includes(one.chat.type));
    if (!view) return;
    await server
      .member({ chat_id: view.chat.id, user_id: "bot", status: channel ? "administrator" : "member" })
      .catch(complain);
    this.shell.open(view);
    if (!channel) this.say(view, `/start@${this.world.bot.username} ${payload}`.trim(), null);
  }

  /** A sheet with what would be shared, and the chats it could go to: it is put into the box there, to be sent by hand. */
  async #share(lines) {
    const shown = el(
      "div",
      { class: "shared", role: "group", "aria-label": "What would be shared" },
      lines.map((line) => el("p", { class: "wrap" }, line)),
    );
    const view = await this.#pickChat("Share", [shown]);
    if (view) this.#fill(view, lines.join("\n"));
  }

  #fill(view, text) {
    this.shell.open(view);
    this.shell.composer.fill(text);
  }

  #pickChat(title, above, fits = () => true) {
    const views = this.world.views.filter((view) => fits(view) && (view.can_write || title !== "Share"));
    return pickView(title, views, this.world, above);
  }

  /** A command in a text was clicked. */
  command(words) {
    const text = words.includes("@") ? words : spelled(words.slice(1), this.#view, this.world.bot.username);
    if (this.#view.can_write && !this.#view.blocked) this.say(this.#view, text, null);
  }

  /** A @name was clicked. */
  mention(name) {
    const view = this.#named(name);
    if (name.toLowerCase() === this.world.bot.username.toLowerCase()) this.#openPrivate();
    else if (view) this.shell.open(view);
    else toast(`@${name} is not in the sandbox.`);
  }

  /** A person named in a text was clicked. */
  user(user) {
    const view = this.world.privateOf(user.id);
    if (view) this.shell.open(view);
    else toast("This person is not in the sandbox.");
  }

  /** Copy a text. */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      alertSheet("Copy this text", text);
    }
  }

  /** Answer a message. */
  reply(message) {
    if (this.#view.can_write && !this.#view.blocked) this.shell.composer.replyTo(message);
  }

  /** Go to the message a reply quotes. */
  jump(view, id) {
    if (!this.shell.conversation.jump(id)) toast("This message is gone.");
  }

  /** An inline button was pressed. */
  press(view, message, button) {
    if (button.callback_data !== undefined) this.#callback(view, message, button.callback_data);
    else if (button.copy_text) this.copy(button.copy_text.text);
    else if (button.switch_inline_query_current_chat !== undefined)
      this.#inlineHere(view, button.switch_inline_query_current_chat);
    else if (button.switch_inline_query !== undefined) this.#inlineElsewhere(button.switch_inline_query);
    else if (button.switch_inline_query_chosen_chat)
      this.#inlineElsewhere(button.switch_inline_query_chosen_chat.query ?? "", button.switch_inline_query_chosen_chat);
    else if (button.url ?? button.login_url ?? button.web_app)
      this.link(button.url ?? (button.login_url ?? button.web_app).url);
    else toast("The page does not know what this button does.");
  }

  async #callback(view, message, data) {
    const entry = this.pending.start(view, message, data);
    if (!entry) return;
    try {
      const { callback_query_id: id } = await server.press({
        viewer: view.actor,
        chat_id: view.chat.id,
        message_id: message.message_id,
        data,
      });
      this.pending.named(entry, id);
    } catch (error) {
      this.pending.drop(entry);
      complain(error);
    }
  }

  /** The bot answered a press. */
  answered(event) {
    this.pending.answer(event);
    if (event.url) this.link(event.url);
    if (!event.text) return;
    if (event.show_alert) alertSheet(this.world.bot.first_name, event.text);
    else toast(event.text);
  }

  #inlineHere(view, query) {
    this.#fill(view, `@${this.world.bot.username} ${query}`);
  }

  async #inlineElsewhere(query, kinds = {}) {
    const allowed = {
      private: kinds.allow_user_chats || kinds.allow_bot_chats,
      group: kinds.allow_group_chats,
      supergroup: kinds.allow_group_chats,
      channel: kinds.allow_channel_chats,
    };
    const any = !Object.values(allowed).some(Boolean);
    const text = `@${this.world.bot.username} ${query}`;
    const shown = el(
      "p",
      { class: "shared wrap" },
      askedQuery(text, this.world.bot.username) === "" ? text.trim() : text,
    );
    const view = await this.#pickChat(
      "Choose a chat",
      [shown],
      (one) => one.can_write && (any || allowed[one.chat.type]),
    );
    if (view) this.#fill(view, text);
  }

  /** What a view is called. */
  titleOf(view) {
    return titleOf(view, this.world);
  }

  /** What stands where there is no message yet: in a private chat the bot's description and START. */
  emptyChat(view) {
    if (view.chat.type !== "private")
      return el("div", { class: "empty" }, el("p", {}, "Nothing has been written here yet."));
    const { bot } = this.world;
    const disc = el("span", { class: "avatar large", "aria-hidden": "true" });
    dressAvatar(disc, { picture: "bell", seed: 0 });
    const start = el(
      "button",
      { type: "button", class: "plain main start", on: { click: () => this.#firstStart(view, start) } },
      "START",
    );
    const description = view.description || bot.description;
    const words = description ? el("p", { class: "wrap" }, description) : el("p", {}, `@${bot.username}`);
    return el(
      "div",
      { class: "empty" },
      disc,
      el("h3", {}, bot.first_name),
      description && el("p", { class: "empty-name" }, "What can this bot do?"),
      words,
      !view.blocked && start,
    );
  }

  #firstStart(view, button) {
    button.disabled = true;
    this.say(view, "/start", null).then(() => {
      button.disabled = false;
    });
    this.shell.composer.focus();
  }
}
