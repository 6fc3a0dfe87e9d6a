"""What happened, for tests to count: each message that was taken, and each request with its answer."""

from collections import Counter, deque
from dataclasses import asdict, dataclass
from hashlib import blake2b

from bot.sandbox.shapes import Clock, Json

SLICE = 10_000
"""How many messages one answer over HTTP holds where no other number is asked for."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message of the bot that was posted: when (by the sandbox's clock), through which method, where and what.

    `seq` counts them from 1 in order of arrival; `thread` is the forum topic, `silent` says that it made no sound,
    `kind` is text or what the message carries, `text` its text or caption.
    """

    seq: int
    at: float
    method: str
    chat_id: int
    message_id: int
    text: str
    thread: int | None = None
    silent: bool = False
    kind: str = "text"

    def as_json(self, *, hashed: bool = False) -> Json:
        """All fields; `hashed` puts a short hash in the place of the text, `text_hash`."""
        fields = asdict(self)
        if hashed:
            fields["text_hash"] = text_hash(fields.pop("text"))
        return fields


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of the bot (the method as it was called, its parameters, the names of uploads) and its answer."""

    method: str
    parameters: Json
    uploads: tuple[str, ...]
    status: int
    answer: Json


def text_hash(text: str) -> str:
    """Sixteen letters that stand for a text: equal texts have the same (BLAKE2b, 8 bytes)."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


class Journal:
    """The message log in order of arrival, the last `exchanges` requests, and how many there were of each.

    The log holds the newest `messages` at least; a text that many get is held once.
    """

    def __init__(self, clock: Clock, exchanges: int, messages: int = 1_000_000) -> None:
        self._clock = clock
        self._keep = messages
        self._texts: dict[str, str] = {}
        self.messages: list[Taken] = []
        self.exchanges: deque[Exchange] = deque(maxlen=exchanges)
        self.answers: Counter[tuple[str, int]] = Counter()
        self.last = 0

    def take(
        self,
        method: str,
        chat_id: int,
        message_id: int,
        text: str,
        *,
        thread: int | None = None,
        silent: bool = False,
        kind: str = "text",
    ) -> None:
        """Note a message as posted now."""
        self.last += 1
        taken = Taken(self.last, self._clock(), method, chat_id, message_id, self.same(text), thread, silent, kind)
        self.messages.append(taken)
        if len(self.messages) > self._keep + self._keep // 4:
            del self.messages[: -self._keep]
            self._texts = {message.text: message.text for message in self.messages}

    def same(self, text: str) -> str:
        """An equal text, the one that is held already where there is one."""
        return self._texts.setdefault(text, text)

    def answered(self, exchange: Exchange) -> None:
        """Note a request with its answer."""
        self.exchanges.append(exchange)
        self.answers[exchange.method, exchange.status] += 1

    def clear(self) -> None:
        """Begin all anew."""
        self.messages.clear()
        self._texts.clear()
        self.exchanges.clear()
        self.answers.clear()
        self.last = 0

    def after(self, seq: int, limit: int | None = None, chat_id: int | None = None) -> list[Taken]:
        """The messages with a `seq` above this one, the first `limit` of them, of one chat or of all."""
        first = self.messages[0].seq if self.messages else 1
        start = max(0, seq + 1 - first)
        if chat_id is None:
            return self.messages[start : None if limit is None else start + limit]
        return [message for message in self.messages[start:] if message.chat_id == chat_id][:limit]

    def as_json(self, after: int = 0) -> list[Json]:
        """The messages with a `seq` above `after`."""
        return [message.as_json() for message in self.after(after)]

    def figures(self) -> Json:
        """How many requests got which status, by method: `{"sendMessage": {"200": 5, "429": 1}}`."""
        found: dict[str, dict[str, int]] = {}
        for (method, status), times in sorted(self.answers.items()):
            found.setdefault(method, {})[str(status)] = times
        return found
