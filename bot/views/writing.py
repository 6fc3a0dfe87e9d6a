"""Writing a card in the chat: which source, kind, topic and lines; one field after the other; what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import get_args

from bot.catalog.cards import Kind
from bot.catalog.problems import Problem
from bot.catalog.snapshot import card_key
from bot.catalog.sources import Reason
from bot.catalog.values import format_lines
from bot.layout.blocks import (
    Block,
    Button,
    Buttons,
    Content,
    Details,
    Heading,
    ItemList,
    Paragraph,
    Press,
    Run,
    Screen,
    bold,
    text,
)
from bot.views.differences import field_name
from bot.views.fields import FieldShown, asked, label_of
from bot.views.lists import page_buttons
from bot.views.reading import KIND_ICONS, Reading, rows
from bot.views.routes import Route, View
from bot.views.trails import KIND_LETTERS

ASK, CHOOSE, EMPTY, MORE, ENTER, GIVE_UP, GIVE_UP_NOW = "q", "c", "e", "m", "p", "x", "xx"
NEW, ALL_OPEN, LEAVE_OUT, LEAVE_ALL_OUT, AS_FILE = "n", "a", "o", "oa", "f"
"""What a button does here, as the trail of its route says it: with the key of a sheet ASK, CHOOSE and EMPTY with that
of a field, MORE with the place of a list, ENTER, GIVE_UP; with that of a source NEW and ALL_OPEN with kind and topic,
LEAVE_OUT and LEAVE_ALL_OUT with the place of a reason, AS_FILE."""
REASONS: tuple[Reason, ...] = get_args(Reason)
"""Why lines are left out, in the order of the buttons."""
SOURCE = "source"
HOWS = (
    *("action", "approximate", "audience", "body", "bound", "claim", "credit", "date", "genre", "grounds", "holder"),
    *("holder-text", "id", "in-words", "lines", "measure", "measure-title", "points", "population", "positions"),
    *("question", "reason", "role", "source-title", "text", "title", "type", "unit", "url", "value"),
)
"""What says what belongs into a field, as the keys of its texts end."""
ON_A_PAGE = 8
QUOTED, QUOTED_ALL = 700, 1800
"""Most characters of a cited line, and of all of them, that are shown while somebody writes."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is being written, as it is shown: its kind (or `SOURCE`), its fields by their keys, those still to come.

    `lists` are the names of the lists that take one more entry; `whole` says that nothing is missing that is needed.
    """

    key: str
    kind: str
    source: str
    fields: tuple[FieldShown, ...]
    left: int
    whole: bool
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """Lines of a source that are looked at while writing: their words where they are at hand, and their figures."""

    source: str
    lines: Mapping[int, str] = field(default_factory=dict)
    figures: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_route(key: str, trail: str = "", page: int = 0) -> Route:
    """A place in the writing of a card or a source."""
    return Route(View.WRITE, key, trail, page)


def source_buttons(reading: Reading, source_id: str, *, unfilled: bool = False) -> Buttons:
    """How to go on from a source: fill its card in, write cards that cite it, leave lines out, take a file."""
    key = card_key(source_id)
    first = (reading.press("button-fill-in", write_route(key)),)
    write = (reading.press("button-new-card", write_route(key, NEW)),)
    others = (
        reading.press("button-leave-out", write_route(key, LEAVE_OUT)),
        reading.press("button-as-file", write_route(key, AS_FILE)),
    )
    return Buttons((first, write, others) if unfilled else (write, others, first))


def new_screen(reading: Reading, begun: Sequence[Written], sources: Sequence[str]) -> Screen:
    """The cards that are begun, and the sources from which one can be."""
    going = [(Press(_name(reading, each), write_route(each.key).data()),) for each in begun]
    from_sources = [Press(f"📰 {each}", write_route(card_key(each), NEW).data()) for each in sources]
    return Screen.of(
        Heading(text(reading.text("new-title")), icon="✍️"),
        Paragraph(text(reading.text("new-begun", count=len(begun)))) if begun else None,
        Paragraph(text(reading.text("new-sources"))),
        Buttons((*going, *rows(from_sources, 2), (reading.menu(),))),
    )


def _name(reading: Reading, written: Written) -> str:
    title = next((each.value for each in written.fields if each.value), "")
    shown = f"{title[:30]}…" if len(title) > 30 else title
    icon = KIND_ICONS[Kind(written.kind)] if written.kind != SOURCE else "📰"
    return f"{icon} {shown or written.source} · {reading.text('write-left-short', count=written.left)}"


def kinds_screen(reading: Reading, source_id: str, kinds: Sequence[Kind]) -> Screen:
    """What the new card is."""
    key = card_key(source_id)
    buttons = [
        Press(
            f"{KIND_ICONS[kind]} {reading.text(f'write-kind-{kind}')}",
            write_route(key, f"{NEW}:{KIND_LETTERS[kind]}").data(),
        )
        for kind in kinds
    ]
    return Screen.of(
        Heading(text(reading.text("write-new", id=source_id)), icon="✍️"),
        Paragraph(text(reading.text("write-kind"))),
        Buttons((*rows(buttons, 2), (reading.press("button-back", write_route("")),))),
    )


def topics_screen(reading: Reading, source_id: str, kind: Kind) -> Screen:
    """In which topic the new card stands."""
    key = card_key(source_id)
    buttons = [
        Press(
            f"{topic.icon} {reading.title(topic.summary)}",
            write_route(key, f"{NEW}:{KIND_LETTERS[kind]}:{card_key(topic.id)}").data(),
        )
        for topic in reading.catalog.topics
    ]
    return Screen.of(
        Heading(text(reading.text("write-new", id=source_id)), icon="✍️"),
        Paragraph(text(reading.text("write-topic"))),
        Buttons((*rows(buttons, 2), (reading.press("button-back", write_route(key, NEW)),))),
    )


def lines_screen(
    reading: Reading, source_id: str, trail: str, open_lines: Sequence[int], problems: Sequence[Problem] = ()
) -> Screen:
    """Which lines the new card cites: those that are open at a press, any others in writing."""
    key = card_key(source_id)
    shown = reading.text("write-lines-open", lines=format_lines(tuple(open_lines)))
    all_open = (reading.press("button-all-open", write_route(key, f"{ALL_OPEN}:{trail}")),)
    back = (reading.press("button-back", write_route(key, NEW)),)
    return Screen.of(
        Heading(text(reading.text("write-new", id=source_id)), icon="✍️"),
        _wrong(reading, problems),
        Paragraph(text(shown if open_lines else reading.text("write-lines-none"))),
        Buttons((*((all_open,) if open_lines else ()), back)),
    )


def ask_lines_screen(reading: Reading, name: str) -> Screen:
    """The question for lines, to be answered in writing."""
    return Screen.of(
        asked(reading, reading.text("field-cites"), name), Paragraph(text(reading.text("write-lines-ask")))
    )


def reasons_screen(reading: Reading, source_id: str, open_lines: Sequence[int]) -> Screen:
    """Why lines are left out."""
    key = card_key(source_id)
    buttons = tuple(
        (reading.press(f"write-reason-{reason}", write_route(key, LEAVE_OUT, number)),)
        for number, reason in enumerate(REASONS, start=1)
    )
    shown = reading.text("write-lines-open", lines=format_lines(tuple(open_lines)))
    return Screen.of(
        Heading(text(reading.text("leave-title", id=source_id)), icon="🗄"),
        Paragraph(text(shown if open_lines else reading.text("write-lines-none"))),
        Paragraph(text(reading.text("leave-why"))),
        Buttons((*buttons, (reading.press("button-new-card", write_route(key, NEW)),))),
    )


def leave_screen(
    reading: Reading, source_id: str, number: int, open_lines: Sequence[int], problems: Sequence[Problem] = ()
) -> Screen:
    """Which lines are left out for a reason."""
    key = card_key(source_id)
    all_open = (reading.press("button-all-open", write_route(key, LEAVE_ALL_OUT, number)),)
    shown = reading.text("write-lines-open", lines=format_lines(tuple(open_lines)))
    return Screen.of(
        Heading(text(reading.text(f"write-reason-{REASONS[number - 1]}"))),
        _wrong(reading, problems),
        Paragraph(text(shown if open_lines else reading.text("write-lines-none"))),
        Buttons((*((all_open,) if open_lines else ()), (reading.press("button-back", write_route(key, LEAVE_OUT)),))),
    )


def open_screen(reading: Reading, source_id: str, open_lines: Sequence[int], note: str) -> Screen:
    """What was done, and the lines of the source that nothing accounts for yet: without them nothing is published."""
    return Screen.of(
        Paragraph(text("✅ ", reading.text(note))),
        Paragraph(text(reading.text("write-still-open", id=source_id, lines=format_lines(tuple(open_lines))))),
        source_buttons(reading, source_id),
    )


def field_screen(
    reading: Reading,
    written: Written,
    place: int,
    cited: Sequence[Cited],
    *,
    page: int = 0,
    note: str = "",
    problems: Sequence[Problem] = (),
) -> Screen:
    """One field to be written: what is wrong with what was sent, the lines it stands on, its choices, where else to go.

    `place` is that of the field among those of the card, `note` says what was just written.
    """
    shown = written.fields[place]
    options = _options(written, shown, page)
    before = written.fields[place - 1].key if place else ""
    steps: list[Button] = []
    if before:
        steps.append(reading.press("button-step-back", write_route(written.key, f"{ASK}:{before}")))
    if behind := _behind(written, place):
        steps.append(reading.press("button-step-on", write_route(written.key, f"{ASK}:{behind}")))
    without = [(reading.press("button-without", write_route(written.key, f"{EMPTY}:{shown.key}")),)]
    left = reading.press("button-what-is-left", write_route(written.key), count=written.left)
    return Screen.of(
        Paragraph(text("✅ ", note)) if note else None,
        Heading(text(_kind(reading, written), f" · {place + 1}/{len(written.fields)}"), icon="✍️"),
        _wrong(reading, problems),
        [each for source in cited for each in _cited(reading, source)],
        _question(reading, shown) if options else None,
        Buttons((*options, *(without if not shown.needed else ()), *((tuple(steps),) if steps else ()), (left,))),
    )


def _question(reading: Reading, shown: FieldShown) -> list[Block]:
    return [Paragraph(text(bold(shown.name))), Paragraph(text(reading.text(f"write-how-{shown.how}")))]


def _behind(written: Written, place: int) -> str:
    others = [*written.fields[place + 1 :], *written.fields[:place]]
    return next((each.key for each in others if each.pending), "")


def _kind(reading: Reading, written: Written) -> str:
    return reading.text(f"write-kind-{written.kind}") if written.kind != SOURCE else written.source


def _options(written: Written, shown: FieldShown, page: int) -> tuple[tuple[Button, ...], ...]:
    """The choices of a field as buttons, those that are chosen marked; where they are many, by pages."""
    pages = max(1, -(-len(shown.choices) // ON_A_PAGE))
    page %= pages
    chosen = set(shown.value.split(", "))
    found: list[tuple[Button, ...]] = []
    for number in range(page * ON_A_PAGE, min((page + 1) * ON_A_PAGE, len(shown.choices))):
        mark = "✓ " if shown.choices[number] in chosen else ""
        data = write_route(written.key, f"{CHOOSE}:{shown.key}", number).data()
        found.append((Press(f"{mark}{shown.labels[number]}", data),))
    turn = page_buttons(write_route(written.key, f"{ASK}:{shown.key}"), page, pages)
    return (*found, *((turn,) if turn else ()))


def _cited(reading: Reading, cited: Cited) -> list[Block]:
    content: list[Content] = []
    room = QUOTED_ALL
    for number in sorted(cited.figures):
        words = cited.lines.get(number, "")
        figures = ", ".join(cited.figures[number])
        shown = words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
        room -= len(shown) + len(figures)
        if room < 0:
            content.append(text("…"))
            break
        known = f"  [{figures}]" if figures else ""
        content.append(text(bold(str(number)), f"  {shown or '—'}{known}"))
    lines = format_lines(tuple(cited.figures))
    single = "yes" if len(cited.figures) == 1 else "no"
    head = reading.text("write-cited", id=cited.source, lines=lines, single=single)
    found: list[Block] = [Details(text(head), tuple(content))]
    if not cited.lines:
        found.append(Paragraph(text(reading.text("write-send-text", name=f"{cited.source}.txt"))))
    return found


def _wrong(reading: Reading, problems: Sequence[Problem]) -> list[Block]:
    """What is wrong with what was sent, without a place: it stands in no file."""
    if not problems:
        return []
    items = tuple(text(reading.text(each.message_key, **dict(each.words))) for each in problems)
    return [Paragraph(text("⚠️ ", bold(reading.text("write-not-taken")))), ItemList(items)]


def ask_field_screen(reading: Reading, shown: FieldShown, name: str) -> Screen:
    """The question for a field, to be answered in writing: what it holds, what belongs there."""
    how = [reading.text(f"write-how-{shown.how}")]
    if shown.language:
        how.append(reading.text(f"write-in-{shown.language}"))
    if not shown.needed:
        how.append(reading.text("write-or-dash"))
    now = Paragraph(text(Run(shown.value, code=True))) if shown.value else None
    how.append(reading.text("write-reply"))
    return Screen.of(asked(reading, shown.name, name), now, Paragraph(text(" ".join(how))))


def left_screen(
    reading: Reading, written: Written, page: int = 0, problems: Sequence[Problem] = (), note: str = ""
) -> Screen:
    """Every field with what it holds, those still to be written first, and what can be done with the whole."""
    pages = max(1, -(-len(written.fields) // ON_A_PAGE))
    page %= pages
    key = written.key
    shown = sorted(written.fields, key=lambda each: not each.pending)[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    fields = [(Press(_marked(each), write_route(key, f"{ASK}:{each.key}").data()),) for each in shown]
    turn = page_buttons(write_route(key), page, pages)
    more = [
        (reading.press(f"button-more-{name}", write_route(key, MORE, number)),)
        for number, name in enumerate(written.lists)
    ]
    done = "write-whole-source" if written.kind == SOURCE else "write-whole"
    count = written.left
    return Screen.of(
        Paragraph(text("✅ ", note)) if note else None,
        Heading(text(_kind(reading, written)), icon="✍️"),
        _wrong(reading, problems),
        Paragraph(text(reading.text(done) if written.whole else reading.text("write-left", count=count))),
        Buttons((*fields, *((turn,) if turn else ()), *more, *_ends(reading, written))),
    )


def _marked(shown: FieldShown) -> str:
    return f"{'○' if shown.pending else '✓' if shown.value else '·'} {label_of(shown)}"


def _ends(reading: Reading, written: Written) -> tuple[tuple[Button, ...], ...]:
    if written.kind == SOURCE:
        return source_buttons(reading, written.source).rows[:2] if written.whole else ()
    enter = (reading.press("button-enter", write_route(written.key, ENTER)),)
    give_up = (reading.press("button-give-up", write_route(written.key, GIVE_UP)),)
    return (enter, give_up) if written.whole else (give_up,)


def give_up_screen(reading: Reading, written: Written) -> Screen:
    """Whether to throw a card away."""
    yes = reading.press("button-give-up-now", write_route(written.key, GIVE_UP_NOW))
    return Screen.of(
        Paragraph(text(reading.text("write-give-up"))),
        Buttons(((yes,), (reading.press("button-back", write_route(written.key)),))),
    )


def unready_screen(reading: Reading, source_id: str, problems: Sequence[Problem]) -> Screen:
    """A card cannot be begun, for the card of the source lacks something: it can be filled in here."""
    items = tuple(text(reading.text(each.message_key, **dict(each.words))) for each in problems)
    fill_in = reading.press("button-fill-in", write_route(card_key(source_id)))
    return Screen.of(
        Paragraph(text(reading.text("write-source-first", id=source_id))), ItemList(items), Buttons(((fill_in,),))
    )


def choice_label(reading: Reading, name: str, value: str) -> str:
    """What a choice is called."""
    if name == "bound":
        return reading.text(f"bound-{value}", number="…")
    if name == "audience":
        return reading.text(f"audience-{value}")
    if name == "genre":
        return reading.text(f"genre-{value}")
    if name == "type":
        return reading.text(f"write-type-{value}")
    return reading.text("write-yes")


def name_of(reading: Reading, path: Sequence[str | int], language: str | None) -> str:
    """What a field is called: `position 2 text (ru)`."""
    bare = [part for part in (path[:-1] if language else path) if part not in ("name",)]
    if bare[-1] == "lines":
        bare = bare[:-2] if bare[-2] == 0 else bare[:-1]
    if len(bare) > 1 and bare[-1] == "date":
        bare = bare[:-1]
    return field_name(reading, tuple(bare)) + (f" ({language})" if language else "")
