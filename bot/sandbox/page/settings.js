// The settings of a chat: the person's language, blocking the bot, who is in a group.

import { el, nameOf } from "./dom.js";
import { titleOf } from "./chats.js";
import { faultPart } from "./faults.js";
import { choice, tick } from "./forms.js";
import { botPart, peoplePart, topicsPart } from "./members.js";
import { block, contact, migrate, person } from "./server.js";
import { complain, openSheet, toast } from "./sheets.js";

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
  const body = inGroup
    ? [actorPart(view, world, changed), ...botPart(view), ...peoplePart(view, world), ...topicsPart(view)]
    : [];
  body.push(languagePart(view, world), hidingPart(view, world));
  if (!inGroup) body.push(contactPart(view, world));
  body.push(faultPart(view));
  body.push(inGroup ? movePart(view) : blockPart(view, world));
  return openSheet({
    title: `Settings: ${titleOf(view, world)}`,
    body: body.filter(Boolean),
    actions: [{ label: "Done", value: true, main: true }],
  });
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
  const part = choice("Write as", options, String(view.actor), (id) => {
    world.writeAs(view, Number(id));
    changed();
    // What stands below is about the one who writes.
    part.closest("dialog").close();
    openSettings(view, world, changed);
  });
  return part;
}

function hidingPart(view, world) {
  const who = world.person(view.actor);
  if (!who) return null;
  const box = el("input", { type: "checkbox", checked: who.hides_forwards });
  box.addEventListener("change", () => person({ viewer: who.id, hides_forwards: box.checked }).catch(complain));
  return tick(`Forwarded messages hide the account of ${nameOf(who)}`, box);
}

function contactPart(view, world) {
  const others = world.people.filter((one) => one.id !== view.viewer);
  if (others.length === 0 || view.blocked) return null;
  const options = { "": "Choose…", ...Object.fromEntries(others.map((one) => [one.id, nameOf(one)])) };
  return choice("Send the bot the contact of", options, "", (id) => {
    if (!id) return;
    contact({ viewer: view.viewer, user_id: Number(id) }).then(() => toast("The contact is sent."), complain);
  });
}

function blockPart(view, world) {
  const words = view.blocked ? "Unblock the bot" : "Block the bot";
  const note = view.blocked
    ? `${world.bot.first_name} cannot write here now.`
    : `${world.bot.first_name} will get "blocked by the user" when it writes.`;
  const run = () => block({ viewer: view.viewer, blocked: !view.blocked });
  return deed(note, words, run, view.blocked ? "plain" : "plain danger");
}

function movePart(view) {
  if (view.chat.type !== "group") return null;
  return deed("A supergroup is another chat to bots: they have to move.", "Make it a supergroup", () =>
    migrate(view.chat.id),
  );
}

/** A button beside what it will do; a press closes the sheet. */
function deed(note, words, run, look = "plain") {
  const button = el("button", { type: "button", class: look }, words);
  button.addEventListener("click", () => {
    button.closest("dialog").close();
    run().catch(complain);
  });
  return el("div", { class: "setting" }, el("span", {}, note), button);
}
