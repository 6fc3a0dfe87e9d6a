// What the page asks of the sandbox server, one function a request.

/** A refusal in the server's own words; `status` is the HTTP status, 0 where the server was not reached. */
export class Refusal extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refusal("The server cannot be reached.", 0);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(body.error || `The server answered ${answer.status}.`, answer.status);
  return body;
}

function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/** The whole world: now, bot, people, views. */
export const readState = () => ask("/sandbox/state", { cache: "no-store" });

/** Say something as `viewer`. */
export const send = (body) => post("/sandbox/send", body);

/** Press an inline button; the bot's answer arrives as an event. */
export const press = (body) => post("/sandbox/press", body);

/** Ask the bot for inline results. */
export const inline = (body) => post("/sandbox/inline", body);

/** Post a chosen inline result. */
export const choose = (body) => post("/sandbox/choose", body);

/** Change a person's language or name. */
export const person = (body) => post("/sandbox/person", body);

/** Block or unblock the bot. */
export const block = (body) => post("/sandbox/block", body);

/** Make a small group a supergroup, which has another id. */
export const migrate = (chatId) => post("/sandbox/migrate", { chat_ids: [chatId] });

/** Change who is in a chat, and as what. */
export const member = (body) => post("/sandbox/member", body);

/** Choose a chat for a key of the bot's keyboard that requests one. */
export const shareChat = (body) => post("/sandbox/share_chat", body);

/** The sandbox's time: now, and what is due next (null where nothing is). */
export const readClock = () => ask("/sandbox/clock", { cache: "no-store" });

/** The scripted faults, spent ones too. */
export const readFaults = () => ask("/sandbox/faults", { cache: "no-store" });

/** Let something go wrong: `kind`, whom it strikes, and what belongs to the kind. */
export const addFault = (body) => post("/sandbox/faults", body);

/** Take a fault away. */
export const removeFault = (id) => ask(`/sandbox/faults?id=${id}`, { method: "DELETE" });

/** Choose people for a key of the bot's keyboard that requests some. */
export const shareUsers = (body) => post("/sandbox/share_users", body);

/** Share one's own contact, or that of `user_id`. */
export const contact = (body) => post("/sandbox/contact", body);

/** Say where one is. */
export const location = (body) => post("/sandbox/location", body);

/** Pass a message on from `from_chat_id` to `chat_id`. */
export const forward = (body) => post("/sandbox/forward", body);

/** Someone new on the page. */
export const newPerson = (body) => post("/sandbox/new_person", body);

/** A new group or channel of `viewer`'s own. */
export const newChat = (body) => post("/sandbox/new_chat", body);

/** Open a topic of a forum by `name`, or `do` (close, reopen, delete) something to `message_thread_id`. */
export const topic = (body) => post("/sandbox/topic", body);

/** Move the sandbox's clock ahead: `{advance: seconds}` or `{to: "next"}`. */
export const turnClock = (body) => post("/sandbox/clock", body);

/** Send files with an optional caption. */
export function upload({ viewer, chat_id, files, caption, thread }) {
  const form = new FormData();
  form.set("viewer", viewer);
  form.set("chat_id", chat_id);
  if (caption) form.set("caption", caption);
  if (thread) form.set("message_thread_id", thread);
  for (const file of files) form.append("file", file, file.name);
  return ask("/sandbox/upload", { method: "POST", body: form });
}

/** Where the bytes of a file are. */
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;
