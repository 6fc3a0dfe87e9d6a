"""What administrators see of what goes out: announcements, deliveries, taking back; and what they are told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot import i18n
from bot.i18n import Language
from bot.layout.blocks import Button, Buttons, Heading, ItemList, Link, Paragraph, Press, Screen, bold, text
from bot.subscription import Cadence
from bot.views.reading import Reading
from bot.views.routes import Route, View

NEW = "new"
"""The name of an announcement that has none yet."""
START = "n-"
"""What the link of a prompt carries first."""
_PERIOD = re.compile(r"([dwfm])(\d{4}-\d\d(?:-\d\d)?)|c(\d+)")
"""A digest's period by its first day or its month, a correction's by the version that brought it."""
Stage = Literal["preparing", "going", "paused", "cancelled", "done"]
"""How far an announcement is that was released; first its recipients are entered."""
_CADENCES = {"d": Cadence.DAILY, "w": Cadence.WEEKLY, "f": Cadence.FORTNIGHTLY, "m": Cadence.MONTHLY}


@dataclass(frozen=True, slots=True)
class RunShown:
    """One run: what kind, which period, when it was due (seconds since 1970), how many recipients in which state; how
    many messages in the busiest minute; in how many chats one may stand `twice`, in how many all was
    `taken_back`. `words` are the first ones of an
    announcement."""

    kind: str
    period: str
    due: int
    states: Mapping[str, int]
    busiest_minute: int | None
    late: float | None
    words: str = ""
    twice: int = 0
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class UnconfirmedShown:
    """A message of which nobody knows whether it stands in a channel; `name` is the channel's title, where seen."""

    row: int
    name: str
    part: int
    due: int


def act(trail: str, key: str = "") -> Route:
    """What a button of an administrator does."""
    return Route(View.ADMINISTER, key, trail)


def announce_prompt(reading: Reading, name: str, language: Language) -> Screen:
    """A question for the text in a language; its link names the draft, so that nothing need be remembered."""
    link = reading.card_url(f"{START}{name}-{language}")
    return Screen.of(
        Heading(text(reading.text("announce-title")), icon="📣"),
        Paragraph(text(reading.text(f"announce-ask-{language.value}"))),
        Paragraph(text(Link(reading.text("announce-which"), link))),
    )


def announced_in(words: str) -> tuple[str, Language] | None:
    """The draft and the language that the link of a prompt names, from the words behind `start=`."""
    name, _, language = words.removeprefix(START).partition("-")
    return (name, Language(language)) if words.startswith(START) and language in set(Language) else None


def draft_screen(reading: Reading, name: str, audience: Mapping[tuple[str, Language], int], *, both: bool) -> Screen:
    """Who gets a draft, and what can be done with it; the draft itself stands above."""
    count = sum(audience.values())
    kinds = {kind: sum(n for (each, _), n in audience.items() if each == kind) for kind in KINDS}
    spoken = {each: sum(n for (_, language), n in audience.items() if language is each) for each in Language}
    words = reading.text(
        "announce-draft",
        count=count,
        people=kinds["private"],
        groups=kinds["group"],
        channels=kinds["channel"],
        english=spoken[Language.EN],
        russian=spoken[Language.RU],
    )
    send = (reading.press("button-announce-send", act("confirm", name)),) if count else ()
    return Screen.of(
        Paragraph(text(words if count else reading.text("announce-nobody"))),
        None if both else Paragraph(text(reading.text("announce-one-language"))),
        Buttons(
            (
                send,
                (
                    reading.press("button-announce-en", act("ask:en", name)),
                    reading.press("button-announce-ru", act("ask:ru", name)),
                ),
                (reading.press("button-announce-discard", act("discard", name)),),
            )
        ),
    )


KINDS = ("private", "group", "channel")


def confirm_screen(reading: Reading, name: str, count: int) -> Screen:
    """The last question before it leaves."""
    return Screen.of(
        Paragraph(text(reading.text("announce-sure", count=count))),
        Buttons(
            (
                (reading.press("button-announce-yes", act("send", name)),),
                (reading.press("button-back", act("draft", name)),),
            )
        ),
    )


def progress_screen(reading: Reading, name: str, stage: Stage, states: Mapping[str, int], done: int) -> Screen:
    """How far an announcement is, and the way to halt it while there is anything to halt."""
    refresh = reading.press("button-refresh", act("progress", name))
    halt = "resume" if stage == "paused" else "pause"
    going: tuple[Button, ...] = (
        reading.press(f"button-announce-{halt}", act(halt, name)),
        reading.press("button-announce-cancel", act("cancel", name)),
    )
    return Screen.of(
        Heading(text(reading.text("announce-title")), icon="📣"),
        Paragraph(text(reading.text(f"announce-{stage}", done=done, count=sum(states.values())))),
        _states(reading, states),
        Buttons(((refresh,),) if stage in ("done", "cancelled") else ((refresh,), going)),
    )


def _states(reading: Reading, states: Mapping[str, int]) -> ItemList:
    return ItemList(
        tuple(
            text(f"{reading.text(f'delivery-state-{state}')}: ", bold(i18n.number(reading.language, number)))
            for state, number in states.items()
            if number
        )
    )


UNCONFIRMED_SHOWN = 10
"""Unconfirmed messages on one screen, each with its two buttons."""


def delivery_screen(
    reading: Reading,
    runs: Sequence[RunShown],
    unconfirmed: Sequence[UnconfirmedShown],
    *,
    skip: int = 0,
    count: int = 0,
) -> Screen:
    """The latest runs, and what is unconfirmed in channels with a button for each: after `skip` others, of `count`."""
    if not runs:
        return Screen.of(
            Heading(text(reading.text("delivery-title")), icon="📬"),
            Paragraph(text(reading.text("delivery-none"))),
            Buttons(((reading.menu(),),)),
        )
    pairs = tuple(_answers(reading, n, each.row) for n, each in enumerate(unconfirmed, start=1))
    listed = tuple(text(_unconfirmed(reading, each)) for each in unconfirmed)
    doubt = (
        Heading(text(reading.text("delivery-unconfirmed-title")), level=2),
        Paragraph(text(reading.text("delivery-unconfirmed"))),
        ItemList(listed, numbered=True),
    )
    last = skip + len(unconfirmed)
    shown = reading.text("delivery-unconfirmed-shown", first=skip + 1, last=last, count=count)
    on = reading.press("button-delivery-more", act(f"delivery:{last if last < count else 0}"))
    several = count > len(unconfirmed) > 0
    return Screen.of(
        Heading(text(reading.text("delivery-title")), icon="📬"),
        *(block for run in runs for block in _run(reading, run)),
        doubt if unconfirmed else None,
        Paragraph(text(shown)) if several else None,
        Buttons((*pairs, (on,) if several else (), (reading.press("button-refresh", act("delivery")),))),
    )


def _answers(reading: Reading, number: int, row: int) -> tuple[Button, ...]:
    """What can be said of an unconfirmed message."""
    return (
        Press(reading.text("button-delivery-post", number=number), act(f"post:{row}").data()),
        Press(reading.text("button-delivery-seen", number=number), act(f"seen:{row}").data()),
    )


def _run(reading: Reading, run: RunShown) -> tuple[Heading, Paragraph, ItemList]:
    facts = [reading.text("delivery-run", recipients=sum(run.states.values()), due=_moment(reading, run.due))]
    if run.busiest_minute is not None:
        facts.append(reading.text("delivery-speed", count=run.busiest_minute))
    if run.late is not None:
        facts.append(reading.text("delivery-late", minutes=max(0, int(run.late // 60))))
    if run.twice:
        facts.append(reading.text("delivery-twice", count=run.twice))
    if run.taken_back:
        facts.append(reading.text("delivery-taken-back", count=run.taken_back))
    title = f"{reading.text(f'delivery-kind-{run.kind}')} · {run.words or period_name(reading, run.period)}"
    return Heading(text(title), level=2), Paragraph(text("; ".join(facts))), _states(reading, run.states)


def _unconfirmed(reading: Reading, shown: UnconfirmedShown) -> str:
    name = shown.name or reading.text("delivery-unknown-channel")
    return reading.text("delivery-unconfirmed-one", name=name, part=shown.part, due=_moment(reading, shown.due))


def _moment(reading: Reading, seconds: int) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    day = i18n.day(reading.language, (moment.year, moment.month, moment.day))
    return reading.text("moment-at", day=day, hour=f"{moment:%H:%M} UTC")


def period_name(reading: Reading, period: str) -> str:
    """What the key of a period is called in words: how often and since when; an announcement's stands as it is."""
    match = _PERIOD.fullmatch(period)
    if not match:
        return period
    letter, since, version = match.groups()
    if version:
        return reading.text("version-title", number=int(version)).lower()
    return f"{reading.text(f'cadence-{_CADENCES[letter].value}').lower()}, {reading.day(since)}"


def note(reading: Reading, key: str, **values: object) -> Screen:
    """One paragraph, without a way anywhere."""
    return Screen.of(Paragraph(text(reading.text(key, **values))))
