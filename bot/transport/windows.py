"""The two kinds of limit that messages keep: a sliding window and a bucket. Times are seconds of one steady clock."""

from __future__ import annotations

from collections import deque


class Window:
    """At most `most` messages in any `length` seconds."""

    def __init__(self, most: int, length: float) -> None:
        self._most, self._length = most, length
        self._left: deque[float] = deque()

    def opens_at(self, parts: int, kept_free: int = 0) -> float:
        """From when `parts` messages may leave together, as far as this window goes.

        More than fit at all may leave when the window is empty.
        """
        over = len(self._left) + parts - max(self._most - kept_free, 1)
        if over <= 0 or not self._left:
            return 0.0
        return self._left[min(over, len(self._left)) - 1] + self._length

    def leave(self, parts: int, now: float) -> None:
        """`parts` messages leave now."""
        while self._left and self._left[0] + self._length <= now:
            self._left.popleft()
        self._left.extend([now] * parts)

    def empty_at(self) -> float:
        """From when on it is as if nothing had ever left."""
        return self._left[-1] + self._length if self._left else 0.0


class Bucket:
    """A bucket of `size` messages that fills at one per `interval` seconds."""

    def __init__(self, size: int, interval: float) -> None:
        self._size, self._interval = size, interval
        self._full_at = 0.0

    def opens_at(self, parts: int) -> float:
        """From when `parts` messages may leave together; more than its size may leave when it is full."""
        return self._full_at - max(self._size - parts, 0) * self._interval

    def leave(self, parts: int, now: float) -> None:
        """`parts` messages leave now."""
        self._full_at = max(self._full_at, now) + parts * self._interval

    def empty_at(self) -> float:
        """From when on it is as if nothing had ever left."""
        return self._full_at
