"""Reading the JSON bodies of the routes under /sandbox/, and answering them in plain words."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.acts import ActError
from bot.sandbox.refusals import Refusal
from bot.sandbox.shapes import Json, is_whole

NO_STORE = {"Cache-Control": "no-store"}

Action = Callable[[Request, Json], Awaitable[Any]]


def answer(body: Any, status: int = 200) -> Response:
    """A JSON answer that nobody keeps."""
    return Response(orjson.dumps(body), status, NO_STORE, "application/json")


def posted(do: Action) -> Callable[[Request], Awaitable[Response]]:
    """A route that reads a JSON object, does this with it, and says in plain words what was wrong."""

    async def handle(request: Request) -> Response:
        try:
            return answer(await do(request, await read_object(request)))
        except TimeoutError:
            return answer({"error": "the bot did not answer in time"}, 504)
        except Refusal as refusal:
            return answer({"error": refusal.description}, 400)
        except (ActError, KeyError, TypeError, ValueError) as error:
            return answer({"error": plain(error)}, 400)

    return handle


async def read_object(request: Request) -> Json:
    """The body as a JSON object; raises ValueError where it is none."""
    try:
        body = orjson.loads(await request.body() or b"{}")
    except orjson.JSONDecodeError:
        raise ValueError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise ValueError("the body is not a JSON object")
    return body


def whole_field(body: Json, name: str) -> int:
    """A field that must be a whole number; raises ValueError."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int | str) or not is_whole(str(value)):
        raise ValueError(f"{name} must be a whole number")
    return int(value)


def optional_whole(body: Json, name: str) -> int | None:
    """The same, None where it is absent or null."""
    return None if body.get(name) is None else whole_field(body, name)


def wholes(body: Json, name: str) -> list[int]:
    """A field that must be a list of whole numbers; raises ValueError."""
    value = body.get(name)
    if not isinstance(value, list) or not all(isinstance(i, int) and not isinstance(i, bool) for i in value):
        raise ValueError(f"{name} must be a list of whole numbers")
    return value


def text_field(body: Json, name: str) -> str:
    """A field that must be a text; raises ValueError."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} must be a text that is not empty")
    return value


def plain(error: Exception) -> str:
    """What went wrong, for the person who reads it."""
    return f"there is no {error.args[0]!r}" if isinstance(error, KeyError) else str(error)
