"""The routes by which people and chats come to be and change: the page's settings, and tests in another process."""

from starlette.requests import Request
from starlette.routing import Route

from bot.sandbox.acts import Acts
from bot.sandbox.bodies import Action, optional_whole, posted, text_field, whole_field, wholes
from bot.sandbox.shapes import Json
from bot.sandbox.views import people_as_json


class Hosting:
    """Who is there, what they are to each other, and what becomes of it."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        self.world = acts.world

    def routes(self) -> list[Route]:
        """All of them, under /sandbox/."""
        posts: dict[str, Action] = {
            "person": self.person,
            "new_person": self.new_person,
            "new_chat": self.new_chat,
            "block": self.block,
            "deactivate": self.deactivate,
            "member": self.member,
            "migrate": self.migrate,
            "topic": self.topic,
        }
        return [Route(f"/sandbox/{name}", posted(do), methods=["POST"]) for name, do in posts.items()]

    def _tell_people(self) -> None:
        self.world.events.tell("people", people=people_as_json(self.world))

    async def person(self, _: Request, body: Json) -> Json:
        """Another language or name; whether forwarded messages hide who wrote them."""
        texts = {name: text_field(body, name) for name in ("language_code", "first_name") if body.get(name)}
        hides = None if body.get("hides_forwards") is None else bool(body["hides_forwards"])
        person = self.acts.change_person(whole_field(body, "viewer"), **texts, hides_forwards=hides)
        self._tell_people()
        return {"person": {**person.as_user(), "role": person.role}}

    async def new_person(self, _: Request, body: Json) -> Json:
        """Someone new on the page."""
        name, language = text_field(body, "first_name"), str(body.get("language_code") or "en")
        person = self.acts.new_person(name, username=body.get("username"), language_code=language)
        self._tell_people()
        self.world.events.tell("changed", chat_id=person.id)
        return {"person": {**person.as_user(), "role": person.role}}

    async def new_chat(self, _: Request, body: Json) -> Json:
        """A group or channel of somebody's own, without the bot."""
        place = whole_field(body, "viewer"), text_field(body, "type"), text_field(body, "title")
        chat = self.acts.new_chat(*place, username=body.get("username"), forum=bool(body.get("is_forum")))
        return {"chat": chat.as_chat()}

    async def block(self, _: Request, body: Json) -> Json:
        """Block the bot, or let it in again: one `viewer`, or many `viewers` at once."""
        blocked = bool(body.get("blocked", True))
        for viewer in wholes(body, "viewers") if "viewers" in body else [whole_field(body, "viewer")]:
            self.acts.block(viewer, blocked)
        return {"blocked": blocked}

    async def deactivate(self, _: Request, body: Json) -> Json:
        """Accounts are deleted, or come back."""
        for viewer in wholes(body, "viewers"):
            self.acts.deactivate(viewer, bool(body.get("deactivated", True)))
        return {"deactivated": bool(body.get("deactivated", True))}

    async def member(self, _: Request, body: Json) -> Json:
        """Someone comes, goes or is made an administrator, with `rights` and `is_anonymous` where they are named."""
        chat_id, status = whole_field(body, "chat_id"), text_field(body, "status")
        user_id = self.world.bot.id if body.get("user_id") == "bot" else whole_field(body, "user_id")
        by = optional_whole(body, "by")
        rights, hidden = body.get("rights"), bool(body.get("is_anonymous"))
        if status in ("administrator", "creator") and (rights is not None or hidden):
            named = None if rights is None else [str(right) for right in rights]
            self.acts.promote(chat_id, user_id, named, is_anonymous=hidden, custom_title=body.get("title"), by=by)
        else:
            self.acts.member(chat_id, user_id, status, by=by)
        now = self.world.chats[chat_id].member(user_id)
        return {"status": now.status, "rights": sorted(now.rights)}

    async def migrate(self, _: Request, body: Json) -> Json:
        """Groups become supergroups; answers the new ids by the old ones."""
        moved = {str(old): self.acts.migrate(old).id for old in wholes(body, "chat_ids")}
        self.world.events.tell("changed", chat_id=None)
        return {"migrated": moved}

    async def topic(self, _: Request, body: Json) -> Json:
        """Open a topic by `name`, or change `message_thread_id`: `do` is close, reopen or delete."""
        viewer, chat_id = whole_field(body, "viewer"), whole_field(body, "chat_id")
        if "message_thread_id" not in body:
            return {"topic": self.acts.open_topic(viewer, chat_id, text_field(body, "name")).as_topic()}
        thread, do = whole_field(body, "message_thread_id"), text_field(body, "do")
        if do == "delete":
            self.acts.delete_topic(viewer, chat_id, thread)
        elif do in ("close", "reopen"):
            self.acts.close_topic(viewer, chat_id, thread, do == "close")
        else:
            raise ValueError("do is close, reopen or delete")
        return {"message_thread_id": thread}
