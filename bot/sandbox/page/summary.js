// What a message is in one line: for the list of chats, reply quotes and service messages.

import { nameOf } from "./dom.js";

const names = (users) => (users ?? []).map(nameOf).join(", ");

/** Service messages: field of the message, and its sentence. */
const SERVICE = {
  new_chat_members: (m) =>
    m.new_chat_members.length === 1 && m.new_chat_members[0].id === m.from?.id
      ? `${nameOf(m.from)} joined`
      : `${nameOf(m.from)} added ${names(m.new_chat_members)}`,
  left_chat_member: (m) =>
    m.left_chat_member.id === m.from?.id
      ? `${nameOf(m.from)} left`
      : `${nameOf(m.from)} removed ${nameOf(m.left_chat_member)}`,
  pinned_message: (m) => `${nameOf(m.from ?? m.sender_chat)} pinned “${cut(content(m.pinned_message), 40)}”`,
  new_chat_title: (m) => `The title is now “${m.new_chat_title}”`,
  new_chat_photo: () => "The picture of the chat was changed",
  delete_chat_photo: () => "The picture of the chat was removed",
  group_chat_created: () => "The group was created",
  supergroup_chat_created: () => "The group was created",
  channel_chat_created: () => "The channel was created",
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: (m) => `The group “${m.chat.title ?? ""}” became this supergroup`,
  users_shared: (m) => `${nameOf(m.from)} shared ${m.users_shared.users?.length ?? 0} contacts with the bot`,
  chat_shared: (m) => `${nameOf(m.from)} chose “${m.chat_shared.title ?? m.chat_shared.chat_id}”`,
  forum_topic_created: (m) => `The topic “${m.forum_topic_created.name}” was created`,
  forum_topic_edited: () => "The topic was changed",
  forum_topic_closed: () => "The topic was closed",
  forum_topic_reopened: () => "The topic was opened again",
  message_auto_delete_timer_changed: () => "The time after which messages go was changed",
  write_access_allowed: () => "The bot may now write to you",
};

/** The sentence of a service message, or null for any other. */
export function serviceWords(message) {
  const kind = Object.keys(SERVICE).find((field) => message[field] !== undefined && message[field] !== false);
  return kind ? SERVICE[kind](message) : null;
}

const KINDS = {
  photo: () => "Photo",
  document: (m) => m.document.file_name ?? "Document",
  animation: () => "Animation",
  video: () => "Video",
  audio: (m) => m.audio.title ?? m.audio.file_name ?? "Audio",
  voice: () => "Voice message",
  video_note: () => "Video message",
  sticker: (m) => `${m.sticker.emoji ?? ""} Sticker`.trim(),
  poll: (m) => `Poll: ${m.poll.question}`,
  venue: (m) => `Place: ${m.venue.title}`,
  location: () => "Location",
  contact: (m) => `Contact: ${nameOf(m.contact)}`,
  dice: (m) => `${m.dice.emoji} ${m.dice.value}`,
  game: (m) => `Game: ${m.game.title}`,
  invoice: (m) => `Invoice: ${m.invoice.title}`,
};

/** The kind of a message's attachment (a field name of Message), or null. An animation carries a document too. */
export const attachmentOf = (message) =>
  ["animation", "venue", ...Object.keys(KINDS)].find((field) => message[field]) ?? null;

/** The content of a message in one line, without its sender. */
export function content(message) {
  if (!message) return "";
  const service = serviceWords(message);
  if (service) return service;
  const kind = attachmentOf(message);
  const words = hideSpoilers(message.text ?? message.caption ?? "", message.entities ?? message.caption_entities ?? []);
  const line = words.replace(/\s+/g, " ").trim();
  if (!kind) return line || "Message";
  return line && kind !== "document" ? `${KINDS[kind](message)}: ${line}` : KINDS[kind](message);
}

/** Hidden words stay hidden where there is nothing to click. */
function hideSpoilers(text, entities) {
  let out = text;
  for (const { type, offset, length } of entities) {
    if (type === "spoiler") out = out.slice(0, offset) + "▒".repeat(length) + out.slice(offset + length);
  }
  return out;
}

/** A text cut to `length` characters with an ellipsis. */
export const cut = (text, length) => (text.length > length ? `${text.slice(0, length).trimEnd()}…` : text);
