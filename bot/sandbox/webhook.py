"""Updates delivered to an address of the bot's own: in order for each chat, again until it answers with 2xx."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.sandbox import refusals
from bot.sandbox.shapes import Clock, Json
from bot.sandbox.updates import Updates

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0
PATIENCE = 60.0

Reply = Callable[[Json], Awaitable[None]]


class Webhook:
    """Delivers what waits in the queue; an answer may itself be a method call, which `reply` carries out.

    Telegram begins with a pause of a second and doubles it; here it is a tenth, so that nobody waits.
    """

    def __init__(self, updates: Updates, clock: Clock) -> None:
        self._updates = updates
        self._clock = clock
        self._url = ""
        self._secret = ""
        self._most = 40
        self._error: tuple[int, str] | None = None
        self._given = 0
        self._lanes: dict[int, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(self._most)
        self._session: aiohttp.ClientSession | None = None
        self.reply: Reply | None = None
        updates.on_news(self._hand_out)

    def set(self, url: str, secret: str, most: int) -> None:
        """Deliver to this address from now on; an empty one stops it."""
        self._stop_lanes()
        self._url, self._secret, self._most, self._error = url, secret, most, None
        self._slots = asyncio.Semaphore(most)
        self._updates.webhook_set = bool(url)
        if url:
            self._updates.end_poller(refusals.ENDED_BY_WEBHOOK.refusal())
            self._hand_out()

    def info(self) -> Json:
        """The WebhookInfo object."""
        info: Json = {
            "url": self._url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
            "allowed_updates": sorted(self._updates.allowed),
        }
        if self._url:
            info |= {"max_connections": self._most, "ip_address": urlsplit(self._url).hostname or ""}
        if self._error:
            info |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        return info

    async def close(self) -> None:
        """Stop delivering; what was not taken stays in the queue."""
        tasks = list(self._tasks)
        self._stop_lanes()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _stop_lanes(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._lanes.clear()
        self._given = 0

    def _hand_out(self) -> None:
        """Put each new update into the lane of its chat or user."""
        if not self._url:
            return
        for update in self._updates.take(0, len(self._updates)):
            if update["update_id"] <= self._given:
                continue
            self._given = update["update_id"]
            key = _lane_of(update)
            if key in self._lanes:
                self._lanes[key].append(update)
                continue
            self._lanes[key] = deque([update])
            task = asyncio.get_running_loop().create_task(self._drive(key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _drive(self, key: int) -> None:
        lane = self._lanes[key]
        while lane:
            await self._deliver(lane[0])
            self._updates.confirm(lane.popleft()["update_id"])
        if self._lanes.get(key) is lane:
            del self._lanes[key]

    async def _deliver(self, update: Json) -> None:
        pause = FIRST_PAUSE
        while True:
            async with self._slots:
                taken = await self._attempt(update)
            if taken:
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _attempt(self, update: Json) -> bool:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        try:
            async with self._session.post(
                self._url, data=orjson.dumps(update), headers=headers, ssl=False, allow_redirects=False
            ) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._error = (int(self._clock()), str(error) or "Connection failed")
            return False
        if not 200 <= response.status < 300:
            # tdlib/telegram-bot-api, WebhookActor.cpp.
            self._error = (int(self._clock()), f"Wrong response from the webhook: {response.status} {response.reason}")
            return False
        await self._answer(body)
        return True

    async def _answer(self, body: bytes) -> None:
        with contextlib.suppress(orjson.JSONDecodeError):
            answer = orjson.loads(body or b"null")
            if self.reply is not None and isinstance(answer, dict) and answer.get("method"):
                await self.reply(answer)


def _lane_of(update: Json) -> int:
    """The chat or user whose updates stay in order."""
    body = next(value for name, value in update.items() if name != "update_id")
    if "chat" in body:
        return int(body["chat"]["id"])
    user = body.get("from") or body.get("user") or {}
    return int(user.get("id", 0))
