"""The routes by which the chat page, and tests in another process, act as people: /sandbox/… ."""

import asyncio
from collections.abc import AsyncIterator

import orjson
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.acts import ActError, Acts
from bot.sandbox.bodies import NO_STORE, Action, answer, optional_whole, plain, posted, text_field, whole_field
from bot.sandbox.shapes import Json
from bot.sandbox.views import people_as_json, rows, state, view

PING_SECONDS = 15.0


class Control:
    """Reads each request, does it through Acts, and says in plain words what was wrong."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        self.world = acts.world

    def routes(self) -> list[Route]:
        """All routes of the contract with the page."""
        posts: dict[str, Action] = {
            "send": self.send,
            "press": self.press,
            "inline": self.inline,
            "choose": self.choose,
            "person": self.person,
            "block": self.block,
            "member": self.member,
            "edit": self.edit,
            "share_chat": self.share_chat,
            "vote": self.vote,
        }
        found = [Route(f"/sandbox/{name}", posted(do), methods=["POST"]) for name, do in posts.items()]
        return [
            *found,
            Route("/sandbox/upload", self.upload, methods=["POST"]),
            Route("/sandbox/state", self.state),
            Route("/sandbox/events", self.events),
            Route("/sandbox/files/{file_id}", self.file),
        ]

    async def state(self, request: Request) -> Response:  # noqa: ARG002 - Starlette hands it over
        """Everything at once."""
        return answer(state(self.acts))

    async def send(self, _: Request, body: Json) -> Json:
        """Write a text."""
        reply_to, thread = optional_whole(body, "reply_to_message_id"), optional_whole(body, "message_thread_id")
        place = whole_field(body, "viewer"), text_field(body, "text"), whole_field(body, "chat_id")
        return {"message": self.acts.send(*place, reply_to=reply_to, thread=thread)}

    async def edit(self, _: Request, body: Json) -> Json:
        """Change one's own text."""
        place = whole_field(body, "viewer"), whole_field(body, "message_id"), text_field(body, "text")
        return {"message": self.acts.edit(*place, whole_field(body, "chat_id"))}

    async def press(self, _: Request, body: Json) -> Json:
        """Press a button."""
        place = whole_field(body, "viewer"), whole_field(body, "message_id"), text_field(body, "data")
        return {"callback_query_id": self.acts.press(*place, whole_field(body, "chat_id"))}

    async def inline(self, _: Request, body: Json) -> Json:
        """Type an inline query and wait for what the bot offers."""
        query = text_field(body, "query") if body.get("query") else ""
        return await self.acts.ask_inline(whole_field(body, "viewer"), query, str(body.get("offset") or ""))

    async def choose(self, _: Request, body: Json) -> Json:
        """Send an inline result."""
        place = whole_field(body, "viewer"), text_field(body, "result_id"), whole_field(body, "chat_id")
        return {"message": self.acts.choose(*place, query_id=body.get("inline_query_id"))}

    async def person(self, _: Request, body: Json) -> Json:
        """Another language or name."""
        viewer = whole_field(body, "viewer")
        texts = {name: text_field(body, name) for name in ("language_code", "first_name") if body.get(name)}
        person = self.acts.change_person(viewer, **texts)
        self.world.events.tell("people", people=people_as_json(self.world))
        return {"person": {**person.as_user(), "role": person.role}}

    async def block(self, _: Request, body: Json) -> Json:
        """Block the bot, or let it in again."""
        self.acts.block(whole_field(body, "viewer"), bool(body.get("blocked", True)))
        return {"blocked": bool(body.get("blocked", True))}

    async def member(self, _: Request, body: Json) -> Json:
        """Someone comes, goes or is made an administrator."""
        named = body.get("user_id")
        user_id = self.world.bot.id if named == "bot" else whole_field(body, "user_id")
        self.acts.member(whole_field(body, "chat_id"), user_id, text_field(body, "status"))
        return {"status": body["status"]}

    async def share_chat(self, _: Request, body: Json) -> Json:
        """Choose a chat with a key that requests one."""
        place = whole_field(body, "viewer"), whole_field(body, "request_id"), whole_field(body, "chat_id")
        return {"message": self.acts.share_chat(*place)}

    async def vote(self, _: Request, body: Json) -> Json:
        """Choose in a poll."""
        choices = [int(choice) for choice in body.get("option_ids", [])]
        return {"poll": self.acts.vote(whole_field(body, "viewer"), text_field(body, "poll_id"), choices)}

    async def upload(self, request: Request) -> Response:
        """Send files; several at once are an album."""
        try:
            async with request.form() as form:
                files = [item for item in form.getlist("file") if isinstance(item, UploadFile)]
                if not files:
                    raise ActError("there is no file in the request")
                fields = {name: value for name, value in form.items() if isinstance(value, str)}
                viewer, chat_id = whole_field(fields, "viewer"), whole_field(fields, "chat_id")
                album = self.world.new_id() if len(files) > 1 else None
                messages = []
                for index, item in enumerate(files):
                    caption = str(fields.get("caption", "")) if index == 0 else ""
                    name, kind = item.filename or "file", item.content_type or ""
                    content = await item.read()
                    messages.append(
                        self.acts.upload(viewer, name, content, chat_id, mime_type=kind, caption=caption, album=album)
                    )
        except (ActError, ValueError) as error:
            return answer({"error": plain(error)}, 400)
        return answer({"messages": messages})

    async def events(self, request: Request) -> Response:  # noqa: ARG002 - Starlette hands it over
        """What happens, as it happens."""
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=NO_STORE)

    async def _stream(self) -> AsyncIterator[bytes]:
        queue = self.world.events.listen()
        try:
            yield b": hello\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), PING_SECONDS)
                except TimeoutError:
                    yield b": ping\n\n"
                    continue
                if event is None:
                    return
                for shown in self._shown(event):
                    yield b"data: " + orjson.dumps(shown) + b"\n\n"
        finally:
            self.world.events.leave(queue)

    def _shown(self, event: Json) -> list[Json]:
        """The event as the page knows it; a changed chat is sent as its whole row."""
        if event["type"] != "changed":
            return [event]
        wanted = event["chat_id"]
        found = [row for row in rows(self.world) if wanted is None or row[2].id == wanted]
        return [{"type": "view", "view": view(self.acts, *row)} for row in found]

    async def file(self, request: Request) -> Response:
        """A file's bytes. What is no picture is handed over to be kept, never run."""
        stored = self.world.files.by_id(request.path_params["file_id"])
        if stored is None:
            return answer({"error": "there is no such file"}, 404)
        kind = stored.mime_type
        headers = {**NO_STORE, "X-Content-Type-Options": "nosniff"}
        if not kind.startswith(("image/", "audio/", "video/")) or "svg" in kind:
            headers["Content-Disposition"] = "attachment"
        return Response(stored.content, headers=headers, media_type=kind)
