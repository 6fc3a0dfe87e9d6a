"""The whole state of the sandbox in memory: the bot, people, chats, files, updates, queries, logs."""

import asyncio
from dataclasses import dataclass, field
from itertools import count

from bot.sandbox import refusals
from bot.sandbox.chats import (
    ADMINISTRATOR_RIGHTS,
    BOT_RIGHTS_IN_CHANNEL,
    CHANNEL_RIGHTS,
    GROUP_RIGHTS,
    Chat,
    Member,
    Person,
)
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Limits, Pace
from bot.sandbox.profile import Profile
from bot.sandbox.shapes import Clock, Entity, Json, is_whole
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook

SUPERGROUP_BASE = -1_000_000_000_000
ALL_RIGHTS = {*ADMINISTRATOR_RIGHTS, *CHANNEL_RIGHTS, *GROUP_RIGHTS}


@dataclass
class Callback:
    """A pressed button that waits for its answer."""

    id: str
    viewer: int
    at: float
    answer: Json | None = None


@dataclass
class InlineQuestion:
    """An inline query: who asked what, and the answer once it is there."""

    id: str
    viewer: int
    query: str
    at: float
    done: asyncio.Future[Json]
    contents: dict[str, Json] = field(default_factory=dict)


@dataclass
class PollState:
    """A poll that the bot or a person sent: where it stands and who chose what."""

    chat_id: int
    message_id: int
    votes: dict[int, list[int]] = field(default_factory=dict)


class World:
    """Everything there is. Its parts are changed by the Bot API's methods and by what people do."""

    def __init__(self, clock: Clock, bot: Person, limits: Limits, *, keep_exchanges: int = 10_000, seed: int = 0):
        self.clock = clock
        self.bot = bot
        self.sees_all_group_messages = False
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.names: dict[str, int] = {}
        self.profile = Profile()
        self.files = Files()
        self.events = Events()
        self.faults = Faults(seed)
        self.journal = Journal(clock, keep_exchanges)
        self.pace = Pace(limits, clock)
        self.updates = Updates(clock)
        self.webhook = Webhook(self.updates, clock)
        self.callbacks: dict[str, Callback] = {}
        self.questions: dict[str, InlineQuestion] = {}
        self.texts_read: dict[tuple[str, str, Limits], tuple[str, list[Entity]]] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.polls: dict[str, PollState] = {}
        self.ids = count(1)
        self._people_ids = count(10_001)
        self._group_ids = count(-2001, -1)
        self._channel_ids = count(SUPERGROUP_BASE - 3001, -1)
        self.shared_id = 0
        self.album = count(1)

    @property
    def now(self) -> int:
        """The sandbox's time in whole seconds since 1970."""
        return int(self.clock())

    @property
    def bot_username(self) -> str:
        """The bot's name without the @."""
        return self.bot.username or ""

    def add_person(
        self,
        first_name: str,
        *,
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        role: str | None = None,
        started: bool = False,
    ) -> Person:
        """A new person; `started` says that they have talked to the bot before."""
        number = user_id or next(i for i in self._people_ids if i not in self.people)
        person = Person(number, first_name, username=username, language_code=language_code, role=role, started=started)
        self.people[number] = person
        self.chats[number] = Chat(number, "private", person=person)
        if username:
            self.names[username.lower()] = number
        return person

    def add_chat(
        self,
        kind: str,
        title: str,
        *,
        chat_id: int | None = None,
        username: str | None = None,
        creator: int | None = None,
        members: tuple[int, ...] = (),
        bot: str = "member",
        forum: bool = False,
    ) -> Chat:
        """A new group, supergroup or channel, with the bot as `member`, `administrator`, `left` or `kicked`."""
        chat = Chat(chat_id or self._new_chat_id(kind), kind, title, username, is_forum=forum)
        if kind != "group":
            chat.last_id = 1  # the notice that it was created
        self.chats[chat.id] = chat
        if username:
            self.names[username.lower()] = chat.id
        if creator is not None:
            chat.members[creator] = Member("creator", set(ALL_RIGHTS))
        for user_id in members:
            chat.members[user_id] = Member("member")
        chat.members[self.bot.id] = self.bot_as(chat, bot)
        return chat

    def bot_as(self, chat: Chat, status: str) -> Member:
        """The bot's membership; as an administrator with the rights that it asks for by default."""
        if status != "administrator":
            return Member(status)
        asked = self.profile.default_rights.get(chat.type == "channel", {})
        rights = {name for name, on in asked.items() if on is True} or (
            set(BOT_RIGHTS_IN_CHANNEL) if chat.type == "channel" else set(ALL_RIGHTS) - set(CHANNEL_RIGHTS)
        )
        return Member("administrator", rights | {"can_manage_chat"})

    def _new_chat_id(self, kind: str) -> int:
        numbers = self._group_ids if kind == "group" else self._channel_ids
        return next(i for i in numbers if i not in self.chats)

    def person(self, user_id: int) -> Person:
        """The person with this id; raises KeyError."""
        return self.bot if user_id == self.bot.id else self.people[user_id]

    def find_chat(self, chat_id: str) -> Chat:
        """The chat by id or @name as a bot writes it; refuses what there is not."""
        if not chat_id:
            raise refusals.CHAT_ID_EMPTY.refusal()
        key: int | None
        if chat_id.startswith("@"):
            key = self.names.get(chat_id[1:].lower())
            if key is not None and key > 0:
                key = None  # a bot finds people by id only
        else:
            key = int(chat_id) if is_whole(chat_id) else None
        chat = None if key is None else self.chats.get(key)
        if chat is None or (chat.person is not None and not self.knows(chat)):
            raise refusals.CHAT_NOT_FOUND.refusal()
        return chat

    def knows(self, chat: Chat) -> bool:
        """Whether the bot has ever met this person: in private or in a chat that both are in."""
        person = chat.person
        if person is None or person.started:
            return True
        return any(
            person.id in other.members and self.bot.id in other.members
            for other in self.chats.values()
            if other.person is None
        )

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups and channels number their messages by themselves, all others share the bot's numbers."""
        if chat.type in ("supergroup", "channel"):
            chat.last_id += 1
        else:
            self.shared_id += 1
            chat.last_id = self.shared_id
        return chat.last_id

    def new_id(self) -> str:
        """An identifier for a query, poll or the like, never used before."""
        return str(4_000_000_000 + next(self.ids))
