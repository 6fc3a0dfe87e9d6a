// The page: puts the parts together, keeps one chat open, and stays in touch with the server.

import { Actions } from "./actions.js";
import { Chats, dressView, titleOf } from "./chats.js";
import { ClockPanel } from "./clock.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { dressAvatar, icon, nameOf } from "./dom.js";
import { EventStream } from "./events.js";
import { takeDrops } from "./files.js";
import { readState } from "./server.js";
import { languageName, openSettings, STANDING } from "./settings.js";
import { makeSomething } from "./making.js";
import { Topics } from "./topics.js";
import { World } from "./world.js";

/** Telegram's clients show "typing" this long after the last sign of it, in milliseconds. */
const TYPING = 5000;
const DOING = {
  upload_photo: "sending a photo",
  upload_document: "sending a file",
  choose_sticker: "choosing a sticker",
  find_location: "finding a place",
  record_voice: "recording",
  upload_voice: "sending a recording",
  upload_video: "sending a video",
};

const at = (id) => document.getElementById(id);
const narrow = matchMedia("(max-width: 760px)");
const world = new World();
const shell = { open: (view) => select(view.key) };
const actions = new Actions(world, shell);
const conversation = new Conversation(at("stage"), world, actions);
const composer = new Composer(at("foot"), world, actions);
const chats = new Chats(at("chats"), world, (view) => select(view.key));
const clock = new ClockPanel(at("clock"), world);
const topics = new Topics(at("topics"), (thread) => openThread(thread));
Object.assign(shell, { conversation, composer });

const typing = new Map();
let early = [];
let loaded = false;
let loading = 0;

// --- which chat is open: the address after "#" says it, so that Back and a reload work ---

const openKey = () =>
  world.view(decodeURIComponent(location.hash.slice(1)))?.key ??
  (narrow.matches ? null : (world.views[0]?.key ?? null));

function select(key) {
  if (location.hash === `#${key}`) return showOpen(true);
  history.pushState(null, "", `#${key}`);
  return showOpen(true);
}

function showOpen(byHand = false) {
  const view = world.view(openKey() ?? "");
  document.body.dataset.screen = view && location.hash.length > 1 ? "chat" : "list";
  at("chat").hidden = !view;
  at("vacant").hidden = Boolean(view);
  if (!view) at("vacant").textContent = "Choose a chat";
  if (view && view !== conversation.view) enter(view);
  if (!view) conversation.close();
  chats.draw(view?.key);
  if (byHand && view) settleFocus();
}

function enter(view) {
  drawHead(view);
  topics.draw(view);
  composer.show(view);
  conversation.show(view);
  seen(view);
}

function openThread(thread) {
  const { view } = conversation;
  view.thread = thread;
  topics.draw(view);
  conversation.show(view);
}

/** On a wide screen one writes at once; on a phone the keyboard would hide what one came to read. */
function settleFocus() {
  if (narrow.matches || composer.writing.hidden) at("chat-title").focus({ preventScroll: true });
  else composer.focus();
}

function back() {
  const key = conversation.view?.key;
  history.pushState(null, "", location.pathname);
  showOpen();
  if (key) chats.focus(key);
}

function seen(view) {
  if (!document.hidden && document.body.dataset.screen === (narrow.matches ? "chat" : document.body.dataset.screen))
    world.markRead(view);
}

// --- the head of the chat ---

function drawHead(view) {
  const title = view.chat.type === "private" ? world.bot.first_name : titleOf(view, world);
  at("chat-title").textContent = title;
  if (view.chat.type === "private") dressAvatar(at("chat-avatar"), { picture: "bell", seed: 0 });
  else dressView(at("chat-avatar"), view, world);
  drawState(view);
  document.title = `${title} · sandbox`;
}

function drawState(view) {
  const action = typing.get(view.key)?.action;
  const line = at("chat-state");
  line.classList.toggle("typing", Boolean(action));
  if (action)
    line.textContent =
      `${view.chat.type === "private" ? "" : `${world.bot.first_name} `}is ${DOING[action] ?? "typing"}…`.trim();
  else line.textContent = standing(view);
}

function standing(view) {
  const who = world.person(view.actor);
  const writer = who ? `you write as ${nameOf(who)}, ${languageName(who.language_code)}` : "";
  if (view.chat.type === "private") return view.blocked ? "bot · blocked" : `bot · ${writer}`;
  return [view.chat.type === "channel" ? "channel" : "group", STANDING[view.bot_member], writer]
    .filter(Boolean)
    .join(" · ");
}

// --- what the world tells ---

world.on("loaded", () => {
  at("world-title").textContent = world.bot.first_name;
  clock.draw();
  const open = conversation.view && world.view(conversation.view.key);
  if (open && conversation.view !== open) {
    conversation.refresh(open);
    composer.update(open);
    topics.draw(open);
    drawHead(open);
    seen(open);
  }
  showOpen();
});

world.on("message", (view, message, fresh) => {
  if (message.from?.id === world.bot.id) setTyping(view, null);
  if (view === conversation.view) {
    conversation.put(message, fresh);
    if (fresh) seen(view);
  }
  chats.draw(conversation.view?.key);
});

world.on("deleted", (view, ids) => {
  if (view === conversation.view) {
    conversation.remove(ids);
    composer.forget(ids);
  }
  chats.draw(conversation.view?.key);
});

world.on("view", (view) => {
  if (view === conversation.view) {
    if (view.messages.length === 0) conversation.refresh(view);
    composer.update(view);
    topics.draw(view);
    drawHead(view);
  }
  chats.draw(conversation.view?.key);
});

world.on("people", () => {
  chats.draw(conversation.view?.key);
  if (conversation.view) drawHead(conversation.view);
});

world.on("clock", () => {
  clock.draw();
  chats.draw(conversation.view?.key);
  if (conversation.view) conversation.refresh(conversation.view);
});

world.on("typing", (view, action) => setTyping(view, action));
world.on("answer", (event) => actions.answered(event));

function setTyping(view, action) {
  clearTimeout(typing.get(view.key)?.timer);
  if (action) typing.set(view.key, { action, timer: setTimeout(() => setTyping(view, null), TYPING) });
  else if (!typing.delete(view.key)) return;
  if (view.key === conversation.view?.key) drawState(view);
}

// --- in touch with the server ---

/** Read the whole state. Events that come meanwhile wait, and are taken behind it. */
async function load() {
  const turn = (loading += 1);
  loaded = false;
  try {
    const state = await readState();
    if (turn !== loading) return;
    world.load(state);
    loaded = true;
    connection(null);
    for (const event of early.splice(0)) world.take(event);
  } catch {
    if (turn === loading) stream.lost();
  }
}

const stream = new EventStream({
  onOpen: () => {
    early = [];
    load();
  },
  onLost: () => {
    loading += 1;
    loaded = false;
    actions.pending.clear();
    connection(world.bot ? "The server is gone. Trying to reach it again…" : "Connecting to the server…");
  },
  onEvent: (event) => {
    if (event.type === "reset") load();
    else if (loaded) world.take(event);
    else early.push(event);
  },
});

function connection(words) {
  at("connection").hidden = !words;
  at("connection").textContent = words ?? "";
  document.body.classList.toggle("offline", Boolean(words));
}

// --- the page's own controls ---

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function drawTheme() {
  at("theme").setAttribute("aria-pressed", String(dark()));
  at("theme").replaceChildren(icon(dark() ? "sun" : "moon"));
}

at("theme").addEventListener("click", () => {
  const theme = dark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("sandbox.theme", theme);
  } catch {
    // Kept for this page only.
  }
  drawTheme();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTheme);

at("back").append(icon("back"));
at("back").addEventListener("click", back);
at("more").append(icon("more"));
at("more").addEventListener("click", () => openSettings(conversation.view, world, () => enterAgain()));
at("new").append(icon("plus"));
at("new").addEventListener("click", async () => {
  const chat = await makeSomething(world);
  if (chat === null) return;
  await load();
  const view = world.viewOf(chat);
  if (view) select(view.key);
});
at("skip").addEventListener("click", (event) => {
  event.preventDefault();
  composer.focus();
});

function enterAgain() {
  const { view } = conversation;
  conversation.refresh(view);
  composer.update(view);
  drawHead(view);
  chats.draw(view.key);
}

addEventListener("popstate", () => showOpen());
addEventListener("hashchange", () => showOpen());
narrow.addEventListener("change", () => showOpen());
document.addEventListener("visibilitychange", () => {
  if (conversation.view) seen(conversation.view);
  chats.draw(conversation.view?.key);
});
document.addEventListener("keydown", (event) => {
  if (
    event.key === "Escape" &&
    narrow.matches &&
    !event.defaultPrevented &&
    conversation.view &&
    !document.querySelector("dialog[open]")
  )
    back();
});
takeDrops(
  at("talk"),
  at("drop"),
  () => Boolean(conversation.view) && !composer.writing.hidden,
  (files) => composer.offer(files),
);

drawTheme();
stream.start();
