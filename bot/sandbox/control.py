"""The routes by which the chat page, and tests in another process, act as people: /sandbox/… ."""

import asyncio
from collections.abc import AsyncIterator

import orjson
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.acts import ActError, Acts
from bot.sandbox.bodies import NO_STORE, Action, answer, optional_whole, plain, posted, text_field, whole_field, wholes
from bot.sandbox.shapes import Json
from bot.sandbox.views import rows, state, view

PING_SECONDS = 15.0
ALBUM = 10  # Bot API, sendMediaGroup


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
            "edit": self.edit,
            "contact": self.contact,
            "location": self.location,
            "forward": self.forward,
            "share_users": self.share_users,
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

    async def contact(self, _: Request, body: Json) -> Json:
        """Share one's own contact, or that of `user_id`."""
        return {"message": self.acts.contact(whole_field(body, "viewer"), of=optional_whole(body, "user_id"))}

    async def location(self, _: Request, body: Json) -> Json:
        """Say where one is."""
        place = float(body.get("latitude", 0)), float(body.get("longitude", 0))
        return {"message": self.acts.location(whole_field(body, "viewer"), *place, whole_field(body, "chat_id"))}

    async def forward(self, _: Request, body: Json) -> Json:
        """Pass a message on, from `from_chat_id` to `chat_id`."""
        place = whole_field(body, "viewer"), whole_field(body, "message_id"), whole_field(body, "from_chat_id")
        return {"message": self.acts.forward(*place, whole_field(body, "chat_id"))}

    async def share_users(self, _: Request, body: Json) -> Json:
        """Choose people with a key that requests some."""
        place = whole_field(body, "viewer"), whole_field(body, "request_id"), wholes(body, "user_ids")
        return {"message": self.acts.share_users(*place)}

    async def share_chat(self, _: Request, body: Json) -> Json:
        """Choose a chat with a key that requests one."""
        place = whole_field(body, "viewer"), whole_field(body, "request_id"), whole_field(body, "chat_id")
        return {"message": self.acts.share_chat(*place)}

    async def vote(self, _: Request, body: Json) -> Json:
        """Choose in a poll."""
        choices = [int(choice) for choice in body.get("option_ids", [])]
        return {"poll": self.acts.vote(whole_field(body, "viewer"), text_field(body, "poll_id"), choices)}

    async def upload(self, request: Request) -> Response:
        """Send files; several at once are albums of up to ten."""
        try:
            async with request.form() as form:
                files = [item for item in form.getlist("file") if isinstance(item, UploadFile)]
                if not files:
                    raise ActError("there is no file in the request")
                fields = {name: value for name, value in form.items() if isinstance(value, str)}
                viewer, chat_id = whole_field(fields, "viewer"), whole_field(fields, "chat_id")
                thread = optional_whole(fields, "message_thread_id")
                messages = []
                for index, item in enumerate(files):
                    if index % ALBUM == 0:
                        album = self.world.new_id() if len(files) - index > 1 else None
                    caption = str(fields.get("caption", "")) if index == 0 else ""
                    name, kind = item.filename or "file", item.content_type or ""
                    content = await item.read()
                    messages.append(
                        self.acts.upload(
                            viewer,
                            name,
                            content,
                            chat_id,
                            mime_type=kind,
                            caption=caption,
                            album=album,
                            thread=thread,
                        )
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
