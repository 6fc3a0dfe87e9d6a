// Attachments of a message: photos, documents and the rest, each as one node.

import { el, icon, nameOf } from "./dom.js";
import { formatted } from "./entities.js";
import { fileAddress } from "./server.js";
import { openSheet } from "./sheets.js";
import { lengthOf, sizeOf } from "./moments.js";
import { attachmentOf } from "./summary.js";

/** The most that a picture takes in a bubble, in pixels. */
const ROOM = { width: 412, height: 420 };

/** The node of a message's attachment, or null where it has none. `act` as for formatted text. */
export function attachment(message, act) {
  const kind = attachmentOf(message);
  if (!kind) return null;
  return MAKERS[kind]?.(message, act) ?? card("file", kind, "The page does not show this kind of message.");
}

/** Whether an attachment is a picture that fills its bubble. */
export const isPicture = (message) => Boolean(message.photo || (message.video && !message.document));

const MAKERS = {
  photo: (message) => photo(message),
  document: (message) => documentRow(message.document),
  animation: ({ animation }) => film(animation, { loop: true }),
  video: ({ video }) => film(video, {}),
  video_note: ({ video_note: note }) => film({ ...note, width: note.length, height: note.length }, {}),
  audio: ({ audio }) =>
    sound(audio, [audio.performer, audio.title].filter(Boolean).join(" – ") || audio.file_name || "Audio"),
  voice: ({ voice }) => sound(voice, `Voice message, ${lengthOf(voice.duration)}`),
  sticker: ({ sticker }) => el("div", { class: "dice" }, sticker.emoji ?? "▧"),
  poll: ({ poll }, act) => pollCard(poll, act),
  venue: ({ venue }) => card("pin", venue.title, `${venue.address} (${point(venue.location)})`),
  location: ({ location }) => card("pin", "Location", point(location)),
  contact: ({ contact }) => card("phone", nameOf(contact), contact.phone_number),
  dice: ({ dice }) =>
    el(
      "div",
      { class: "dice", role: "img", "aria-label": `Dice, ${dice.value}` },
      dice.emoji,
      el("b", {}, String(dice.value)),
    ),
  game: ({ game }) => card("bell", game.title, game.description),
  invoice: ({ invoice }) => card("file", invoice.title, invoice.description),
};

const point = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

/** A line with an icon, a title and what is known of it. */
function card(picture, title, words) {
  return el(
    "div",
    { class: "card" },
    el("span", { class: "card-icon" }, icon(picture)),
    el("div", {}, el("b", {}, title), el("span", {}, words)),
  );
}

function photo(message) {
  const sizes = [...message.photo].sort((one, other) => one.width - other.width);
  const best = sizes.find((size) => size.width >= 800) ?? sizes.at(-1);
  const largest = sizes.at(-1);
  const shown = Math.min(best.width, ROOM.width, (ROOM.height * best.width) / best.height);
  const name = message.caption ? `Photo: ${message.caption.slice(0, 120)}` : "Photo";
  const picture = el("img", {
    src: fileAddress(best.file_id),
    width: best.width,
    height: best.height,
    alt: name,
    decoding: "async",
  });
  const button = el(
    "button",
    {
      type: "button",
      class: "photo",
      "aria-label": `${name}. Enlarge`,
      data: { focus: `photo:${message.message_id}` },
      on: { click: () => enlarge(largest, name) },
    },
    picture,
  );
  // A size before the bytes are here, so that nothing moves when they come.
  picture.style.width = `${Math.max(1, Math.round(shown))}px`;
  picture.addEventListener(
    "error",
    () => picture.replaceWith(el("span", { class: "lost-picture" }, "The picture cannot be shown")),
    { once: true },
  );
  return message.has_media_spoiler ? veiled(button) : button;
}

function veiled(button) {
  const veil = el("button", { type: "button", class: "veil", "aria-label": "Hidden picture: show" });
  const box = el("div", { class: "veiled" }, button, veil);
  button.inert = true;
  veil.addEventListener("click", () => {
    button.inert = false;
    veil.remove();
    box.classList.remove("veiled");
    button.focus();
  });
  return box;
}

function enlarge(size, name) {
  const address = fileAddress(size.file_id);
  const picture = el("img", { src: address, alt: name, class: "full" });
  const save = el("a", { href: address, download: "photo", class: "plain" }, "Save the picture");
  openSheet({ title: "Photo", body: [picture, el("p", { class: "sheet-line" }, save)], wide: true });
}

function documentRow({ file_id: id, file_name: name = "document", file_size: size }) {
  const what = [name.includes(".") ? name.split(".").at(-1).toUpperCase().slice(0, 5) : "FILE", sizeOf(size)]
    .filter(Boolean)
    .join(" · ");
  return el(
    "a",
    { class: "card file", href: fileAddress(id), download: name, data: { focus: `file:${id}` } },
    el("span", { class: "card-icon" }, icon("file")),
    el("div", {}, el("b", {}, name), el("span", {}, what, " · Save")),
  );
}

function film({ file_id: id, width, height }, { loop = false }) {
  const props = {
    class: "film",
    src: fileAddress(id),
    controls: true,
    preload: "metadata",
    loop,
    width,
    height,
    "aria-label": loop ? "Animation" : "Video",
  };
  return el("video", props);
}

function sound({ file_id: id }, name) {
  return el(
    "div",
    { class: "sound" },
    el("b", {}, name),
    el("audio", { src: fileAddress(id), controls: true, preload: "none", "aria-label": name }),
  );
}

function pollCard(poll, act) {
  const kind = `${poll.is_anonymous ? "Anonymous " : ""}${poll.type === "quiz" ? "quiz" : "poll"}${poll.is_closed ? ", closed" : ""}`;
  const total = poll.total_voter_count ?? 0;
  const rows = poll.options.map((option) => pollRow(option, total, act));
  return el(
    "div",
    { class: "poll" },
    el("b", {}, formatted(poll.question, poll.question_entities, act)),
    el("span", { class: "poll-kind" }, kind[0].toUpperCase() + kind.slice(1).toLowerCase()),
    el("ul", {}, rows),
    el("span", { class: "poll-kind" }, total === 0 ? "No votes yet" : `${total} ${total === 1 ? "vote" : "votes"}`),
  );
}

function pollRow(option, total, act) {
  const share = total > 0 ? Math.round((option.voter_count / total) * 100) : 0;
  const bar = el("progress", { max: "100", value: share, "aria-hidden": "true" });
  return el(
    "li",
    {},
    el("span", { class: "poll-share" }, `${share}%`),
    el("span", {}, formatted(option.text, option.text_entities, act)),
    bar,
  );
}
