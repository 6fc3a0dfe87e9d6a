// Keys of the bot's keyboard that ask for something: a chat, people, one's number or place.

import { dressView, titleOf } from "./chats.js";
import { dressAvatar, el, initial, nameOf } from "./dom.js";
import { tick } from "./forms.js";
import * as server from "./server.js";
import { complain, confirmed, openSheet, toast } from "./sheets.js";

/** Where people of the sandbox are when a bot asks: Tbilisi. */
const PLACE = { latitude: 41.7151, longitude: 44.8271 };

/** Do what a key asks for; false where it asks for nothing. `view` is where the keyboard stands. */
export function ask(key, view, world) {
  if (key.request_chat) askChat(key.request_chat, view, world);
  else if (key.request_users) askUsers(key.request_users, view, world);
  else if (key.request_contact) askOwn(view, "Share your number with the bot?", "Share", server.contact);
  else if (key.request_location)
    askOwn(view, "Tell the bot where you are?", "Share", (body) =>
      server.location({ ...body, chat_id: view.chat.id, ...PLACE }),
    );
  else return false;
  return true;
}

async function askOwn(view, title, label, share) {
  if (await confirmed(title, ["It is made up: nobody in the sandbox has one."], label))
    await share({ viewer: view.actor }).catch(complain);
}

/** One row that can be chosen: a disc and a name. */
export function pickRow(name, dress, choose) {
  const disc = el("span", { class: "avatar", "aria-hidden": "true" });
  dress(disc);
  return el("button", { type: "button", class: "pick", on: { click: choose } }, disc, name);
}

/** A sheet of chats; resolves with the chosen view, or null. */
export function pickView(title, views, world, above = []) {
  const list = el("div", { class: "picks", role: "group", "aria-label": "Chats" });
  return openSheet({
    title,
    body: [...above, list],
    ready: (close) =>
      list.append(
        ...views.map((view) =>
          pickRow(
            titleOf(view, world),
            (disc) => dressView(disc, view, world),
            () => close(view),
          ),
        ),
      ),
  });
}

/** Whether a chat is of the kind that a key asks this person for; the server looks again. */
function fits(wish, view, actor) {
  const member = view.members?.[actor];
  const kinds = wish.chat_is_channel ? ["channel"] : ["group", "supergroup"];
  if (!member || !kinds.includes(view.chat.type)) return false;
  if (wish.chat_is_forum !== undefined && wish.chat_is_forum !== Boolean(view.chat.is_forum)) return false;
  if (wish.chat_has_username !== undefined && wish.chat_has_username !== Boolean(view.chat.username)) return false;
  if (wish.chat_is_created) return member.status === "creator";
  if (wish.user_administrator_rights || wish.bot_administrator_rights)
    return ["creator", "administrator"].includes(member.status);
  return !["left", "kicked"].includes(member.status);
}

async function askChat(wish, view, world) {
  const what = wish.chat_is_channel ? "channel" : "group";
  const found = world.views.filter((one) => fits(wish, one, view.actor));
  if (found.length === 0) {
    const who = nameOf(world.person(view.actor));
    toast(`There is no ${what} that fits for ${who}. The plus above the chats makes one.`);
    return;
  }
  const chosen = await pickView(`Choose a ${what}`, found, world);
  if (!chosen) return;
  const body = { viewer: view.actor, request_id: wish.request_id, chat_id: chosen.chat.id };
  await server.shareChat(body).catch(complain);
}

async function askUsers(wish, view, world) {
  const most = wish.max_quantity ?? 1;
  const chosen = most === 1 ? await pickPerson(world) : await pickPeople(world, most);
  if (!chosen?.length) return;
  const body = { viewer: view.actor, request_id: wish.request_id, user_ids: chosen };
  await server.shareUsers(body).catch(complain);
}

const dressPerson = (person) => (disc) => dressAvatar(disc, { letter: initial(nameOf(person)), seed: person.id });

function pickPerson(world) {
  const list = el("div", { class: "picks", role: "group", "aria-label": "People" });
  return openSheet({
    title: "Choose a person",
    body: [list],
    ready: (close) =>
      list.append(
        ...world.people.map((person) => pickRow(nameOf(person), dressPerson(person), () => close([person.id]))),
      ),
  });
}

async function pickPeople(world, most) {
  const boxes = world.people.map((person) => el("input", { type: "checkbox", value: person.id }));
  const rows = world.people.map((person, at) => tick(nameOf(person), boxes[at]));
  const answer = await openSheet({
    title: `Choose up to ${most} people`,
    body: [el("div", { role: "group", "aria-label": "People" }, rows)],
    actions: [
      { label: "Cancel", value: null },
      { label: "Share", value: "share", main: true },
    ],
  });
  return answer === "share" ? boxes.filter((box) => box.checked).map((box) => Number(box.value)) : null;
}
