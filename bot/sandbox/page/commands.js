// The command menu: what the bot offers on "/" and on the menu button.

import { el } from "./dom.js";

/** The part of a text that asks for the menu: "/" and the letters typed so far, or null. */
export function askedCommand(text) {
  const match = /^\/([a-z0-9_]*)$/i.exec(text);
  return match ? match[1].toLowerCase() : null;
}

/** A command as it is sent in a chat: in groups it names the bot, since others may know the same word. */
export function spelled(command, view, botName) {
  return view.chat.type === "private" ? `/${command}` : `/${command}@${botName}`;
}

/**
 * Options for the suggestion list. `send(command)` is called on Enter and click, `complete(command)` on Tab.
 * `typed` filters by beginning; an empty one shows all.
 */
export function commandOptions(commands, typed, { send, complete }) {
  return commands
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, description }) => ({
      name: `/${command}, ${description}`,
      node: el("span", { class: "command" }, el("b", {}, `/${command}`), el("span", {}, description)),
      pick: (how) => (how === "tab" ? complete(command) : send(command)),
    }));
}
