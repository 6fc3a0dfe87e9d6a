"""/announce: an administrator's own message, drafted in each language, previewed, counted, confirmed and watched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CommandHandler, MessageHandler, filters

from bot.digests.announcements import DRAFT, Progress
from bot.handlers.answers import keyboard, reply, settle, turn
from bot.handlers.desk import Context, Desk, desk_of
from bot.handlers.office import Office, administers, for_administrators
from bot.handlers.prompts import links_of, put_prompt
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.layout.telegram_html import print_html
from bot.transport.errors import meaning
from bot.views.administration import (
    NEW,
    START,
    announce_prompt,
    announced_in,
    confirm_screen,
    draft_screen,
    note,
    progress_screen,
)
from bot.views.reading import Reading

WATCHED_SECONDS = 24 * 3600
"""For how long the progress is shown by itself at most; a press of any of its buttons begins that anew."""
LOOK_EVERY = 3.0
"""Seconds between two looks at first; they become rarer the longer it takes."""
RARER = 60
"""One look for every so many seconds that have passed is enough to see it move."""


class _AnswersPrompt(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return _asked_by(message) is not None


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The command, and answers to its prompts."""
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("announce", for_administrators(announce), filters=new),
        CommandHandler("start", for_administrators(open_link), filters=new & filters.Regex(rf"^/start(@\w+)? {START}")),
        MessageHandler(new & filters.ChatType.PRIVATE & ~filters.COMMAND & _AnswersPrompt(), answered),
    ]


def _asked_by(message: Message) -> tuple[str, Language] | None:
    """The draft and the language that a prompt asked for."""
    words = (link.partition("?start=")[2] for link in links_of(message))
    return next((found for each in words if (found := announced_in(each))), None)


async def announce(update: Update, _desk: Desk, _office: Office, reading: Reading) -> None:
    """Ask for the text, in the language spoken here."""
    if update.message:
        prompt = announce_prompt(reading, NEW, reading.language)
        await put_prompt(reading, update.get_bot(), update.message, prompt)


async def open_link(update: Update, _desk: Desk, office: Office, reading: Reading) -> None:
    """The link that stands in a prompt: its draft, or how far that is; the prompt once more where there is none."""
    message = update.message
    found = announced_in((message.text or "").partition(" ")[2]) if message else None
    if message is None or found is None:
        return
    name, language = found
    progress = await office.announcements.progress(name)
    if progress is None:
        await put_prompt(reading, update.get_bot(), message, announce_prompt(reading, NEW, language))
    elif progress.state == DRAFT:
        await _preview(message.get_bot(), message.chat_id, await office.announcements.texts(name))
        await reply(reading, message, await _draft(office, reading, name))
    else:
        await reply(reading, message, _progress(reading, name, progress))


async def answered(update: Update, context: Context) -> None:
    """Keep the text as a draft and show how it will look; what somebody else forged is let go."""
    message, desk = update.message, desk_of(context)
    found = _asked_by(message) if message else None
    if message is None or found is None or desk.office is None or not administers(desk, update):
        return
    reading = await desk.reading(update.effective_chat, update.effective_user)
    if not message.text:
        await reply(reading, message, note(reading, "announce-text-only"))
        return
    name, language = found
    before = await desk.office.announcements.texts(name)
    texts = {language: message.text_html} | {each: words for each, words in before.items() if each is not language}
    kept = await desk.office.announcements.draft(texts, desk.now)
    if before:
        await desk.office.announcements.discard(name)
    await _preview(message.get_bot(), message.chat_id, texts)
    await reply(reading, message, await _draft(desk.office, reading, kept))


async def _preview(bot: Bot, chat_id: int, texts: Mapping[Language, str]) -> None:
    """Each text as its readers will see it; one that is the same in both languages once."""
    for words in dict.fromkeys(texts.values()):
        await bot.send_message(chat_id, words, parse_mode=ParseMode.HTML)


async def _draft(office: Office, reading: Reading, name: str) -> Screen:
    texts = await office.announcements.texts(name)
    if not texts:
        return note(reading, "announce-gone")
    audience = await office.announcements.audience(texts)
    return draft_screen(reading, name, audience, both=len(set(texts.values())) > 1)


async def press(query: CallbackQuery, desk: Desk, office: Office, reading: Reading, name: str, what: str) -> None:
    """Answer a press on one of an announcement's buttons."""
    await settle(query)
    progress = await office.announcements.progress(name)
    if progress is None:
        await turn(reading, query, note(reading, "announce-gone"))
    elif progress.state == DRAFT:
        await _press_draft(query, desk, office, reading, name, what)
    else:
        await _press_released(query, desk, office, reading, name, what)


async def _press_draft(
    query: CallbackQuery, desk: Desk, office: Office, reading: Reading, name: str, what: str
) -> None:
    ask, _, language = what.partition(":")
    if ask == "ask" and language in set(Language) and query.message:
        prompt = announce_prompt(reading, name, Language(language))
        await put_prompt(reading, query.get_bot(), query.message, prompt)
    elif what == "discard":
        await office.announcements.discard(name)
        await turn(reading, query, note(reading, "announce-discarded"))
    elif what == "confirm":
        texts = await office.announcements.texts(name)
        count = sum((await office.announcements.audience(texts)).values())
        await turn(reading, query, confirm_screen(reading, name, count))
    elif what == "send":
        await office.announcements.release(name, desk.now)
        await _show_progress(query, office, reading, name)
        office.prepare()
        office.begin(_watch(query, desk, office, reading, name))
    else:
        await turn(reading, query, await _draft(office, reading, name))


async def _press_released(
    query: CallbackQuery, desk: Desk, office: Office, reading: Reading, name: str, what: str
) -> None:
    if what == "pause":
        await office.announcements.pause(name)
    elif what == "resume":
        await office.announcements.resume(name, desk.now)
        office.wake()
    elif what == "cancel":
        await office.announcements.cancel(name, desk.now)
    await _show_progress(query, office, reading, name)
    if name not in office.watched:  # the bot was started anew since, or it was watched for long enough
        office.begin(_watch(query, desk, office, reading, name))


async def _show_progress(query: CallbackQuery, office: Office, reading: Reading, name: str) -> None:
    progress = await office.announcements.progress(name)
    if progress:
        await turn(reading, query, _progress(reading, name, progress))


def _progress(reading: Reading, name: str, progress: Progress) -> Screen:
    states = {state.value: number for state, number in progress.deliveries.items()}
    return progress_screen(reading, name, progress.stage, states, progress.done)


async def _watch(query: CallbackQuery, desk: Desk, office: Office, reading: Reading, name: str) -> None:
    """Show the progress as it goes on, until all is done or nothing more will be."""
    office.watched.add(name)
    try:
        await _look(query, desk, office, reading, name)
    finally:
        office.watched.discard(name)


async def _look(query: CallbackQuery, desk: Desk, office: Office, reading: Reading, name: str) -> None:
    shown, began = None, desk.clock.monotonic()
    while (passed := desk.clock.monotonic() - began) < WATCHED_SECONDS:
        await desk.clock.sleep(max(LOOK_EVERY, passed / RARER))
        progress = await office.announcements.progress(name)
        if progress is None:
            return
        screen = _progress(reading, name, progress)
        if screen != shown:
            shown = screen
            await _put(query, reading, screen)
        if progress.over:
            return


async def _put(query: CallbackQuery, reading: Reading, screen: Screen) -> None:
    printed = print_html(screen, card_url=reading.card_url)[0]
    try:
        await query.edit_message_text(printed.html, parse_mode=ParseMode.HTML, reply_markup=keyboard(printed.buttons))
    except TelegramError as error:  # the next look shows it
        meaning(error)
