// What the page knows of the world: bot, people, views and their messages, kept up to date by events.

import { keep, recall } from "./dom.js";

const byId = (one, other) => one.message_id - other.message_id;

/** The place of a message in a list sorted by id, and whether it is there. */
function find(messages, id) {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (messages[middle].message_id < id) low = middle + 1;
    else high = middle;
  }
  return { at: low, there: messages[low]?.message_id === id };
}

/**
 * The state, and who wants to hear of changes. Names of changes: `loaded`, `message` (view, message, fresh),
 * `deleted` (view, ids), `view` (view: all but its messages), `people`, `typing` (view, action), `answer` (event), `clock`.
 */
export class World {
  #hearers = new Map();
  #read = recall(sessionStorage, "sandbox.read", {});
  bot = null;
  people = [];
  views = [];
  /** Seconds to add to this machine's clock to get the sandbox's. */
  drift = 0;

  /** Hear of a change. */
  on(name, run) {
    this.#hearers.set(name, [...(this.#hearers.get(name) ?? []), run]);
  }

  #tell(name, ...news) {
    for (const run of this.#hearers.get(name) ?? []) run(...news);
  }

  /** Take the whole state as the server gives it. */
  load(state) {
    this.bot = state.bot;
    this.people = state.people;
    this.drift = state.now - Date.now() / 1000;
    const chosen = new Map(this.views.map((view) => [view.key, view.actor]));
    const threads = new Map(this.views.map((view) => [view.key, view.thread]));
    this.views = state.views.map((view) =>
      this.#dress({
        ...view,
        messages: [...view.messages].sort(byId),
        actor: chosen.get(view.key) ?? view.viewer,
        thread: threads.get(view.key) ?? null,
      }),
    );
    for (const view of this.views) {
      const newest = view.messages.at(-1)?.message_id ?? 0;
      if ((this.#read[view.key] ?? 0) > newest) this.#read[view.key] = 0;
    }
    this.#tell("loaded");
  }

  /** What the one who writes may do and sees on offer; a topic that is gone is left. */
  #dress(view) {
    const own = view.members?.[view.actor];
    if (own) Object.assign(view, { can_write: own.can_write, commands: own.commands });
    if (view.thread && !view.topics.some((topic) => topic.message_thread_id === view.thread)) view.thread = null;
    return view;
  }

  /** Write in a view as somebody else. */
  writeAs(view, userId) {
    view.actor = userId;
    this.#dress(view);
  }

  /** The messages of a view that are on show: of the open topic, or all. */
  shown(view) {
    if (!view.thread) return view.messages;
    return view.messages.filter((message) => message.message_thread_id === view.thread);
  }

  /** The sandbox's time in Unix seconds. */
  now() {
    return Date.now() / 1000 + this.drift;
  }

  /** The view of a key, or undefined. */
  view(key) {
    return this.views.find((view) => view.key === key);
  }

  /** The view that shows a chat, or undefined. */
  viewOf(chatId) {
    return this.views.find((view) => view.chat.id === chatId);
  }

  /** The private chat of a person with the bot, or undefined. */
  privateOf(userId) {
    return this.views.find((view) => view.chat.type === "private" && view.viewer === userId);
  }

  /** A person by id, or undefined. */
  person(userId) {
    return this.people.find((person) => person.id === userId);
  }

  /** One message of a view, or undefined. */
  message(view, id) {
    const { at, there } = find(view.messages, id);
    return there ? view.messages[at] : undefined;
  }

  /** Put a message in its place; returns whether it is new. */
  put(view, message) {
    const { at, there } = find(view.messages, message.message_id);
    view.messages.splice(at, there ? 1 : 0, message);
    return !there;
  }

  /** How many messages of others stand below the last one read. */
  unread(view) {
    const last = this.#read[view.key] ?? 0;
    return view.messages.filter((message) => message.message_id > last && message.from?.id !== view.actor).length;
  }

  /** The id of the last message read in a view, 0 where none was. */
  lastRead(view) {
    return this.#read[view.key] ?? 0;
  }

  /** All of a view is read now. */
  markRead(view) {
    const newest = view.messages.at(-1)?.message_id ?? 0;
    if (newest <= (this.#read[view.key] ?? 0)) return;
    this.#read[view.key] = newest;
    keep(sessionStorage, "sandbox.read", this.#read);
  }

  /** Take one event of the stream. */
  take(event) {
    if (event.type === "people") return this.#takePeople(event.people);
    if (event.type === "view") return this.#takeView(event.view);
    if (event.type === "clock") return this.#takeClock(event.now);
    if (event.type === "callback_answer") return this.#tell("answer", event);
    const view = this.viewOf(event.chat_id);
    if (!view) return undefined;
    if (event.type === "message") return this.#tell("message", view, event.message, this.put(view, event.message));
    if (event.type === "edited") return this.#takeEdit(view, event.message);
    if (event.type === "deleted") return this.#takeDeletion(view, event.message_ids);
    if (event.type === "typing") return this.#tell("typing", view, event.action);
    return undefined;
  }

  #takePeople(people) {
    this.people = people;
    this.#tell("people");
  }

  #takeClock(now) {
    this.drift = now - Date.now() / 1000;
    this.#tell("clock");
  }

  #takeEdit(view, message) {
    if (!this.message(view, message.message_id)) return;
    this.put(view, message);
    this.#tell("message", view, message, false);
  }

  #takeDeletion(view, ids) {
    const gone = new Set(ids);
    view.messages = view.messages.filter((message) => !gone.has(message.message_id));
    this.#tell("deleted", view, ids);
  }

  #takeView(row) {
    const view = this.view(row.key);
    if (view?.chat.id === row.chat.id) {
      // The messages of a known chat come by their own events; taking them from here too would hide which are new.
      const { messages, ...rest } = row;
      Object.assign(view, rest);
      this.#dress(view);
      this.#tell("view", view);
      return;
    }
    const views = view ? this.views.map((one) => (one === view ? row : one)) : [...this.views, row];
    this.load({ now: this.now(), bot: this.bot, people: this.people, views });
  }
}
