// One item of a conversation: a message, an album or a service line, made into the content of its article.

import { el, iconButton, nameOf, tintOf } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { attachment, isPicture } from "./media.js";
import { exactly, timeOf } from "./moments.js";
import { attachmentOf, content, cut, serviceWords } from "./summary.js";

/** Who a message is from, as a name. */
export const senderOf = (message) => nameOf(message.sender_chat ?? message.from ?? message.chat);

/** The id that colours and groups a sender's messages. */
export const senderId = (message) => message.sender_chat?.id ?? message.from?.id ?? message.chat.id;

/** Whether the one who writes in this view sent the message. */
export const isMine = (view, message) => !message.sender_chat && message.from?.id === view.actor;

/** What a screen reader calls an item. */
export function nameOfItem(view, messages) {
  const first = messages[0];
  const service = serviceWords(first);
  if (service) return service;
  return `${isMine(view, first) ? "You" : senderOf(first)}, ${timeOf(first.date)}`;
}

/**
 * The nodes of an item. `messages` is one message, or all of an album. `act` holds what clicks do: those of formatted
 * text, and `press`, `reply`, `forward`, `jump`, `pending`.
 */
export function itemNodes(view, messages, act) {
  const first = messages[0];
  const service = serviceWords(first);
  if (service) return [el("p", { class: "service" }, service)];
  const body = messages.length > 1 ? albumBody(view, messages, act) : singleBody(view, first, act);
  const lead = messages.find((message) => message.reply_markup) ?? first;
  const keys = inlineKeyboard(view, lead, act.pending, act.press);
  const reply =
    view.can_write &&
    !view.blocked &&
    iconButton("Reply", "reply", () => act.reply(first), { class: "answer", tabindex: "-1" });
  const forward = iconButton("Forward", "share", () => act.forward(view, first), { class: "answer", tabindex: "-1" });
  const answers = el("div", { class: "answers" }, reply, forward);
  return [
    el("div", { class: keys ? "column with-keys" : "column" }, el("div", { class: "bubble-line" }, body, answers), keys),
  ];
}

function head(view, message, act) {
  const inGroup = view.chat.type !== "private";
  return [
    inGroup &&
      !isMine(view, message) &&
      el(
        "p",
        { class: "sender", data: { tint: tintOf(senderId(message)) } },
        senderOf(message),
        message.author_signature && el("span", {}, message.author_signature),
      ),
    inTopic(view, message),
    message.forward_origin && el("p", { class: "aside" }, `Forwarded from ${forwardName(message.forward_origin)}`),
    message.via_bot && el("p", { class: "aside" }, `via @${message.via_bot.username}`),
    replyQuote(view, message, act),
  ];
}

/** Where all topics are shown together, which one a message belongs to. */
function inTopic(view, message) {
  const topic = !view.thread && view.topics?.find((one) => one.message_thread_id === message.message_thread_id);
  return topic && el("p", { class: "aside" }, `in “${topic.name}”`);
}

const forwardName = (origin) =>
  nameOf(origin.sender_user ?? origin.sender_chat ?? origin.chat ?? { first_name: origin.sender_user_name });

function replyQuote(view, message, act) {
  const target = message.reply_to_message;
  if (!target || target.forum_topic_created) return null;
  const words = message.quote?.text ?? cut(content(target), 110);
  return el(
    "button",
    {
      type: "button",
      class: "reply-quote",
      data: { tint: tintOf(senderId(target)), focus: "quote" },
      on: { click: () => act.jump(view, target.message_id) },
    },
    el("b", {}, senderOf(target)),
    el("span", {}, words || "Message"),
  );
}

function meta(message) {
  const author = message.edit_date ? "edited " : "";
  return el(
    "span",
    { class: "meta" },
    el(
      "time",
      {
        datetime: new Date(message.date * 1000).toISOString(),
        title: message.edit_date
          ? `${exactly(message.date)}, edited ${exactly(message.edit_date)}`
          : exactly(message.date),
      },
      author + timeOf(message.date),
    ),
  );
}

function textBlock(text, entities, message, act) {
  return el("div", { class: "text", dir: "auto" }, formatted(text, entities, act), meta(message));
}

function singleBody(view, message, act) {
  const media = attachment(message, act);
  const text = message.text ?? message.caption;
  const above = message.show_caption_above_media && text;
  const words = text
    ? textBlock(text, message.entities ?? message.caption_entities, message, act)
    : el("div", { class: "text bare" }, meta(message));
  const shape = ["bubble", isPicture(message) && "pictured", !text && "wordless", isLoneEmoji(message) && "emoji"];
  const parts = [head(view, message, act), above ? [words, media] : [media, unsupported(message, media, text), words]];
  return el("div", { class: shape.filter(Boolean).join(" ") }, parts.flat(2));
}

function albumBody(view, messages, act) {
  const tiles = messages.map((message) =>
    el(
      "div",
      { class: isPicture(message) ? "tile" : "tile line", data: { message: message.message_id } },
      attachment(message, act),
    ),
  );
  const captions = messages.filter((message) => message.caption);
  const lead = captions[0] ?? messages.at(-1);
  const words = lead.caption
    ? textBlock(lead.caption, lead.caption_entities, lead, act)
    : el("div", { class: "text bare" }, meta(lead));
  const pictures = messages.every(isPicture);
  return el(
    "div",
    { class: pictures ? "bubble pictured" : "bubble" },
    head(view, messages[0], act).flat(),
    el("div", { class: pictures ? "album" : "stack", data: { count: String(messages.length) } }, tiles),
    words,
  );
}

function unsupported(message, media, text) {
  return !media && !text && el("p", { class: "aside" }, "The page does not show this kind of message.");
}

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:️|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;

function isLoneEmoji(message) {
  return Boolean(
    message.text && !attachmentOf(message) && !message.entities?.length && ONLY_EMOJI.test(message.text.trim()),
  );
}
