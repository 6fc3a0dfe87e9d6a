"""One call of a method: its parameters, the world it acts on, and the questions that many methods ask first."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox import refusals
from bot.sandbox.chats import Chat, Member
from bot.sandbox.parameters import Parameters, whole
from bot.sandbox.refusals import Wording
from bot.sandbox.shapes import Json, is_whole
from bot.sandbox.world import World


@dataclass(frozen=True)
class Call:
    """A request as a method sees it; `name` is the method's name as the Bot API writes it."""

    name: str
    parameters: Parameters
    world: World

    def chat(self, name: str = "chat_id", *, write: bool = False, edit: bool = False) -> Chat:
        """The chat that a parameter names, with the access checked that Telegram checks.

        `edit` is for what changes a message there, `write` for what puts a new one. Refuses as
        tdlib/telegram-bot-api does in check_chat_access, in the same order.
        """
        chat = self.world.find_chat(self.parameters.text(name).strip())
        if chat.person is not None:
            if (write or edit) and chat.person.deactivated:
                raise refusals.DEACTIVATED.refusal()
            if write:
                self._check_person(chat)
            return chat
        if chat.migrated_to is not None and write:
            raise refusals.MIGRATED.refusal({"migrate_to_chat_id": chat.migrated_to})
        if chat.deleted and (write or chat.type != "group"):
            raise refusals.GROUP_DELETED.refusal()
        status = self.me(chat)
        is_open = chat.username is not None or chat.type == "group"
        if status.status == "kicked" and (chat.type != "group" or edit or write):
            raise refusals.KICKED.refusal(kind=chat.type)
        if not status.is_present and (edit or write or not is_open):
            raise refusals.NOT_MEMBER.refusal(kind=chat.type)
        return chat

    def _check_person(self, chat: Chat) -> None:
        person = chat.person
        if person is None or person.is_bot:
            raise refusals.BOT_TO_BOT.refusal()
        if person.blocked:
            raise refusals.BLOCKED.refusal()
        if not person.started:
            raise refusals.NO_CONVERSATION.refusal()

    def me(self, chat: Chat) -> Member:
        """What the bot is to a chat."""
        return chat.member(self.world.bot.id)

    def need(self, chat: Chat, right: str, wording: Wording = refusals.NO_RIGHTS, **words: object) -> None:
        """Refuse unless the bot holds an administrator's right there."""
        if not self.me(chat).may(right):
            raise wording.refusal(**words)

    def message(self, chat: Chat, what: str, name: str = "message_id") -> Json:
        """The message that a parameter names, or "<what> not found"."""
        message = chat.messages.get(self.parameters.integer(name))
        if message is None:
            raise refusals.NOT_HERE.refusal(what=what)
        return message

    def message_ids(self, at_most: int = 100) -> list[int]:
        """The list in `message_ids`; refuses as Telegram does."""
        ids = self.parameters.array("message_ids", "message_ids", "message identifiers")
        if not ids:
            raise refusals.MESSAGE_IDS_EMPTY.refusal()
        if len(ids) > at_most:
            raise refusals.MESSAGE_IDS_MANY.refusal()
        if not all(isinstance(i, int) or (isinstance(i, str) and is_whole(i)) for i in ids):
            raise refusals.MESSAGE_IDS_TYPE.refusal()
        return [int(i) for i in ids]

    def user_id(self) -> int:
        """The number in `user_id`; refuses what is none."""
        user_id = whole(self.parameters.text("user_id"))
        if user_id <= 0:
            raise refusals.USER_ID_INVALID.refusal()
        return user_id


Method = Callable[[Call], Any | Awaitable[Any]]
METHODS: dict[str, tuple[str, Method]] = {}
"""By the name in small letters (Telegram takes any case): the name as written, and what it does."""


def method(*names: str) -> Callable[[Method], Method]:
    """Enter a function into the table under these names."""

    def enter(function: Method) -> Method:
        for name in names:
            METHODS[name.lower()] = (name, function)
        return function

    return enter
