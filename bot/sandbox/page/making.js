// The plus above the chats: a new person, group or channel in the sandbox.

import { el, nameOf } from "./dom.js";
import { field, list } from "./forms.js";
import { newChat, newPerson } from "./server.js";
import { complain, openSheet } from "./sheets.js";

const KINDS = {
  channel: "Channel",
  supergroup: "Group",
  forum: "Group with topics",
  group: "Small group, not yet a supergroup",
  person: "Person",
};

/** Ask what is wanted and make it; resolves with the id of the new chat, or null. */
export async function makeSomething(world) {
  const kind = list(Object.entries(KINDS));
  const name = el("input", { type: "text", required: true, maxlength: 128, autofocus: true });
  const username = el("input", { type: "text", maxlength: 33, placeholder: "optional", autocapitalize: "none" });
  const owner = list(world.people.map((one) => [one.id, nameOf(one)]));
  const owned = field("Owner", owner);
  kind.addEventListener("change", () => {
    owned.hidden = kind.value === "person";
    username.disabled = kind.value === "group";
  });
  const form = el(
    "form",
    { id: "making" },
    field("Kind", kind),
    field("Name", name),
    field("@name", username),
    owned,
    el("button", { class: "unseen", tabindex: "-1", "aria-hidden": "true" }, "Make it"),
  );
  const answer = await openSheet({
    title: "Something new",
    body: [form],
    actions: [
      { label: "Cancel", value: null },
      { label: "Make it", value: "make", main: true },
    ],
    ready: (close) =>
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        close("make");
      }),
  });
  if (answer !== "make" || !name.value.trim()) return null;
  try {
    return await make(kind.value, name.value.trim(), username.disabled ? "" : username.value.trim(), Number(owner.value));
  } catch (error) {
    complain(error);
    return null;
  }
}

async function make(kind, name, username, owner) {
  if (kind === "person") return (await newPerson({ first_name: name, username })).person.id;
  const type = kind === "forum" ? "supergroup" : kind;
  const body = { viewer: owner, type, title: name, username, is_forum: kind === "forum" };
  return (await newChat(body)).chat.id;
}
