// The inline box: "@bot words" in the message box asks the bot for results to choose from.

import { dressAvatar, el, initial } from "./dom.js";
import { fileAddress, inline as askInline } from "./server.js";
import { cut } from "./summary.js";

/** Typing pauses this long before the bot is asked, in milliseconds. */
const PAUSE = 250;

/** The query in a text that begins with the bot's name and a space, or null. */
export function askedQuery(text, botName) {
  const match = /^@([a-z0-9_]+)[ \n]([^]*)$/i.exec(text);
  return match && match[1].toLowerCase() === botName.toLowerCase() ? match[2].trimStart() : null;
}

/** Asks while one types and fills the suggestion list; an answer to an older text is dropped. */
export class InlineBox {
  #turn = 0;
  #timer = 0;
  #asked = null;
  #answer = null;

  /** `choose(result, answer)` posts a result, `follow(button)` does what the bot's button above the results is for. */
  constructor(suggest, { choose, follow }) {
    this.suggest = suggest;
    this.choose = choose;
    this.follow = follow;
  }

  /** Whether results or their wait are on show. */
  get active() {
    return this.#asked !== null;
  }

  /** Ask for a query as a viewer, after a pause in typing. */
  ask(viewer, query) {
    const asked = `${viewer} ${query}`;
    if (this.#asked === asked) return;
    const first = this.#asked === null;
    this.#asked = asked;
    const turn = (this.#turn += 1);
    clearTimeout(this.#timer);
    if (first || !this.#answer) this.suggest.say("Asking the bot…");
    this.suggest.box.setAttribute("aria-busy", "true");
    this.#timer = setTimeout(() => this.#fetch(turn, viewer, query), PAUSE);
  }

  /** Leave the inline mode. */
  stop() {
    if (!this.active) return;
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#asked = null;
    this.#answer = null;
    this.suggest.box.removeAttribute("aria-busy");
    this.suggest.onEnd = null;
    this.suggest.hide();
  }

  async #fetch(turn, viewer, query) {
    let answer;
    try {
      answer = await askInline({ viewer, query, offset: "" });
    } catch (error) {
      answer = { error };
    }
    if (turn !== this.#turn) return;
    this.suggest.box.removeAttribute("aria-busy");
    this.#answer = answer.error ? null : answer;
    if (answer.error) this.suggest.say(answer.error.status === 504 ? "The bot did not answer." : answer.error.message);
    else this.#show(turn, viewer, query, false);
  }

  #show(turn, viewer, query, more) {
    const { results, button, next_offset: next } = this.#answer;
    const options = results.map((result) => ({
      name: titleOf(result),
      node: resultRow(result),
      pick: () => this.choose(result, this.#answer),
    }));
    if (button)
      options.unshift({
        name: button.text,
        node: el("span", { class: "inline-button" }, button.text),
        pick: () => this.follow(button),
      });
    const count =
      results.length === 0
        ? "Nothing found."
        : `${results.length}${next ? "+" : ""} ${results.length === 1 ? "result" : "results"}`;
    const first = button && results.length > 0 ? 1 : 0;
    this.suggest.show("Results of the bot", options, { note: count, keep: more, first });
    this.suggest.onEnd = next ? () => this.#more(turn, viewer, query, next) : null;
  }

  async #more(turn, viewer, query, offset) {
    this.suggest.onEnd = null;
    const answer = await askInline({ viewer, query, offset }).catch(() => null);
    if (!answer || turn !== this.#turn) return;
    this.#answer = { ...answer, button: this.#answer.button, results: [...this.#answer.results, ...answer.results] };
    this.#show(turn, viewer, query, true);
  }
}

const KIND_NAMES = {
  photo: "Photo",
  gif: "GIF",
  mpeg4_gif: "GIF",
  video: "Video",
  audio: "Audio",
  voice: "Voice message",
  document: "Document",
  location: "Location",
  contact: "Contact",
  sticker: "Sticker",
};

function titleOf(result) {
  const name = [result.first_name, result.last_name].filter(Boolean).join(" ");
  return result.title || name || result.caption || KIND_NAMES[result.type] || result.type;
}

function resultRow(result) {
  const words = result.description || result.input_message_content?.message_text || result.caption || "";
  return el(
    "span",
    { class: "result" },
    thumbnail(result),
    el(
      "span",
      { class: "result-words" },
      el("b", {}, titleOf(result)),
      el("span", {}, cut(words.replace(/\s+/g, " "), 140)),
    ),
  );
}

/** A picture only where its bytes lie in the sandbox: nothing is loaded from elsewhere. */
function thumbnail(result) {
  const fileId = result.photo_file_id;
  const address = fileId ? fileAddress(fileId) : result.thumbnail_url;
  if (address && new URL(address, location.href).origin === location.origin)
    return el("img", { src: address, alt: "", class: "result-picture", width: 44, height: 44 });
  const disc = el("span", { class: "result-picture avatar", "aria-hidden": "true" });
  dressAvatar(disc, { letter: initial(titleOf(result)), seed: titleOf(result).length });
  return disc;
}
