// What goes wrong on the way to a chat: the part of its settings that lets Telegram fail at the next message there.

import { choice } from "./forms.js";
import { addFault, readFaults, removeFault } from "./server.js";
import { complain, toast } from "./sheets.js";

const WAIT = 10; // seconds

/** What can happen to one message: the words, and the fault that the sandbox is told of. */
const KINDS = {
  none: ["arrives as always", null],
  drop_before: ["is lost, without an answer", {}],
  drop_after: ["arrives, its answer is lost", {}],
  error: ["meets a server error (502)", { code: 502 }],
  too_many: [`is refused for ${WAIT} seconds (429)`, { retry_after: WAIT }],
};

const PRIVATE = { deactivated: ["finds the account deleted (403)", {}] };

const isOurs = (fault, chat) => fault.chat_id === chat.id && fault.method === "sendMessage" && fault.struck < fault.times;

/** The next message of the bot to this chat, and what becomes of it. */
export function faultPart(view) {
  const { chat } = view;
  const kinds = chat.type === "private" ? { ...KINDS, ...PRIVATE } : KINDS;
  const words = Object.fromEntries(Object.entries(kinds).map(([kind, [label]]) => [kind, label]));
  let line = Promise.resolve(); // one choice after the other
  const part = choice("The bot’s next message here", words, "none", (kind) => {
    line = line
      .then(() => put(chat, kind, kinds[kind][1]))
      .then(() => toast(`The bot’s next message here ${words[kind]}.`), complain);
  });
  readFaults().then(({ faults }) => {
    const waiting = faults.find((fault) => isOurs(fault, chat) && fault.kind in kinds);
    if (waiting) part.querySelector("select").value = waiting.kind;
  }, complain);
  part.classList.add("long");
  return part;
}

/** Take back what waits for this chat, and let the sandbox know of what is chosen now. */
async function put(chat, kind, settings) {
  const { faults } = await readFaults();
  for (const fault of faults.filter((one) => isOurs(one, chat))) await removeFault(fault.id);
  if (settings) await addFault({ kind, chat_id: chat.id, method: "sendMessage", ...settings });
}
