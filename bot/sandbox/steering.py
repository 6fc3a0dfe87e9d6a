"""The routes by which the page and tests steer the world: its time, limits, faults, crowds, and what it has counted."""

from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.bodies import answer, plain, posted, read_object, whole_field
from bot.sandbox.journal import SLICE
from bot.sandbox.population import populate
from bot.sandbox.shapes import Json, is_whole
from bot.sandbox.timepiece import Timepiece
from bot.sandbox.world import World


class Steering:
    """What nobody in the world could do: turn its clock, cut its lines, fill it with people, read its log."""

    def __init__(self, world: World, time: Timepiece) -> None:
        self.world = world
        self.time = time

    def routes(self) -> list[Route]:
        """All of them, under /sandbox/."""
        return [
            Route("/sandbox/clock", self.clock, methods=["GET"]),
            Route("/sandbox/clock", posted(self.turn), methods=["POST"]),
            Route("/sandbox/limits", self.limits, methods=["GET", "POST"]),
            Route("/sandbox/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/sandbox/population", posted(self.population), methods=["POST"]),
            Route("/sandbox/log", self.log, methods=["GET", "DELETE"]),
            Route("/sandbox/messages", self.messages),
            Route("/sandbox/figures", self.figures),
        ]

    async def _shown_time(self) -> Json:
        now, due = self.time(), await self.time.due()
        return {
            "now": now,
            "iso": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
            "movable": self.time.is_movable,
            "next": None if due is None else due.isoformat(timespec="seconds"),
        }

    async def clock(self, request: Request) -> Response:  # noqa: ARG002 - Starlette hands it over
        """The sandbox's time, and what is due next."""
        return answer(await self._shown_time())

    async def turn(self, _: Request, body: Json) -> Json:
        """Move the clock ahead: {"advance": seconds}, {"to": "next"} or {"to": a moment in ISO 8601}."""
        advance, to = body.get("advance"), body.get("to")
        if isinstance(advance, int | float) and not isinstance(advance, bool) and to is None:
            moved = self.time.advance(advance)
        elif to == "next" and advance is None:
            moved = await self.time.advance_to_next()
        elif isinstance(to, str) and advance is None:
            moved = self.time.advance_to(datetime.fromisoformat(to))
        else:
            raise ValueError('say {"advance": seconds}, {"to": "next"} or {"to": a moment as in 2026-11-30T09:00:00Z}')
        shown = {**await self._shown_time(), "moved": moved}
        self.world.events.tell("clock", **shown)
        return shown

    async def limits(self, request: Request) -> Response:
        """Read the limits, or change some; {"preset": "demo"} sets all."""
        if request.method == "POST":
            try:
                body = await read_object(request)
                limits = self.world.pace.limits
                if "preset" in body:
                    limits = limits.preset(body.pop("preset"))
                self.world.pace.limits = limits.changed(body)
            except (KeyError, ValueError) as error:
                return answer({"error": plain(error)}, 400)
        return answer(self.world.pace.limits.as_json())

    async def faults(self, request: Request) -> Response:
        """Read the scripted faults, add some, or take one (by ?id=) or all away."""
        faults = self.world.faults
        try:
            if request.method == "POST":
                self._script(await read_object(request))
            elif request.method == "DELETE":
                named = request.query_params.get("id")
                faults.remove(int(named) if named else None)
        except (TypeError, ValueError) as error:
            return answer({"error": plain(error)}, 400)
        return answer({"faults": faults.as_json()})

    def _script(self, body: Json) -> None:
        """One fault, one for each of `chat_ids`, or a list of such under `faults`; `seed` begins chance anew."""
        if "seed" in body:
            self.world.faults.seed(whole_field(body, "seed"))
        wanted: list[Any] = body.get("faults", [body] if set(body) - {"seed"} else [])
        for fault in wanted:
            settings = {name: value for name, value in fault.items() if name not in ("seed", "chat_ids")}
            if "chat_ids" in fault:
                self.world.faults.add_each(**settings, chat_ids=list(fault["chat_ids"]))
            else:
                self.world.faults.add(**settings)

    async def population(self, _: Request, body: Json) -> Json:
        """Add crowds: {"people": 2000, "channels": 50, …}; answers their ids."""
        return populate(self.world, **body)

    async def log(self, request: Request) -> Response:
        """The message log from ?after= on, of one ?chat_id= or of all, at most ?limit=; DELETE begins it anew.

        With ?texts=hash a short hash stands in the place of each text. `last` is the number of the newest message:
        whoever has not come to it asks again.
        """
        journal, asked = self.world.journal, request.query_params
        if request.method == "DELETE":
            journal.clear()
        numbers = {name: asked[name] for name in ("after", "limit", "chat_id") if name in asked}
        if wrong := [name for name, value in numbers.items() if not is_whole(value)]:
            return answer({"error": f"{wrong[0]} is a whole number"}, 400)
        chat_id = int(numbers["chat_id"]) if "chat_id" in numbers else None
        found = journal.after(int(numbers.get("after", 0)), int(numbers.get("limit", SLICE)), chat_id)
        hashed = asked.get("texts") == "hash"
        return answer({"log": [taken.as_json(hashed=hashed) for taken in found], "last": journal.last})

    async def messages(self, request: Request) -> Response:
        """What stands in the chat ?chat_id= now, edits and deletions made: oldest first."""
        named = request.query_params.get("chat_id", "")
        chat = self.world.chats.get(int(named)) if is_whole(named) else None
        if chat is None:
            return answer({"error": f"there is no chat {named}"}, 404)
        return answer({"chat": chat.as_chat(), "messages": list(chat.messages.values()), "pinned": chat.pinned})

    async def figures(self, request: Request) -> Response:  # noqa: ARG002 - Starlette hands it over
        """How much there is, and how many requests got which answer."""
        world = self.world
        found = {"people": len(world.people), "chats": len(world.chats) - len(world.people)}
        return answer({**found, "messages": world.journal.last, "requests": world.journal.figures()})
