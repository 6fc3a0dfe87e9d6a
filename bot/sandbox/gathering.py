"""How people and chats come to be and change: who is in, as what; topics; groups that move; accounts that go."""

import re

from bot.sandbox.chats import ADMINISTRATOR_RIGHTS, CHANNEL_RIGHTS, GROUP_RIGHTS, Chat, Member, Person, Topic
from bot.sandbox.membership import change_member
from bot.sandbox.population import open_topic
from bot.sandbox.posting import delete_messages, post
from bot.sandbox.shapes import Json
from bot.sandbox.voice import ActError, Voice


class Gathering(Voice):
    """The verbs of being together."""

    def member(self, chat_id: int, user_id: int, status: str | Member, *, by: int | None = None) -> None:
        """Someone joins, leaves, is put out or made an administrator: `status` as in ChatMember, or a Member."""
        chat = self._shared(chat_id)
        known = ("creator", "administrator", "member", "restricted", "left", "kicked")
        if isinstance(status, str) and status not in known:
            raise ActError(f"there is no status {status!r}; there are {', '.join(known)}")
        owner = next((u for u, m in chat.members.items() if m.status == "creator"), user_id)
        change_member(self.world, chat, user_id, status, by=by or (user_id if status == "left" else owner))

    def promote(
        self,
        chat_id: int,
        user_id: int,
        rights: list[str] | None = None,
        *,
        is_anonymous: bool = False,
        custom_title: str | None = None,
        by: int | None = None,
    ) -> None:
        """Make someone an administrator with these rights (None: all that there are in such a chat)."""
        chat = self._shared(chat_id)
        allowed = {*ADMINISTRATOR_RIGHTS, *(CHANNEL_RIGHTS if chat.type == "channel" else GROUP_RIGHTS)}
        if unknown := set(rights or ()) - allowed:
            raise ActError(f"there is no right {', '.join(sorted(unknown))}; there are {', '.join(sorted(allowed))}")
        if is_anonymous and chat.type != "supergroup":
            raise ActError("only administrators of supergroups can be anonymous")
        old = chat.member(user_id)
        held = allowed if rights is None else {*rights, "can_manage_chat"}
        status = "creator" if old.status == "creator" else "administrator"
        new = Member(status, held, custom_title=custom_title, is_anonymous=is_anonymous)
        self.member(chat_id, user_id, new, by=by)

    def _shared(self, chat_id: int) -> Chat:
        chat = self.world.chats.get(chat_id)
        if chat is None or chat.person is not None:
            raise ActError(f"there is no group or channel {chat_id}")
        return chat

    def new_person(self, first_name: str, *, username: str | None = None, language_code: str = "en") -> Person:
        """Someone new on the chat page, who has not talked to the bot yet."""
        first_name = first_name.strip()
        if not first_name:
            raise ActError("a person has a name")
        person = self.world.add_person(first_name, username=self._free(username))
        person.role = f"person-{person.id}"
        return self.change_person(person.id, language_code=language_code)

    def new_chat(self, viewer: int, kind: str, title: str, *, username: str | None = None, forum: bool = False) -> Chat:
        """A group, supergroup or channel of this person's own; the bot is not in it."""
        self.person(viewer)
        if kind not in ("group", "supergroup", "channel") or not title.strip():
            raise ActError("a chat is a group, supergroup or channel with a title")
        if kind == "group" and (username or forum):
            raise ActError("a group with a name or with topics is a supergroup")
        chat = self.world.add_chat(
            kind, title.strip(), username=self._free(username), creator=viewer, bot="left", forum=forum
        )
        self.world.events.tell("changed", chat_id=chat.id)
        return chat

    def _free(self, username: str | None) -> str | None:
        """A name that nobody has yet; None for none."""
        name = (username or "").strip().removeprefix("@")
        if not name:
            return None
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{3,31}", name):
            raise ActError(f"{name!r} is no name of 4 to 32 letters, digits and underscores")
        if name.lower() in self.world.names or name.lower() == self.world.bot_username.lower():
            raise ActError(f"@{name} is taken")
        return name

    def deactivate(self, user_id: int, deactivated: bool = True) -> None:
        """Somebody deletes their account; the bot is told nothing, and refused from now on."""
        self.person(user_id).deactivated = deactivated

    def open_topic(self, viewer: int, chat_id: int, name: str) -> Topic:
        """Open a topic in a forum."""
        chat = self._forum(viewer, chat_id)
        topic = open_topic(self.world, chat, self.person(viewer), name.strip())
        self._tell_bot(chat, chat.messages[topic.id], edited=False)
        self.world.events.tell("changed", chat_id=chat.id)
        return topic

    def close_topic(self, viewer: int, chat_id: int, thread: int, closed: bool = True) -> None:
        """Close a topic, where then only administrators write, or open it again."""
        chat = self._forum(viewer, chat_id)
        if thread not in chat.topics:
            raise ActError(f"there is no topic {thread}")
        if chat.topics[thread].closed == closed:
            return
        chat.topics[thread].closed = closed
        notice: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
        message = post(self.world, chat, self.person(viewer), notice, thread=thread)
        self._tell_bot(chat, message, edited=False)
        self.world.events.tell("changed", chat_id=chat.id)

    def delete_topic(self, viewer: int, chat_id: int, thread: int) -> None:
        """Delete a topic with all that was said in it; the bot is told nothing."""
        chat = self._forum(viewer, chat_id)
        if chat.topics.pop(thread, None) is None:
            raise ActError(f"there is no topic {thread}")
        inside = [i for i, message in chat.messages.items() if message.get("message_thread_id") == thread]
        delete_messages(self.world, chat, inside)
        self.world.events.tell("changed", chat_id=chat.id)

    def _forum(self, viewer: int, chat_id: int) -> Chat:
        chat = self.chat(viewer, chat_id)
        if not chat.is_forum:
            raise ActError(f"{chat.title or chat_id} has no topics")
        if not chat.member(viewer).may("can_manage_topics"):
            raise ActError(f"{self.person(viewer).first_name} may not manage topics there")
        return chat

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

    def change_person(
        self,
        viewer: int,
        *,
        language_code: str | None = None,
        first_name: str | None = None,
        hides_forwards: bool | None = None,
    ) -> Person:
        """Another language or name; whether forwarded messages hide who wrote them."""
        person = self.person(viewer)
        if language_code is not None and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", language_code):
            raise ActError(f"{language_code!r} is no language code such as en or pt-br")
        person.language_code = language_code or person.language_code
        person.first_name = (first_name or "").strip() or person.first_name
        person.hides_forwards = person.hides_forwards if hides_forwards is None else hides_forwards
        self.world.events.tell("changed", chat_id=None)
        return person
