"""What people do: write, press, ask inline, choose, block, come and go. Each does what a Telegram client would."""

import asyncio
import re
from typing import Any

from bot.sandbox.chats import Chat, Member, Person
from bot.sandbox.entities import found_in, trimmed
from bot.sandbox.files import StoredFile
from bot.sandbox.membership import change_member
from bot.sandbox.methods.polls import vote
from bot.sandbox.posting import is_service, post, replace_message
from bot.sandbox.shapes import Json, present, utf16_slice
from bot.sandbox.world import Callback, InlineQuestion, World

PAGE_KINDS = {"image/jpeg": "photo", "image/png": "photo", "image/webp": "photo"}


class ActError(ValueError):
    """A person cannot do that; the message says why in plain words."""


class Acts:
    """The verbs. `viewer` is the person who acts; a chat that is not named is their private one with the bot."""

    def __init__(self, world: World) -> None:
        self.world = world

    def person(self, viewer: int) -> Person:
        """The person with this id."""
        if viewer not in self.world.people:
            raise ActError(f"there is no person {viewer}; there are {sorted(self.world.people)}")
        return self.world.people[viewer]

    def chat(self, viewer: int, chat_id: int | None = None) -> Chat:
        """A chat that the person can see."""
        chat = self.world.chats.get(viewer if chat_id is None else chat_id)
        if chat is None:
            raise ActError(f"there is no chat {chat_id}")
        if chat.person is not None and chat.person.id != viewer:
            raise ActError(f"chat {chat_id} is someone else's private chat")
        return chat

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

    def send(
        self,
        viewer: int,
        text: str,
        chat_id: int | None = None,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Json:
        """Write a text; answers the message. "/start x" in private is how a deep link arrives."""
        person, chat = self._place(viewer, chat_id)
        text, _ = trimmed(text, [])
        if not text:
            raise ActError("the text is empty")
        entities = found_in(text)
        content = {"text": text, "entities": entities} if entities else {"text": text}
        return self._say(person, chat, content, reply_to=reply_to, thread=thread)

    def _say(
        self, person: Person, chat: Chat, content: Json, *, reply_to: int | None = None, thread: int | None = None
    ) -> Json:
        replied = chat.messages.get(reply_to) if reply_to else None
        if reply_to and replied is None:
            raise ActError(f"there is no message {reply_to} to reply to")
        if thread and thread not in chat.topics:
            raise ActError(f"there is no topic {thread}")
        thread = thread or (replied or {}).get("message_thread_id")
        message = post(self.world, chat, person, content, thread=thread, reply_to=replied)
        self._tell_bot(chat, message, edited=False)
        if chat.keyboard and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = None
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

    def edit(self, viewer: int, message_id: int, text: str, chat_id: int | None = None) -> Json:
        """Change one's own text."""
        chat = self.chat(viewer, chat_id)
        message = chat.messages.get(message_id)
        own = message is not None and (message.get("from", {}).get("id") == viewer or chat.type == "channel")
        if message is None or not own or "text" not in message:
            raise ActError(f"message {message_id} is no text of {viewer}")
        entities = found_in(text)
        changed = {k: v for k, v in message.items() if k != "entities"} | {"text": text}
        changed = replace_message(self.world, chat, changed | ({"entities": entities} if entities else {}))
        self._tell_bot(chat, changed, edited=True)
        return changed

    def upload(
        self,
        viewer: int,
        name: str,
        content: bytes,
        chat_id: int | None = None,
        *,
        mime_type: str = "",
        caption: str = "",
        as_document: bool = False,
        album: str | None = None,
    ) -> Json:
        """Send a file: a picture as a photo unless `as_document`, all else as a document."""
        person, chat = self._place(viewer, chat_id)
        if not content:
            raise ActError(f"{name} is empty")
        stored = self.world.files.store("document", name, content, mime_type)
        kind = "document" if as_document or not stored.width else PAGE_KINDS.get(stored.mime_type, "document")
        if kind == "photo":
            stored = self.world.files.store("photo", name, content, mime_type)
        said: Json = {kind: _shown(stored)}
        if caption:
            entities = found_in(caption)
            said |= {"caption": caption, **({"caption_entities": entities} if entities else {})}
        return self._say(person, chat, said | present(media_group_id=album))

    def contact(self, viewer: int, phone_number: str = "+10000000000") -> Json:
        """Share one's own number, as a key with request_contact does."""
        person, chat = self._place(viewer, None)
        own = {"phone_number": phone_number, "first_name": person.first_name, "user_id": person.id}
        return self._say(person, chat, {"contact": own})

    def location(self, viewer: int, latitude: float, longitude: float, chat_id: int | None = None) -> Json:
        """Send where one is."""
        person, chat = self._place(viewer, chat_id)
        return self._say(person, chat, {"location": {"latitude": latitude, "longitude": longitude}})

    def press(self, viewer: int, message_id: int, data: str, chat_id: int | None = None) -> str:
        """Press a button with this callback data under a message; answers the id of the callback query."""
        person, chat = self.person(viewer), self.chat(viewer, chat_id)
        message = chat.messages.get(message_id)
        if message is None:
            raise ActError(f"there is no message {message_id}")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise ActError(f"message {message_id} has no button with the data {data!r}")
        query = Callback(self.world.new_id(), viewer, self.world.clock())
        self.world.callbacks[query.id] = query
        inline_id = self._inline_id(chat.id, message_id)
        asked: Json = {"id": query.id, "from": person.as_user(), "chat_instance": str(7_000_000_000 + abs(chat.id))}
        asked |= {"inline_message_id": inline_id} if inline_id else {"message": message}
        self.world.updates.push("callback_query", asked | {"data": data})
        return query.id

    def _inline_id(self, chat_id: int, message_id: int) -> str | None:
        places = self.world.inline_messages.items()
        return next((key for key, place in places if place == (chat_id, message_id)), None)

    async def ask_inline(
        self, viewer: int, query: str, offset: str = "", *, chat_type: str = "sender", wait: float | None = None
    ) -> Json:
        """Type "@bot query"; waits for the bot's answer and gives it with the query's id. Raises TimeoutError."""
        person = self.person(viewer)
        done: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        question = InlineQuestion(self.world.new_id(), viewer, query, self.world.clock(), done)
        self.world.questions[question.id] = question
        asked = {"id": question.id, "from": person.as_user(), "query": query, "offset": offset, "chat_type": chat_type}
        self.world.updates.push("inline_query", asked)
        try:
            answer = await asyncio.wait_for(done, wait or self.world.pace.limits.inline_seconds)
        finally:
            done.cancel()
        return {"inline_query_id": question.id, **answer}

    def choose(self, viewer: int, result_id: str, chat_id: int | None = None, *, query_id: str | None = None) -> Json:
        """Send a result of an inline answer (the person's last one that holds it) into a chat, via the bot."""
        person, chat = self._place(viewer, chat_id)
        asked = [q for q in self.world.questions.values() if q.viewer == viewer and result_id in q.contents]
        asked = [q for q in asked if query_id in (None, q.id)]
        if not asked:
            raise ActError(f"no inline answer to {viewer} holds the result {result_id!r}")
        content = asked[-1].contents[result_id] | {"via_bot": self.world.bot.as_user()}
        message = post(self.world, chat, person, content)
        chosen: Json = {"result_id": result_id, "from": person.as_user(), "query": asked[-1].query}
        if "reply_markup" in message:
            key = f"inline-{self.world.new_id()}"
            self.world.inline_messages[key] = (chat.id, message["message_id"])
            chosen["inline_message_id"] = key
        self._tell_bot(chat, message, edited=False)
        self.world.updates.push("chosen_inline_result", chosen)
        return message

    def share_chat(self, viewer: int, request_id: int, chat_id: int) -> Json:
        """Choose a chat with a key that requested one; the bot is added where the key asked for that."""
        person, private = self._place(viewer, None)
        chat = self.chat(viewer, chat_id)
        keys = [key for row in (private.keyboard or {}).get("keyboard", []) for key in row]
        wish = next(
            (k["request_chat"] for k in keys if k.get("request_chat", {}).get("request_id") == request_id), None
        )
        if wish is None:
            raise ActError(f"there is no key that requests a chat with the number {request_id}")
        if bool(wish.get("chat_is_channel")) != (chat.type == "channel"):
            raise ActError(f"{chat.title} is not of the kind that the key asks for")
        if wish.get("bot_administrator_rights") and not chat.member(self.world.bot.id).is_administrator:
            rights = {name for name, on in wish["bot_administrator_rights"].items() if on is True}
            change_member(self.world, chat, self.world.bot.id, Member("administrator", rights), by=viewer)
        shared = present(
            request_id=request_id,
            chat_id=chat.id,
            title=chat.title if wish.get("request_title") else None,
            username=chat.username if wish.get("request_username") else None,
        )
        return self._say(person, private, {"chat_shared": shared})

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

    def member(self, chat_id: int, user_id: int, status: str | Member, *, by: int | None = None) -> None:
        """Someone joins, leaves, is put out or made an administrator: `status` as in ChatMember, or a Member."""
        chat = self.world.chats.get(chat_id)
        if chat is None or chat.person is not None:
            raise ActError(f"there is no group or channel {chat_id}")
        known = ("creator", "administrator", "member", "restricted", "left", "kicked")
        if isinstance(status, str) and status not in known:
            raise ActError(f"there is no status {status!r}; there are {', '.join(known)}")
        owner = next((u for u, m in chat.members.items() if m.status == "creator"), user_id)
        change_member(self.world, chat, user_id, status, by=by or (user_id if status == "left" else owner))

    def migrate(self, chat_id: int) -> Chat:
        """A group becomes a supergroup: the old one refuses from now on, notices stand in both."""
        world, old = self.world, self.world.chats.get(chat_id)
        if old is None or old.type != "group":
            raise ActError(f"there is no basic group {chat_id}")
        new = world.add_chat("supergroup", old.title or "")
        new.members, old.migrated_to = dict(old.members), new.id
        owner = next((u for u, m in old.members.items() if m.status == "creator"), world.bot.id)
        for chat, notice in ((old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id})):
            world.updates.push("message", post(world, chat, world.person(owner), notice))
        return new

    def vote(self, viewer: int, poll_id: str, choices: list[int]) -> Json:
        """Choose in a poll; an empty list takes the vote back."""
        if poll_id not in self.world.polls:
            raise ActError(f"there is no poll {poll_id}")
        return vote(self.world, poll_id, self.person(viewer).as_user(), choices)

    def react(self, viewer: int, message_id: int, emoji: str | None, chat_id: int | None = None) -> None:
        """Put a reaction on a message, or take it off."""
        person, chat = self.person(viewer), self.chat(viewer, chat_id)
        new: list[Any] = [{"type": "emoji", "emoji": emoji}] if emoji else []
        change = {
            "chat": chat.as_chat(),
            "message_id": message_id,
            "user": person.as_user(),
            "date": self.world.now,
            "old_reaction": [],
            "new_reaction": new,
        }
        self.world.updates.push("message_reaction", change)

    def change_person(self, viewer: int, *, language_code: str | None = None, first_name: str | None = None) -> Person:
        """Another language or name."""
        person = self.person(viewer)
        if language_code is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", language_code):
            raise ActError(f"{language_code!r} is no language code such as en or pt-br")
        person.language_code = language_code or person.language_code
        person.first_name = (first_name or "").strip() or person.first_name
        self.world.events.tell("changed", chat_id=None)
        return person

    def answer_of(self, query_id: str) -> Json | None:
        """What the bot answered to a pressed button, None as long as it has not."""
        return self.world.callbacks[query_id].answer


def _shown(stored: StoredFile) -> Any:
    if stored.kind == "photo":
        return stored.as_photo()
    return stored.as_media(file_name=stored.name, mime_type=stored.mime_type)
