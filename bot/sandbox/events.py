"""What the chat page is told while it looks on: a stream of events to each listener."""

import asyncio

from bot.sandbox.shapes import Json


class Events:
    """Hands each event to every listener; one that does not read for long loses the oldest."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Json | None]] = set()
        self._closed = False

    @property
    def heard(self) -> bool:
        """Whether anyone listens; without one nothing needs to be put together."""
        return bool(self._listeners)

    def listen(self) -> asyncio.Queue[Json | None]:
        """A new queue of events; None in it is the end."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue(maxsize=10_000)
        self._listeners.add(queue)
        if self._closed:
            queue.put_nowait(None)
        return queue

    def leave(self, queue: asyncio.Queue[Json | None]) -> None:
        """Stop filling a queue."""
        self._listeners.discard(queue)

    def tell(self, kind: str, **fields: object) -> None:
        """Send an event to all."""
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait({"type": kind, **fields})

    def close(self) -> None:
        """End all streams, and those that begin later."""
        self._closed = True
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(None)
