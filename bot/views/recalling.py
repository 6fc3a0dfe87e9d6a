"""What administrators see of taking back: what was sent, how it may be taken back, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Language
from bot.layout.blocks import Button, Buttons, Content, Heading, ItemList, Paragraph, Press, Screen, bold, text
from bot.views.administration import act, period_name
from bot.views.lists import NUMBERS_IN_ROW
from bot.views.reading import Reading, rows

SENT_SHOWN = 10
"""Editions on one screen, each with its button."""
TOPICS_NAMED = 3
COUNTED = ("done", "gone", "refused", "old", "stopped")
"""Counts that are told one after the other, where they are not 0."""
EYED = ("waited", "follows", "missing", "left", "doubtful", "copies")
"""Counts that have a sentence of their own, where they are not 0."""


@dataclass(frozen=True, slots=True)
class SentShown:
    """An edition of which something stands in chats; `words` are the first ones of an announcement, `topics` the ids of
    those that a digest is about, none where it is about all."""

    id: int
    kind: str
    period: str
    language: Language
    count: int
    words: str = ""
    topics: tuple[str, ...] = ()


def topics_of(stored: str) -> tuple[str, ...]:
    """Topics as an edition's name has them, joined by commas."""
    return tuple(stored.split(",")) if stored else ()


def recall_screen(reading: Reading, sent: Sequence[SentShown], *, skip: int = 0, more: bool = False) -> Screen:
    """What was sent, newest first, each with a button: after `skip` others; `more` come after these."""
    items = tuple(text(sent_line(reading, each)) for each in sent)
    numbers = [Press(str(n), act(f"recall:{each.id}").data()) for n, each in enumerate(sent, start=skip + 1)]
    ways: list[Button] = []
    if skip:
        ways.append(reading.press("button-recall-newer", act(f"recalls:{max(0, skip - SENT_SHOWN)}")))
    if more:
        ways.append(reading.press("button-recall-older", act(f"recalls:{skip + len(sent)}")))
    return Screen.of(
        Heading(text(reading.text("recall-title")), icon="↩️"),
        Paragraph(text(reading.text("recall-which" if sent else "recall-none"))),
        ItemList(items, numbered=True, start=skip + 1) if items else None,
        Buttons((*rows(numbers, NUMBERS_IN_ROW), tuple(ways), (reading.menu(),))),
    )


def sent_line(reading: Reading, sent: SentShown) -> str:
    """What an edition is called, and in how many chats it stands."""
    return reading.text("recall-sent", name=edition_name(reading, sent), count=sent.count)


def edition_name(reading: Reading, sent: SentShown) -> str:
    """What an edition is called."""
    kind, language = reading.text(f"delivery-kind-{sent.kind}"), reading.text(f"language-{sent.language.value}")
    if sent.words:
        return reading.text("recall-announcement", words=sent.words, language=language)
    period = period_name(reading, sent.period)
    line = reading.text("recall-edition", kind=kind, period=period, language=language)
    named = [reading.title(card) for each in sent.topics if (card := reading.catalog.find(each))]
    if not named:
        return line
    rest = len(named) - TOPICS_NAMED
    about = ", ".join(named[:TOPICS_NAMED]) + (f" +{rest}" if rest > 0 else "")
    return f"{line} ({about})"


def recall_one_screen(reading: Reading, sent: SentShown, *, sure: bool = False) -> Screen:
    """How an edition may be taken back; `sure` asks once more before it is deleted."""
    lines: list[Content] = [text(bold(sent_line(reading, sent)))]
    how = "recall-how-announcement" if sent.words else "recall-how"
    lines.append(text(reading.text("recall-sure", count=sent.count) if sure else reading.text(how)))
    rewrite = () if sent.words else (reading.press("button-recall-rewrite", act(f"rewrite:{sent.id}")),)
    delete = reading.press("button-recall-delete", act(f"sure:{sent.id}"))
    yes = reading.press("button-recall-yes", act(f"erase:{sent.id}"))
    first: tuple[Button, ...] = (yes,) if sure else (*rewrite, delete)
    return Screen.of(
        *(Paragraph(line) for line in lines), Buttons((first, (reading.press("button-back", act("recalls")),)))
    )


def recalled_screen(reading: Reading, sent: SentShown | None, chats: Sequence[str] = (), /, **counts: int) -> Screen:
    """What came of it; what needs somebody's eye in words of its own. `chats` are titles of some in which something has
    to be done by hand."""
    eyed = [text(reading.text(f"recall-{name}", count=counts[name])) for name in EYED if counts.get(name)]
    if counts.get("by_hand"):
        eyed.append(text(reading.text("recall-by-hand", count=counts["by_hand"])))
        eyed += [text(reading.text("recall-where", channels=", ".join(chats)))] if chats else []
    told = [reading.text(f"recall-result-{name}", count=counts[name]) for name in COUNTED if counts.get(name)]
    if not told and not eyed:
        told = [reading.text("recall-nothing")]
    return Screen.of(_called(reading, sent), Paragraph(text(" ".join(told))) if told else None, *map(Paragraph, eyed))


def broken_screen(reading: Reading, sent: SentShown | None) -> Screen:
    """It broke off, and stays ordered."""
    return Screen.of(_called(reading, sent), Paragraph(text(reading.text("recall-broken"))))


def _called(reading: Reading, sent: SentShown | None) -> Paragraph | None:
    return Paragraph(text(bold(edition_name(reading, sent)))) if sent else None
