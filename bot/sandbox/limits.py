"""How many messages a bot may post: a window over all chats and one over each, adjustable, with honest waits."""

import math
from collections import deque
from dataclasses import asdict, dataclass, field, replace

from bot.sandbox.refusals import too_many_requests
from bot.sandbox.shapes import Clock, Json


@dataclass(frozen=True)
class Limit:
    """At most `count` messages in any `window` seconds; None is no limit.

    With a `burst` so many more may go ahead of time after a quiet spell, while the average stays the same.
    """

    count: int | None
    window: float
    burst: int = 0


class _Window:
    """A strict sliding window: no stretch of its length, wherever it begins, holds more than `count`."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.times: deque[float] = deque()

    def wait(self, now: float, messages: int) -> float:
        count, window = self.limit.count, self.limit.window
        while self.times and self.times[0] <= now - window:
            self.times.popleft()
        if count is None or len(self.times) + messages <= count:
            return 0.0
        if messages > count:
            return 0.0 if not self.times else self.times[-1] + window - now
        return self.times[len(self.times) + messages - count - 1] + window - now

    def take(self, now: float, messages: int) -> None:
        self.times.extend([now] * messages)


class _Bucket:
    """A bucket of `count + burst` that fills again at `count` in every window."""

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.size = float((limit.count or 0) + limit.burst)
        self.left = self.size
        self.at: float | None = None

    def wait(self, now: float, messages: int) -> float:
        count = self.limit.count
        if count is None:
            return 0.0
        rate = count / self.limit.window
        if self.at is not None and now > self.at:
            self.left = min(self.size, self.left + (now - self.at) * rate)
        self.at = now
        missing = min(float(messages), self.size) - self.left
        return 0.0 if missing <= 1e-9 else missing / rate

    def take(self, now: float, messages: int) -> None:  # noqa: ARG002 - as the window takes it
        self.left -= messages


@dataclass(frozen=True)
class Limits:
    """The limits on posting (https://core.telegram.org/bots/faq, "My bot is hitting limits") and on content.

    `entities` is how many entities a text may hold (Bot API: 100); `refuse_entities` refuses a text with more
    instead of dropping them in silence as Telegram does. `query_seconds` is how long a callback query can be
    answered, `inline_seconds` an inline one.
    """

    overall: Limit = field(default_factory=lambda: Limit(30, 1.0))
    private: Limit = field(default_factory=lambda: Limit(1, 1.0))
    group: Limit = field(default_factory=lambda: Limit(20, 60.0))
    channel: Limit = field(default_factory=lambda: Limit(20, 60.0))
    entities: int = 100
    refuse_entities: bool = True
    query_seconds: float = 900.0
    inline_seconds: float = 10.0

    @classmethod
    def preset(cls, name: str) -> "Limits":
        """`strict` (no burst), `demo` (short bursts, as Telegram lets them pass) or `off`."""
        return PRESETS[name]

    def as_json(self) -> Json:
        """All of them as a JSON object."""
        return asdict(self)

    def changed(self, changes: Json) -> "Limits":
        """A copy with the named ones changed; `{"private": {"burst": 3}}` leaves the rest of `private`.

        Raises ValueError, naming what is unknown or of the wrong type.
        """
        values: Json = {}
        for name, value in changes.items():
            old = getattr(self, name, None) if name in self.__dataclass_fields__ else None
            if isinstance(old, Limit):
                values[name] = _changed_limit(name, old, value)
            elif old is None or not isinstance(value, int | float) or isinstance(value, bool) != isinstance(old, bool):
                known = ", ".join(self.__dataclass_fields__)
                raise ValueError(f"{name}: {value!r} does not fit; there are {known}")
            else:
                values[name] = type(old)(value)
        return replace(self, **values)


def _changed_limit(name: str, old: Limit, value: object) -> Limit:
    if not isinstance(value, dict) or not set(value) <= {"count", "window", "burst"}:
        raise ValueError(f'{name} takes an object with some of "count", "window" and "burst"')
    new = replace(old, **value)
    numbers = [new.window, new.burst, *([] if new.count is None else [new.count])]
    if not all(isinstance(n, int | float) and not isinstance(n, bool) and n >= 0 for n in numbers) or new.window == 0:
        raise ValueError(f"{name}: count and burst are whole numbers from 0 up, window is seconds above 0")
    return new


PRESETS = {
    "strict": Limits(),
    "demo": Limits(
        overall=Limit(30, 1.0, 30), private=Limit(1, 1.0, 5), group=Limit(20, 60.0, 10), channel=Limit(20, 60.0, 10)
    ),
    "off": Limits(
        overall=Limit(None, 1.0), private=Limit(None, 1.0), group=Limit(None, 60.0), channel=Limit(None, 60.0)
    ),
}


class Pace:
    """Counts posted messages against the limits in force."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._clock = clock
        self._limits = limits
        self._overall = _counter(limits.overall)
        self._chats: dict[int, _Window | _Bucket] = {}

    @property
    def limits(self) -> Limits:
        """The limits in force; setting them starts counting anew."""
        return self._limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = _counter(limits.overall)
        self._chats.clear()

    def take(self, chat_id: int, chat_type: str, messages: int = 1) -> None:
        """Count so many messages to a chat, or refuse them all with a 429 that says how long to wait."""
        now = self._clock()
        limit = self._of_chat(chat_type)
        counters = [counter for counter in (self._overall,) if counter.limit.count is not None]
        if limit.count is not None:
            counters.append(self._chats.setdefault(chat_id, _counter(limit)))
        wait = max((counter.wait(now, messages) for counter in counters), default=0.0)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait - 1e-9)))
        for counter in counters:
            counter.take(now, messages)

    def _of_chat(self, chat_type: str) -> Limit:
        match chat_type:
            case "private":
                return self._limits.private
            case "channel":
                return self._limits.channel
            case _:
                return self._limits.group


def _counter(limit: Limit) -> _Window | _Bucket:
    return _Bucket(limit) if limit.burst else _Window(limit)
