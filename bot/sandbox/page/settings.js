// The settings of a chat: the person's language, blocking the bot, who is in a group.

import { el, nameOf } from "./dom.js";
import { titleOf } from "./chats.js";
import { block, member, person } from "./server.js";
import { complain, openSheet } from "./sheets.js";

const LANGUAGES = {
  en: "English",
  ru: "Russian",
  uk: "Ukrainian",
  be: "Belarusian",
  ka: "Georgian",
  hy: "Armenian",
  kk: "Kazakh",
  ky: "Kyrgyz",
  uz: "Uzbek",
  de: "German",
};

/** The name of a language code. */
export const languageName = (code) => LANGUAGES[code] ?? code ?? "not set";

/** What the bot is in a chat, as a sentence. */
export const STANDING = {
  administrator: "the bot is an administrator",
  member: "the bot is a member",
  left: "the bot is not here",
  kicked: "the bot is removed",
};

/** Open the settings of a view. `changed()` is called after anything that the page keeps for itself. */
export function openSettings(view, world, changed) {
  const inGroup = view.chat.type !== "private";
  const body = inGroup ? [actorPart(view, world, changed), standingPart(view)] : [];
  body.push(languagePart(view, world), inGroup ? null : blockPart(view, world));
  return openSheet({
    title: `Settings: ${titleOf(view, world)}`,
    body: body.filter(Boolean),
    actions: [{ label: "Done", value: true, main: true }],
  });
}

function choice(label, options, current, run) {
  const select = el(
    "select",
    {},
    Object.entries(options).map(([value, words]) => el("option", { value }, words)),
  );
  select.value = current;
  select.addEventListener("change", () => run(select.value));
  return el("label", { class: "setting" }, el("span", {}, label), select);
}

function languagePart(view, world) {
  const who = world.person(view.actor);
  if (!who) return null;
  const options = {
    ...LANGUAGES,
    ...(who.language_code in LANGUAGES ? {} : { [who.language_code ?? ""]: languageName(who.language_code) }),
  };
  return choice(`Telegram language of ${nameOf(who)}`, options, who.language_code ?? "", (code) =>
    person({ viewer: who.id, language_code: code }).catch(complain),
  );
}

function actorPart(view, world, changed) {
  const options = Object.fromEntries(world.people.map((one) => [one.id, nameOf(one)]));
  return choice("Write as", options, String(view.actor), (id) => {
    view.actor = Number(id);
    changed();
  });
}

function blockPart(view, world) {
  const words = view.blocked ? "Unblock the bot" : "Block the bot";
  const note = view.blocked
    ? `${world.bot.first_name} cannot write here now.`
    : `${world.bot.first_name} will get "blocked by the user" when it writes.`;
  const button = el("button", { type: "button", class: view.blocked ? "plain" : "plain danger" }, words);
  button.addEventListener("click", () => {
    button.closest("dialog").close();
    block({ viewer: view.viewer, blocked: !view.blocked }).catch(complain);
  });
  return el("div", { class: "setting" }, el("span", {}, note), button);
}

function standingPart(view) {
  const options = { administrator: "Administrator", member: "Member", left: "Not here", kicked: "Removed" };
  if (view.chat.type === "channel") delete options.member;
  return choice("The bot is here as", options, view.bot_member, (status) =>
    member({ chat_id: view.chat.id, user_id: "bot", status }).catch(complain),
  );
}
