"""Faults on request: dropped connections, slow answers, refusals out of the blue; counted or by seeded chance."""

import random
from dataclasses import asdict, dataclass
from itertools import count

from bot.sandbox import refusals
from bot.sandbox.refusals import Refusal, too_many_requests
from bot.sandbox.shapes import Json

KINDS = {
    "drop_before": "the connection is cut before the request is taken",
    "drop_after": "the request is carried out, then the connection is cut without an answer",
    "slow": "the request is carried out at once, the answer comes delay_ms later",
    "slow_before": "delay_ms pass before the request is carried out",
    "error": "an answer with the given code (500 and up) and nothing done",
    "error_after": "the request is carried out, then answered with the given code (500 and up)",
    "too_many": "429 with the given retry_after",
    "blocked": "403, blocked by the user",
    "deactivated": "403, the user is deactivated",
    "kicked": "403, kicked from the chat",
    "not_member": "403, not a member of the chat",
    "no_rights": "400, not enough rights to send text messages",
    "thread_gone": "400, message thread not found",
    "thread_closed": "400, the topic is closed",
    "migrated": "400, the group was upgraded to the supergroup migrate_to",
}


@dataclass
class Fault:
    """One scripted fault.

    `method` (any case) and `chat_id` narrow it down, None is any. It lets `skip` matching requests pass, then
    strikes `times` of them (None: until removed), each with `probability`. `delay_ms`, `code`, `retry_after`
    and `migrate_to` belong to the kinds that name them.
    """

    kind: str
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    probability: float = 1.0
    skip: int = 0
    delay_ms: int = 0
    code: int = 502
    retry_after: int = 1
    migrate_to: int = 0
    id: int = 0
    struck: int = 0

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Whether a request to this method and chat is one of those meant."""
        if self.times is not None and self.struck >= self.times:
            return False
        if self.method is not None and self.method.lower() != method.lower():
            return False
        return self.chat_id is None or self.chat_id == chat_id

    def server_error(self) -> Refusal:
        """The answer of a server in trouble, with the fault's code."""
        words = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
        return Refusal(self.code, words.get(self.code, refusals.INTERNAL.text))

    def refusal(self, chat_kind: str) -> Refusal | None:
        """What the request is refused with, None for the kinds that refuse nothing."""
        match self.kind:
            case "error":
                return self.server_error()
            case "too_many":
                return too_many_requests(self.retry_after)
            case "blocked":
                return refusals.BLOCKED.refusal()
            case "deactivated":
                return refusals.DEACTIVATED.refusal()
            case "kicked":
                return refusals.KICKED.refusal(kind=chat_kind)
            case "not_member":
                return refusals.NOT_MEMBER.refusal(kind=chat_kind)
            case "no_rights":
                return refusals.NO_RIGHT_TO_SEND.refusal(what="text messages")
            case "thread_gone":
                return refusals.THREAD_NOT_FOUND.refusal()
            case "thread_closed":
                return refusals.TOPIC_CLOSED.refusal()
            case "migrated":
                return refusals.MIGRATED.refusal({"migrate_to_chat_id": self.migrate_to})
        return None


def _check_setting(name: str, value: object) -> None:
    """Raise ValueError where a setting is not of its kind."""
    optional = name in ("method", "chat_id", "times")
    if value is None and optional:
        return
    kinds: dict[str, tuple[type, ...]] = {"method": (str,), "probability": (int, float)}
    if not isinstance(value, kinds.get(name, (int,))) or isinstance(value, bool):
        kind = {"method": "a text", "probability": "a number from 0 to 1"}.get(name, "a whole number")
        raise ValueError(f"{name} must be {kind}, not {value!r}")


class Faults:
    """The faults in force; chance comes from the seed, so that a run can be had again."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - chance for tests, no secret
        self._ids = count(1)
        self._of_chat: dict[int | None, list[Fault]] = {}
        self.active: list[Fault] = []

    def seed(self, seed: int) -> None:
        """Begin the sequence of chances anew."""
        self._random.seed(seed)

    def add(self, kind: str, **settings: object) -> Fault:
        """Script a fault; see Fault for the settings. Raises ValueError for a kind or setting that there is not."""
        known = set(Fault.__dataclass_fields__) - {"kind", "id", "struck"}
        if kind not in KINDS:
            raise ValueError(f"there is no fault {kind!r}; there are {', '.join(KINDS)}")
        if unknown := set(settings) - known:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}")
        for name, value in settings.items():
            _check_setting(name, value)
        fault = Fault(kind, **settings, id=next(self._ids))  # type: ignore[arg-type]
        self.active.append(fault)
        self._of_chat.setdefault(fault.chat_id, []).append(fault)
        return fault

    def add_each(self, kind: str, chat_ids: list[int], **settings: object) -> list[Fault]:
        """Script the same fault for each of these chats, each counted by itself. Raises as `add`."""
        return [self.add(kind, chat_id=chat_id, **settings) for chat_id in chat_ids]

    def remove(self, fault_id: int | None = None) -> int:
        """Take one fault away, or all; answers how many."""
        kept = [] if fault_id is None else [fault for fault in self.active if fault.id != fault_id]
        removed = len(self.active) - len(kept)
        self.active = kept
        self._of_chat = {}
        for fault in kept:
            self._of_chat.setdefault(fault.chat_id, []).append(fault)
        return removed

    def striking(self, method: str, chat_id: int | None) -> list[Fault]:
        """The faults that strike this request, in the order in which they were scripted; each is counted."""
        found = self._of_chat.get(None, [])
        if chat_id is not None and (own := self._of_chat.get(chat_id)):
            found = sorted(found + own, key=lambda fault: fault.id)
        struck = []
        for fault in found:
            if not fault.fits(method, chat_id):
                continue
            if fault.skip > 0:
                fault.skip -= 1
            elif fault.probability >= 1 or self._random.random() < fault.probability:
                fault.struck += 1
                struck.append(fault)
        return struck

    def as_json(self) -> list[Json]:
        """All faults, spent ones too, with how often each struck."""
        return [asdict(fault) for fault in self.active]
