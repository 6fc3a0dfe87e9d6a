"""What happened, for tests to count: each message that was taken, and each request with its answer."""

from collections import deque
from dataclasses import asdict, dataclass

from bot.sandbox.shapes import Clock, Json


@dataclass(frozen=True, slots=True)
class Taken:
    """A message of the bot that was posted: when (by the sandbox's clock), through which method, where and what."""

    seq: int
    at: float
    method: str
    chat_id: int
    message_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of the bot (the method as it was called, its parameters, the names of uploads) and its answer."""

    method: str
    parameters: Json
    uploads: tuple[str, ...]
    status: int
    answer: Json


class Journal:
    """The message log in order of arrival, and the last `exchanges` requests."""

    def __init__(self, clock: Clock, exchanges: int) -> None:
        self._clock = clock
        self.messages: list[Taken] = []
        self.exchanges: deque[Exchange] = deque(maxlen=exchanges)

    def take(self, method: str, chat_id: int, message_id: int, text: str) -> None:
        """Note a message as posted now."""
        self.messages.append(Taken(len(self.messages) + 1, self._clock(), method, chat_id, message_id, text))

    def clear(self) -> None:
        """Begin both anew."""
        self.messages.clear()
        self.exchanges.clear()

    def as_json(self, after: int = 0) -> list[Json]:
        """The messages with a `seq` above `after`."""
        return [asdict(message) for message in self.messages[after:]]
