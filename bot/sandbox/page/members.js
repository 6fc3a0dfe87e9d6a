// Who is in a group or channel and as what: the part of its settings that makes, unmakes and hides administrators.

import { el, nameOf } from "./dom.js";
import { choice, tick } from "./forms.js";
import { member, topic } from "./server.js";
import { complain, toast } from "./sheets.js";

const RIGHTS = {
  can_post_messages: "post messages",
  can_edit_messages: "edit messages of others",
  can_delete_messages: "delete messages",
  can_pin_messages: "pin messages",
  can_manage_topics: "manage topics",
};

/** Rights that the settings show, by the kind of chat. */
const shownRights = (chat) => {
  if (chat.type === "channel") return ["can_post_messages", "can_edit_messages", "can_delete_messages"];
  return ["can_delete_messages", "can_pin_messages", ...(chat.is_forum ? ["can_manage_topics"] : [])];
};

const STATES = {
  administrator: "Administrator",
  anonymous: "Anonymous administrator",
  member: "Member",
  left: "Not here",
  kicked: "Removed",
};

/** What the bot is, and what it may do as an administrator. */
export function botPart(view) {
  const options = { administrator: "Administrator", member: "Member", left: "Not here", kicked: "Removed" };
  if (view.chat.type === "channel") delete options.member;
  const rights = el("fieldset", { class: "rights", hidden: view.bot_member !== "administrator" });
  const boxes = shownRights(view.chat).map((right) =>
    el("input", { type: "checkbox", value: right, checked: view.bot_rights.includes(right) }),
  );
  rights.append(
    el("legend", {}, "The bot may"),
    ...boxes.map((box) => tick(RIGHTS[box.value], box)),
  );
  rights.addEventListener("change", () => {
    const shown = new Set(boxes.map((box) => box.value));
    const kept = view.bot_rights.filter((right) => !shown.has(right));
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    put(view, "bot", { status: "administrator", rights: [...kept, ...chosen] });
  });
  const standing = choice("The bot is here as", options, view.bot_member, async (status) => {
    const now = await put(view, "bot", { status });
    rights.hidden = now?.status !== "administrator";
    for (const box of boxes) box.checked = Boolean(now?.rights.includes(box.value));
  });
  return [standing, rights];
}

/** What each person of the page is there. */
export function peoplePart(view, world) {
  const options = { ...STATES };
  if (view.chat.type !== "supergroup") delete options.anonymous;
  return world.people.map((person) => {
    const { status, is_anonymous: hidden } = view.members[person.id];
    const owner = status === "creator";
    const choices = owner ? { creator: "Owner", ...(options.anonymous && { anonymous: "Anonymous owner" }) } : options;
    const current = hidden ? "anonymous" : status === "restricted" ? "member" : status;
    return choice(`Role of ${nameOf(person)}`, choices, current, (chosen) => {
      const plain = chosen === "anonymous" ? (owner ? "creator" : "administrator") : chosen;
      const more = owner || chosen === "anonymous" ? { is_anonymous: chosen === "anonymous" } : {};
      put(view, person.id, { status: plain, ...(owner ? { rights: [], ...more } : more) });
    });
  });
}

const put = (view, who, change) => member({ chat_id: view.chat.id, user_id: who, ...change }).catch(complain);

/** The topics of a forum: open one, close one. */
export function topicsPart(view) {
  if (!view.chat.is_forum) return [];
  const place = { viewer: view.actor, chat_id: view.chat.id };
  const name = el("input", { type: "text", maxlength: 128, "aria-label": "Name of the new topic", placeholder: "New topic" });
  const open = el("button", { type: "button", class: "plain" }, "Open");
  open.addEventListener("click", () => {
    if (!name.value.trim()) return name.focus();
    return topic({ ...place, name: name.value.trim() }).then(() => {
      toast(`The topic “${name.value.trim()}” is open.`);
      name.value = "";
    }, complain);
  });
  const rows = view.topics.map(({ message_thread_id: thread, name: words, closed }) =>
    choice(
      `Topic “${words}”`,
      { open: "Open", closed: "Closed", gone: "Deleted" },
      closed ? "closed" : "open",
      (state) => {
        const what = { open: "reopen", closed: "close", gone: "delete" }[state];
        topic({ ...place, message_thread_id: thread, do: what }).catch(complain);
      },
    ),
  );
  return [...rows, el("div", { class: "setting" }, name, open)];
}
