"""What is said about digests without having been asked: to administrators, to owners of channels."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.digests.previews import Preview
from bot.digests.printing import Part, Printing, under
from bot.digests.trouble import Trouble, TroubleKind, Unheard
from bot.handlers.answers import keyboard
from bot.handlers.desk import Desk
from bot.handlers.places import find_chat, hearer_of
from bot.layout.escape import escape
from bot.subscription import ChatKey, ChatKind, Subscription
from bot.transport.errors import Meaning, meaning, seconds_to_wait
from bot.transport.pacing import Priority
from bot.views.previews import skip_buttons
from bot.views.reading import Reading

_LOG = logging.getLogger(__name__)
_HOUR = 3600
_MINUTE = 60


class Teller:
    """Speaks for the digests. What cannot be told is logged without saying to whom."""

    def __init__(self, desk: Desk, bot: ExtBot[Priority]) -> None:
        self._desk, self._bot = desk, bot

    async def report(self, trouble: Trouble) -> None:
        """Tell every administrator what keeps digests from going out. Raises Unheard where none may be written to
        yet."""
        refused = []
        for administrator in self._desk.admins:
            reading = await self._desk.reading_for(administrator)
            refused.append(await self._say(administrator, (Part(_words(reading, trouble)),)))
        waits = [seconds_to_wait(error) for error in refused if isinstance(error, RetryAfter)]
        if waits and len(waits) == len(refused):
            raise Unheard(min(waits))

    async def silent(self, subscription: Subscription, why: Meaning) -> None:
        """Tell whoever agreed to be told that a subscription is silent, and what would make it ring again."""
        owner = await hearer_of(self._desk, subscription)
        if owner is None:
            return
        reading = await self._desk.reading_for(owner, subscription.language)
        key = "silent-no-thread" if why is Meaning.NO_THREAD else "silent-no-rights"
        buttons = skip_buttons(reading, subscription.key, "", skipped=False)[1:]
        name, _ = await self._place(subscription.chat)
        await self._say(owner, under((Part(escape(reading.text(key, name=name))),), buttons))

    async def preview(self, printing: Printing, preview: Preview) -> None:
        """Show an edition to whoever subscribed the channel, some hours before it goes out."""
        subscription = await self._desk.subscriptions.by_key(preview.key)
        owner = await hearer_of(self._desk, subscription) if subscription else None
        if subscription is None or owner is None:
            return
        reading = await self._desk.reading_for(owner, subscription.language)
        name, kind = await self._place(subscription.chat)
        parts = await printing.parts(preview.edition, subscription, kind)
        hours = max(1, round((preview.due - self._desk.now) / _HOUR))
        note = Part(escape(reading.text("preview-note", name=name, hours=hours)))
        buttons = skip_buttons(reading, preview.key, preview.period.key, skipped=False)
        shown = (note, *(replace(part, buttons=()) for part in parts))
        await self._say(owner, under(shown, buttons), must=True)

    async def _place(self, chat: ChatKey) -> tuple[str, ChatKind]:
        """What a chat is called today, as far as Telegram shows it, and its kind."""
        place = await self._desk.subscriptions.place_of(chat)
        found = await find_chat(self._bot, place[0]) if place else None
        return found.name if found else "…", place[1] if place else ChatKind.CHANNEL

    async def _say(self, chat_id: int, parts: Sequence[Part], *, must: bool = False) -> TelegramError | None:
        """Say it; what Telegram answered where it could not be."""
        try:
            for part in parts:
                await self._bot.send_message(
                    chat_id,
                    part.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard(part.buttons),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
        except TelegramError as error:
            _LOG.warning("somebody could not be told of a digest: %s", meaning(error).name)
            if must and meaning(error) in (Meaning.UNSENT, Meaning.UNCONFIRMED, Meaning.RETRY_AFTER):
                raise
            return error
        return None


def _words(reading: Reading, trouble: Trouble) -> str:
    minutes, hours = round(trouble.seconds / _MINUTE), round(trouble.seconds / _HOUR)
    match trouble.kind:
        case (
            TroubleKind.EXPIRED
            | TroubleKind.FAILED
            | TroubleKind.MISSED
            | TroubleKind.OFTEN
            | TroubleKind.RECALLED
            | TroubleKind.UNCOMPOSED
        ):
            return reading.text(f"trouble-{trouble.kind.value}", count=trouble.count)
        case TroubleKind.HELD | TroubleKind.SILENCED:
            return reading.text(f"trouble-{trouble.kind.value}", hours=hours)
        case TroubleKind.AWAY:
            return reading.text("trouble-away", minutes=minutes)
        case kind:
            return reading.text(f"trouble-{kind.value}")
