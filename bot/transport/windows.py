"""The kinds of limit that messages keep: sliding windows and a bucket. Times are seconds of one steady clock."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque

LONGEST_TRIP = 2.0
"""Seconds after leaving at which a message without an answer counts as arrived."""
_REMEMBERED = 300.0
"""Seconds after which the shortest round trip of before begins to be forgotten: on a busy machine few are as short."""


class Window:
    """At most `most` messages in any `length` seconds."""

    def __init__(self, most: int, length: float) -> None:
        self._most, self._length = most, length
        self._left: deque[float] = deque()

    def opens_at(self, parts: int) -> float:
        """From when `parts` messages may leave together, as far as this window goes.

        More than fit at all may leave when the window is empty.
        """
        over = len(self._left) + parts - self._most
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


class Trips:
    """The shortest round trip of the last minutes: what a request and its answer take where nothing waits."""

    def __init__(self) -> None:
        self._now = self._before = float("inf")
        self._since = 0.0

    @property
    def shortest(self) -> float:
        """In seconds; infinite before the first answer."""
        return min(self._now, self._before)

    def took(self, seconds: float, now: float) -> None:
        """A request left and was answered."""
        if now - self._since >= _REMEMBERED:
            self._before, self._now, self._since = self._now, float("inf"), now
        self._now = min(self._now, seconds)


class Arrivals:
    """At most `most` messages may *arrive* in any `length` seconds; what is seen is when they leave and are answered.

    A message that left at `a` and was answered at `b` arrived by `b - back`, and the next one arrives no sooner than
    `there` after it leaves, where `there + back` is the shortest round trip there is. So counting it as arrived at
    `b - shortest` holds the window whatever a message met with on its way, and costs nothing on a steady one.
    """

    def __init__(self, most: int, length: float, trips: Trips) -> None:
        self._most, self._length, self._trips = most, length, trips
        self._arrived: list[float] = []
        self._under_way: list[float] = []

    def clears_at(self) -> float:
        """From when less than half of them is under way: until then nobody knows how full it is."""
        half = (self._most + 1) // 2
        return self._under_way[-half] + LONGEST_TRIP if len(self._under_way) >= half else 0.0

    def opens_at(self, parts: int) -> float:
        """From when `parts` messages may leave together; an answer until then may make it sooner.

        More than fit at all may leave when the window is empty.
        """
        over = len(self._arrived) + len(self._under_way) + parts - self._most
        if over <= 0:
            return 0.0
        if over <= len(self._arrived):
            return self._arrived[over - 1] + self._length
        waits = self._under_way or self._arrived
        return waits[min(over - len(self._arrived), len(waits)) - 1] + LONGEST_TRIP + self._length

    def leave(self, parts: int, now: float) -> None:
        """`parts` messages leave now."""
        del self._arrived[: bisect_left(self._arrived, now - self._length)]
        late = bisect_left(self._under_way, now - LONGEST_TRIP - self._length)
        del self._under_way[:late]
        self._under_way.extend([now] * parts)

    def answered(self, parts: int, left: float, now: float) -> None:
        """`parts` messages that left then were answered now, or failed."""
        first = bisect_left(self._under_way, left)
        if self._under_way[first : first + 1] != [left]:
            return  # forgotten: too long under way
        del self._under_way[first : first + parts]
        for _ in range(parts):
            insort(self._arrived, max(left, now - self._trips.shortest))


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
