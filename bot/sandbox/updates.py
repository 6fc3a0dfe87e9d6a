"""The bot's queue of updates and how it is read by long polling, with Telegram's rules for offsets."""

import asyncio
from collections import deque
from collections.abc import Callable

from bot.sandbox import refusals
from bot.sandbox.refusals import Refusal
from bot.sandbox.shapes import Clock, Json

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
)
# Bot API, getUpdates: what is not sent unless asked for.
DEFAULT_KINDS = frozenset(KINDS) - {"chat_member", "message_reaction", "message_reaction_count"}
KEPT_SECONDS = 24 * 3600.0
AT_MOST = 100
LONGEST_POLL = 50


class Updates:
    """Updates that wait for the bot, oldest first; each is kept until it is confirmed, for a day at most.

    Telegram holds back a poller that asks for the same offset again within half a second (it gets one update
    at a time); the sandbox does not.
    """

    def __init__(self, clock: Clock, first_id: int = 1) -> None:
        self._clock = clock
        self._waiting: deque[tuple[Json, float]] = deque()
        self._next_id = first_id
        self._poller: asyncio.Future[Refusal | None] | None = None
        self._news: list[Callable[[], None]] = []
        self.allowed = DEFAULT_KINDS
        self.webhook_set = False
        self._stopped = False

    def __len__(self) -> int:
        self._forget_old()
        return len(self._waiting)

    def on_news(self, callback: Callable[[], None]) -> None:
        """Call this whenever an update arrives."""
        self._news.append(callback)

    def push(self, kind: str, body: Json) -> Json | None:
        """Add an update with this body; None where the bot did not ask for its kind."""
        if kind not in self.allowed:
            return None
        update = {"update_id": self._next_id, kind: body}
        self._next_id += 1
        self._waiting.append((update, self._clock()))
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        for callback in self._news:
            callback()
        return update

    def allow(self, kinds: list[str] | None) -> None:
        """Choose kinds; an empty list is the default, None leaves it as it was; unknown ones are ignored."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & frozenset(KINDS) or DEFAULT_KINDS

    def take(self, offset: int, limit: int) -> list[Json]:
        """The updates from `offset` on (all below it are confirmed and gone); see Bot API, getUpdates.

        0 is the first unconfirmed one; a negative one keeps only so many from the end. One that lies far in the
        future is ignored.
        """
        self._forget_old()
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        elif offset <= self._next_id + 9:
            while self._waiting and self._waiting[0][0]["update_id"] < offset:
                self._waiting.popleft()
        return [self._waiting[i][0] for i in range(min(limit, len(self._waiting)))]

    def drop(self) -> None:
        """Forget all that wait."""
        self._waiting.clear()

    def confirm(self, update_id: int) -> None:
        """Forget one update, delivered to a webhook."""
        for index, (update, _) in enumerate(self._waiting):
            if update["update_id"] == update_id:
                del self._waiting[index]
                return

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - the method's own
        """Like `take`, but waits up to `timeout` seconds for the first; a later poller ends this one with a 409."""
        self.end_poller(refusals.OTHER_POLLER.refusal())
        found = self.take(offset, limit)
        if found or timeout <= 0 or self._stopped:
            return found
        poller = self._poller = asyncio.get_running_loop().create_future()
        try:
            refusal = await asyncio.wait_for(asyncio.shield(poller), timeout)
        except TimeoutError:
            return []
        finally:
            if self._poller is poller:
                self._poller = None
        if refusal is not None:
            raise refusal
        return self.take(offset, limit)

    def stop(self) -> None:
        """End the poll under way with nothing found, and all later ones at once."""
        self._stopped = True
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def end_poller(self, refusal: Refusal) -> None:
        """End the poll under way, if any."""
        if self._poller and not self._poller.done():
            self._poller.set_result(refusal)

    def _forget_old(self) -> None:
        limit = self._clock() - KEPT_SECONDS
        while self._waiting and self._waiting[0][1] < limit:
            self._waiting.popleft()
