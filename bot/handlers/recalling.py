"""/recall: what was sent is written anew where it stands, or deleted as long as Telegram lets."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import Any

from telegram import Bot, CallbackQuery, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseHandler, CommandHandler, filters

from bot import logs
from bot.digests.fates import Fate, Recalled, Unanswered
from bot.handlers.answers import keyboard, post, reply, say, settle, turn
from bot.handlers.desk import Context, Desk
from bot.handlers.office import Office, for_administrators
from bot.handlers.places import find_chat
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.store.deliveries import Sent
from bot.transport.errors import Meaning, meaning, seconds_to_wait
from bot.transport.posting import Part
from bot.views.administration import note
from bot.views.reading import Reading
from bot.views.recalling import (
    SENT_SHOWN,
    SentShown,
    broken_screen,
    recall_one_screen,
    recall_screen,
    recalled_screen,
    topics_of,
)

_LOG = logging.getLogger(__name__)

CHATS_NAMED = 5
"""Most chats named in which something has to be done by hand."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_UNANSWERED = {Meaning.UNSENT, Meaning.UNCONFIRMED, Meaning.REFUSED, Meaning.CONFLICT, Meaning.RETRY_AFTER}
_FATES = {Meaning.GONE: Fate.GONE, Meaning.NOT_MODIFIED: Fate.SAME, Meaning.MIGRATED: Fate.UNKNOWN}


def handlers() -> list[BaseHandler[Update, Context, Any]]:
    """The command."""
    return [CommandHandler("recall", for_administrators(show), filters=filters.UpdateType.MESSAGE)]


async def show(update: Update, _desk: Desk, office: Office, reading: Reading) -> None:
    """What was sent last."""
    if update.message:
        await reply(reading, update.message, await _list(office, reading))


async def _list(office: Office, reading: Reading, skip: int = 0) -> Screen:
    """What was sent, newest first, from the one after `skip` others on."""
    sent = await office.deliveries.sent(SENT_SHOWN + 1, skip)
    if skip and not sent:
        return await _list(office, reading)
    shown = [await _shown(office, each) for each in sent[:SENT_SHOWN]]
    return recall_screen(reading, shown, skip=skip, more=len(sent) > SENT_SHOWN)


async def _shown(office: Office, sent: Sent) -> SentShown:
    language = Language(sent.language)
    words = await office.first_words(sent.kind, sent.period, language)
    return SentShown(sent.id, sent.kind, sent.period, language, sent.count, words, topics_of(sent.topics))


async def press(query: CallbackQuery, _desk: Desk, office: Office, reading: Reading, what: str, value: str) -> None:
    """Choose an edition, choose how, confirm; it is done beside, and the result comes as a message."""
    await settle(query)
    number = int(value) if _NUMBER.fullmatch(value) else 0
    found = None if what == "recalls" else await office.deliveries.sent_of(number)
    chosen = await _shown(office, found) if found else None
    if chosen is None:
        await turn(reading, query, await _list(office, reading, number if what == "recalls" else 0))
    elif what in ("erase", "rewrite"):
        under_way = await office.recall.order(chosen.id, erase=what == "erase")
        await turn(reading, query, note(reading, "recall-begun", under_way=under_way))
        office.begin(_recall(query, office, reading, chosen, erase=what == "erase"))
    else:
        await turn(reading, query, recall_one_screen(reading, chosen, sure=what == "sure"))


async def _recall(query: CallbackQuery, office: Office, reading: Reading, shown: SentShown, *, erase: bool) -> None:
    recalled = await _fulfilled(office, shown.id, erase=erase)
    if query.message:
        await post(reading, query.get_bot(), query.message, await _result(reading, query.get_bot(), shown, recalled))


async def resume(desk: Desk, bot: Bot) -> None:
    """Go on with what was broken off when the bot ended last; administrators hear what came of it."""
    if desk.office:
        for edition, erase in await desk.office.recall.ordered():
            desk.office.begin(_resumed(desk, desk.office, bot, edition, erase=erase))


async def _resumed(desk: Desk, office: Office, bot: Bot, edition: int, *, erase: bool) -> None:
    recalled, found = await _fulfilled(office, edition, erase=erase), await office.deliveries.edition(edition)
    shown = await _shown(office, found) if found else None
    for administrator in desk.admins:
        reading = desk.reading_in(await desk.chats.language(administrator) or Language.EN)
        await say(reading, bot, administrator, await _result(reading, bot, shown, recalled))


async def _fulfilled(office: Office, edition: int, *, erase: bool) -> Recalled | None:
    """What came of it; None where it broke off: it stays ordered, and is taken up again when the bot starts next."""
    try:
        return await office.recall.fulfil(edition, erase=erase)
    except Exception as error:  # noqa: BLE001 - whatever it is, whoever ordered it hears that it is not done
        _LOG.error("an edition could not be taken back to the end\n%s", logs.where(error))
        return None
    finally:
        office.wake()


async def _names(bot: Bot, chats: Sequence[int]) -> list[str]:
    """The titles of chats today, of some at most."""
    found = []
    for chat in chats[:CHATS_NAMED]:
        try:
            place = await find_chat(bot, chat)
        except TelegramError as error:
            _LOG.warning("a chat could not be named: %s", meaning(error).name)
        else:
            found += [place.name] if place and place.name else []
    return found


async def _result(reading: Reading, bot: Bot, shown: SentShown | None, recalled: Recalled | None) -> Screen:
    if recalled is None:
        return broken_screen(reading, shown)
    return recalled_screen(
        reading,
        shown,
        await _names(bot, recalled.where),
        done=recalled.done,
        gone=recalled.gone,
        refused=recalled.refused,
        old=recalled.too_old,
        stopped=recalled.stopped,
        waited=recalled.under_way,
        left=recalled.left,
        doubtful=recalled.doubtful,
        copies=recalled.copies,
        follows=recalled.follows,
        missing=recalled.missing,
        by_hand=recalled.by_hand,
    )


async def delete_message(bot: Bot, chat_id: int, message_id: int) -> Fate:
    """Delete a message of ours; what Telegram says to that. Raises Unanswered."""
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramError as error:
        return _fate(error)
    return Fate.DONE


async def rewrite_message(bot: Bot, chat_id: int, message_id: int, part: Part) -> Fate:
    """Write a message of ours anew; what Telegram says to that. Raises Unanswered."""
    try:
        await bot.edit_message_text(
            part.html,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(part.buttons),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except TelegramError as error:
        return _fate(error)
    return Fate.DONE


def _fate(error: TelegramError) -> Fate:
    what = meaning(error)
    if what in _UNANSWERED:
        raise Unanswered(seconds_to_wait(error) if isinstance(error, RetryAfter) else 0.0) from error
    return _FATES.get(what, Fate.REFUSED)
