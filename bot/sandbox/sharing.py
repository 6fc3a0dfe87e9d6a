"""What people hand to the bot beside words: files, contacts, places, chats, users, and messages of others."""

from typing import Any

from bot.sandbox.chats import Chat, Member
from bot.sandbox.entities import found_in
from bot.sandbox.files import StoredFile
from bot.sandbox.membership import change_member
from bot.sandbox.posting import content_of, is_service, origin_of
from bot.sandbox.shapes import Json, present
from bot.sandbox.voice import ActError, Voice

PAGE_KINDS = {"image/jpeg": "photo", "image/png": "photo", "image/webp": "photo"}


class Sharing(Voice):
    """The verbs of handing over."""

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
        thread: int | None = None,
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
        return self._say(person, chat, said | present(media_group_id=album), thread=thread)

    def contact(self, viewer: int, phone_number: str = "+10000000000", *, of: int | None = None) -> Json:
        """Share one's own number, as a key with request_contact does, or another person's."""
        person, chat = self._place(viewer, None)
        whose = person if of is None else self.person(of)
        names = present(first_name=whose.first_name, last_name=whose.last_name)
        return self._say(person, chat, {"contact": {"phone_number": phone_number, **names, "user_id": whose.id}})

    def location(self, viewer: int, latitude: float, longitude: float, chat_id: int | None = None) -> Json:
        """Send where one is."""
        person, chat = self._place(viewer, chat_id)
        return self._say(person, chat, {"location": {"latitude": latitude, "longitude": longitude}})

    def forward(self, viewer: int, message_id: int, from_chat_id: int, chat_id: int | None = None) -> Json:
        """Pass a message on, with its origin; of who hides their account only the name goes along."""
        source = self.chat(viewer, from_chat_id)
        message = source.messages.get(message_id)
        if message is None or is_service(message) or message.get("has_protected_content"):
            raise ActError(f"message {message_id} cannot be forwarded")
        person, chat = self._place(viewer, chat_id)
        return self._say(person, chat, content_of(message) | {"forward_origin": origin_of(self.world, message)})

    def _wish(self, private: Chat, kind: str, request_id: int) -> Json:
        """What a key of the chat's keyboard asks for; `kind` is its field, request_chat or request_users."""
        keys = [key for row in (private.keyboard or {}).get("keyboard", []) for key in row]
        found = next((key[kind] for key in keys if key.get(kind, {}).get("request_id") == request_id), None)
        if found is None:
            what = kind.removeprefix("request_").removesuffix("s")
            raise ActError(f"there is no key that requests a {what} with the number {request_id}")
        return dict(found)

    def share_users(self, viewer: int, request_id: int, user_ids: list[int]) -> Json:
        """Choose people with a key that requested some."""
        person, private = self._place(viewer, None)
        wish = self._wish(private, "request_users", request_id)
        most = wish.get("max_quantity", 1)
        if not 1 <= len(user_ids) <= most:
            raise ActError(f"the key asks for 1 to {most} people")
        chosen = [self.person(user_id) for user_id in user_ids]
        users = [
            present(
                user_id=one.id,
                first_name=one.first_name if wish.get("request_name") else None,
                last_name=one.last_name if wish.get("request_name") else None,
                username=one.username if wish.get("request_username") else None,
            )
            for one in chosen
        ]
        return self._say(person, private, {"users_shared": {"request_id": request_id, "users": users}})

    def share_chat(self, viewer: int, request_id: int, chat_id: int) -> Json:
        """Choose a chat with a key that requested one; the bot is added where the key asked for that."""
        person, private = self._place(viewer, None)
        chat = self.chat(viewer, chat_id)
        wish = self._wish(private, "request_chat", request_id)
        if not self.fits(wish, viewer, chat):
            raise ActError(f"{chat.title} is not of the kind that the key asks for")
        mine = chat.member(self.world.bot.id)
        if wish.get("bot_administrator_rights") and not mine.is_administrator:
            rights = {name for name, on in wish["bot_administrator_rights"].items() if on is True}
            change_member(self.world, chat, self.world.bot.id, Member("administrator", rights), by=viewer)
        elif wish.get("bot_is_member") and not mine.is_present:
            change_member(self.world, chat, self.world.bot.id, "member", by=viewer)
        shared = present(
            request_id=request_id,
            chat_id=chat.id,
            title=chat.title if wish.get("request_title") else None,
            username=chat.username if wish.get("request_username") else None,
        )
        return self._say(person, private, {"chat_shared": shared})

    def fits(self, wish: Json, viewer: int, chat: Chat) -> bool:
        """Whether a chat is of the kind that a KeyboardButtonRequestChat asks this person for."""
        member = chat.member(viewer)
        if chat.person is not None or not member.is_present:
            return False
        if bool(wish.get("chat_is_channel")) != (chat.type == "channel"):
            return False
        asked = {"chat_is_forum": chat.is_forum, "chat_has_username": chat.username is not None}
        if any(name in wish and bool(wish[name]) != value for name, value in asked.items()):
            return False
        if wish.get("chat_is_created") and member.status != "creator":
            return False
        rights = [name for name, on in (wish.get("user_administrator_rights") or {}).items() if on is True]
        if "user_administrator_rights" in wish or wish.get("bot_administrator_rights"):
            return member.is_administrator and all(member.may(right) for right in rights if right != "is_anonymous")
        return True


def _shown(stored: StoredFile) -> Any:
    if stored.kind == "photo":
        return stored.as_photo()
    return stored.as_media(file_name=stored.name, mime_type=stored.mime_type)
