"""A person's voice: where they may speak, how what they say gets there, and whether the bot hears it."""

from bot.sandbox.chats import Chat, Member, Person
from bot.sandbox.posting import is_service, post
from bot.sandbox.shapes import Json, utf16_slice
from bot.sandbox.world import World


class ActError(ValueError):
    """A person cannot do that; the message says why in plain words."""


class Voice:
    """What all acts rest on. `viewer` is the person who acts; a chat that is not named is their private one."""

    def __init__(self, world: World) -> None:
        self.world = world

    def person(self, viewer: int) -> Person:
        """The person with this id."""
        if viewer not in self.world.people:
            raise ActError(f"there is no person {viewer}; there are {sorted(self.world.people)[:20]}")
        return self.world.people[viewer]

    def chat(self, viewer: int, chat_id: int | None = None) -> Chat:
        """A chat that the person can see."""
        chat = self.world.chats.get(viewer if chat_id is None else chat_id)
        if chat is None:
            raise ActError(f"there is no chat {chat_id}")
        if chat.person is not None and chat.person.id != viewer:
            raise ActError(f"chat {chat_id} is someone else's private chat")
        return chat

    def is_administrator(self, viewer: int, chat: Chat) -> bool:
        """Whether the person may change who is in the chat and as what."""
        return chat.person is None and chat.member(viewer).is_administrator

    def can_write(self, viewer: int, chat: Chat) -> bool:
        """Whether this person may write there."""
        if chat.person is not None:
            return chat.person.id == viewer
        member = chat.member(viewer)
        if chat.migrated_to is not None or chat.deleted:
            return False
        if chat.type == "channel":
            return member.may("can_post_messages")
        if member.status == "restricted":
            return member.is_member and "can_send_messages" in member.rights
        return member.is_administrator or (member.is_present and "can_send_messages" in chat.permissions)

    def _place(self, viewer: int, chat_id: int | None) -> tuple[Person, Chat]:
        person, chat = self.person(viewer), self.chat(viewer, chat_id)
        if not self.can_write(viewer, chat):
            raise ActError(f"{person.first_name} cannot write in {chat.title or chat.id}")
        if chat.person is not None:
            if person.blocked:
                self.block(viewer, False)
            person.started = True
        return person, chat

    def _say(
        self, person: Person, chat: Chat, content: Json, *, reply_to: int | None = None, thread: int | None = None
    ) -> Json:
        replied = chat.messages.get(reply_to) if reply_to else None
        if reply_to and replied is None:
            raise ActError(f"there is no message {reply_to} to reply to")
        if thread and thread not in chat.topics:
            raise ActError(f"there is no topic {thread}")
        thread = thread or (replied or {}).get("message_thread_id")
        topic = chat.topics.get(thread) if thread else None
        if topic is not None and topic.closed and not chat.member(person.id).may("can_manage_topics"):
            raise ActError(f"the topic {topic.name} is closed")
        message = post(self.world, chat, person, content, thread=thread, reply_to=replied)
        self._tell_bot(chat, message, edited=False)
        if chat.force_reply or (chat.keyboard and chat.keyboard.get("one_time_keyboard")):
            chat.keyboard = chat.force_reply = None
            self.world.events.tell("changed", chat_id=chat.id)
        return message

    def _tell_bot(self, chat: Chat, message: Json, *, edited: bool) -> None:
        kind = "channel_post" if chat.type == "channel" else "message"
        if self.bot_sees(chat, message):
            self.world.updates.push(f"edited_{kind}" if edited else kind, message)

    def bot_sees(self, chat: Chat, message: Json) -> bool:
        """Whether a message reaches the bot: all where it is alone with a person, in channels, or an administrator.

        In groups, privacy mode: commands, replies to it, mentions of it, its inline results and notices
        (https://core.telegram.org/bots/features#privacy-mode).
        """
        if chat.person is not None:
            return True
        me = chat.member(self.world.bot.id)
        if not me.is_present:
            return False
        if chat.type == "channel" or me.is_administrator or self.world.sees_all_group_messages:
            return True
        replied = message.get("reply_to_message", {})
        own = self.world.bot.id
        if is_service(message) or own in (replied.get("from", {}).get("id"), message.get("via_bot", {}).get("id")):
            return True
        marked: list[Json] = message.get("entities") or message.get("caption_entities") or []
        return any(self._means_bot(message, entity) for entity in marked)

    def _means_bot(self, message: Json, entity: Json) -> bool:
        name = self.world.bot_username.lower()
        said = utf16_slice(
            message.get("text") or message.get("caption", ""), entity["offset"], entity["length"]
        ).lower()
        match entity["type"]:
            case "bot_command":
                return "@" not in said or said.endswith(f"@{name}")
            case "mention":
                return said == f"@{name}"
            case "text_mention":
                return bool(entity["user"]["id"] == self.world.bot.id)
        return False

    def block(self, viewer: int, blocked: bool = True) -> None:
        """Block the bot in private, or let it write again."""
        person, chat = self.person(viewer), self.chat(viewer)
        if person.blocked == blocked:
            return
        person.blocked = blocked
        user = self.world.bot.as_user()
        states = {True: Member("kicked"), False: Member("member")}
        change = {
            "chat": chat.as_chat(),
            "from": person.as_user(),
            "date": self.world.now,
            "old_chat_member": states[not blocked].as_member(user, "private"),
            "new_chat_member": states[blocked].as_member(user, "private"),
        }
        self.world.updates.push("my_chat_member", change)
        self.world.events.tell("changed", chat_id=chat.id)
