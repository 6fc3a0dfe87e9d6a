"""What every handler works with: the published content, what chats chose, and who is asking in which language."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from telegram import Chat, Message, Update, User
from telegram.constants import ChatType
from telegram.ext import CallbackContext, ExtBot

from bot.clock import Clock
from bot.digests.composing import Composer
from bot.digests.schedule import next_due
from bot.editing.newsroom import Newsroom
from bot.editing.sourcing import Sourcing
from bot.editing.writing import Writing
from bot.handlers.pauses import Pauses
from bot.i18n import Language, starting_language
from bot.search.library import Library
from bot.store.chats import Chats
from bot.store.dossier import Section
from bot.store.editorial import EditorialStore
from bot.store.subscriptions import SubscriptionStore
from bot.subscription import Choices, Schedule
from bot.transport.pacing import Priority
from bot.views.reading import Reading

if TYPE_CHECKING:
    from bot.handlers.office import Office

Context = CallbackContext[ExtBot[Priority], None, None, "Desk"]


@dataclass(slots=True)
class Desk:
    """One per bot. `library` is swapped when content is published; take it once per answer.

    `dossier` reads everything that is kept about a chat id. `timezone` is that of a new subscription. `pauses` are
    what waits until somebody has sent all that they are sending. `on_change` is called when the content or a decision
    of the editors is another one: digests that go out follow it.
    """

    library: Library
    chats: Chats
    subscriptions: SubscriptionStore
    dossier: Callable[[int], Awaitable[tuple[Section, ...]]]
    composer: Composer
    editorial: EditorialStore
    newsroom: Newsroom
    chance: random.Random
    clock: Clock
    admins: tuple[int, ...] = ()
    timezone: str = "UTC"
    outbox_days: int = 30
    username: str = ""
    office: Office | None = None
    on_change: Callable[[], None] = lambda: None
    pauses: Pauses = field(init=False)
    writing: Writing = field(init=False)
    sourcing: Sourcing = field(init=False)

    def __post_init__(self) -> None:
        self.pauses = Pauses(self.clock)
        self.writing = Writing(self.newsroom)
        self.sourcing = Sourcing(self.newsroom)

    def serve(self, library: Library) -> None:
        """Answer from this from now on; who is in the middle of an answer ends it with what was taken."""
        self.library = library
        self.on_change()

    async def reading(self, chat: Chat | None, user: User | None) -> Reading:
        """The view of whoever asks: the chat's chosen language, or else where the user's Telegram language starts.

        Of editors that is kept, as if they had chosen it: they are told of things without having asked, and what is
        not an answer brings no language along.
        """
        asker = chat or user
        chosen = await self.chats.language(asker.id) if asker else None
        language = chosen or starting_language(user.language_code if user else None)
        reading = self.reading_in(language)
        if not (is_private(chat) and user and await self.is_editor(user.id)):
            return reading
        if chosen is None:
            await self.chats.choose_language(user.id, language)
        return replace(reading, edits=True)

    async def reading_for(self, chat_id: int, otherwise: Language = Language.EN) -> Reading:
        """The view of somebody who has not asked: in the language that is kept, or else in this one."""
        return self.reading_in(await self.chats.language(chat_id) or otherwise)

    async def is_editor(self, user_id: int) -> bool:
        """Whether somebody may edit, as known some seconds ago; what they then do is asked anew."""
        return user_id in self.admins or await self.newsroom.is_editor(user_id)

    def reading_in(self, language: Language) -> Reading:
        """The view in a language, on the content published now."""
        return Reading(self.library.catalog, language, self.username, today=self.clock.now().date())

    @property
    def now(self) -> int:
        """The current moment in whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    def next_due(self, schedule: Schedule, after: int = 0, had: Collection[str] = ()) -> int:
        """When a schedule rings next, in seconds since 1970: from now on, or from a later moment.

        `had` names periods whose edition was had already: a bell that would ring it once more is passed over.
        """
        moment = datetime.fromtimestamp(max(after, self.now), UTC)
        return int(next_due(schedule, moment, had).timestamp())

    @property
    def first_choices(self) -> Choices:
        """What somebody subscribes to who chooses nothing."""
        return Choices(Schedule(timezone=self.timezone))


def desk_of(context: Context) -> Desk:
    """The desk of the bot that handles an update."""
    return context.bot_data


def is_private(chat: Chat | None) -> bool:
    """Whether somebody talks to the bot alone."""
    return chat is not None and chat.type == ChatType.PRIVATE


async def may_decide(update: Update) -> bool:
    """Whether whoever sent this may decide for the chat: oneself in private, in a group its chat administrators.

    Asked of Telegram each time, never remembered; by the list of administrators, since of a single member it tells
    only a bot that is an administrator for sure. An anonymous administrator writes as the group itself.
    """
    chat, user, message = update.effective_chat, update.effective_user, update.message
    if chat is None or is_private(chat):
        return True
    if message and message.sender_chat:
        return message.sender_chat.id == chat.id
    if user is None:
        return False
    return any(member.user.id == user.id for member in await chat.get_administrators())


def words_behind(command: str) -> str:
    """What stands behind a command in a text that begins with one, on its line or below it; line breaks are kept."""
    return "".join(command.split(maxsplit=1)[1:]).strip()


def asked_words(message: Message | None, username: str) -> str:
    """What a message asks: its text without the command or the mention of the bot."""
    words = (message.text or "") if message else ""
    if words.startswith("/"):
        words = words_behind(words)
    mention = f"@{username}".casefold()
    return " ".join(word for word in words.split() if word.casefold().rstrip(",:;.!?") != mention)


async def apologise(desk: Desk, update: Update, incident: str) -> None:
    """Tell whoever sent an update that could not be handled, in one line; `incident` is what the log calls it."""
    reading = await desk.reading(update.effective_chat, update.effective_user)
    words = reading.text("error-update", incident=incident)
    if update.callback_query:
        await update.callback_query.answer(words, show_alert=True)
    elif update.effective_message:
        await update.effective_message.reply_text(words)
