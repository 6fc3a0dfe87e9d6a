"""Writing a card in the chat: one field after the other, with the lines that it stands on; what is left of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.catalog.problems import Problem
from bot.catalog.snapshot import card_key
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
from bot.views.reading import Reading
from bot.views.routes import Route, View

ASK, CHOOSE, EMPTY, MORE, ENTER, GIVE_UP, GIVE_UP_NOW = "q", "c", "e", "m", "p", "x", "xx"
NEW, ALL_OPEN, LEAVE_OUT, LEAVE_ALL_OUT, AS_FILE = "n", "a", "o", "oa", "f"
REPLACE_TEXT, KEEP_TEXT, GUESSED_RIGHT, GUESSED_BACK = "y", "k", "gr", "gb"
"""What a button does here, as the trail of its route says it: with the key of a sheet ASK, CHOOSE and EMPTY with that
of a field, MORE with the place of a list, ENTER, GIVE_UP; with that of a source NEW and ALL_OPEN with kind and topic,
LEAVE_OUT and LEAVE_ALL_OUT with the place of a reason, AS_FILE, REPLACE_TEXT or KEEP_TEXT where it was asked, and
GUESSED_RIGHT or GUESSED_BACK with a key of the lines that were looked at."""
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

    `lists` are the names of the lists that take one more entry; `whole` says that nothing is missing that is needed;
    `standing` what became of the card in the draft: it is `written`, is `there`, was `changed` since, or since it was
    `published`, or is `lost`;
    `outdated` are the sources whose texts have changed since their lines were chosen; `title` is that of the card, as
    far as it is written.
    """

    key: str
    kind: str
    source: str
    fields: tuple[FieldShown, ...]
    left: int
    whole: bool
    lists: tuple[str, ...] = ()
    standing: str = "written"
    outdated: tuple[str, ...] = ()
    title: str = ""


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
        reading.press("button-leave-lines-out", write_route(key, LEAVE_OUT)),
        reading.press("button-as-file", write_route(key, AS_FILE)),
    )
    return Buttons((first, write, others) if unfilled else (write, others, first))


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
        on = "button-step-on" if shown.pending else "button-step-next"
        steps.append(reading.press(on, write_route(written.key, f"{ASK}:{behind}")))
    leave = "button-take-entry-out" if shown.entry else "button-no" if shown.flag else "button-without"
    without = [(reading.press(leave, write_route(written.key, f"{EMPTY}:{shown.key}"), entry=shown.entry),)]
    left = reading.press("button-what-is-left", write_route(written.key), count=written.left)
    return Screen.of(
        Paragraph(text("✅ ", note)) if note else None,
        Heading(text(_kind(reading, written), f" · {place + 1}/{len(written.fields)}"), icon="✍️"),
        _outdated(reading, written),
        wrong_blocks(reading, problems),
        [each for source in cited for each in cited_blocks(reading, source)],
        _question(reading, shown) if options else None,
        Buttons((*options, *(without if not shown.needed else ()), *((tuple(steps),) if steps else ()), (left,))),
    )


def _outdated(reading: Reading, written: Written) -> list[Block]:
    return [Paragraph(text("⚠️ ", reading.text("write-outdated", id=each))) for each in written.outdated]


def _question(reading: Reading, shown: FieldShown) -> list[Block]:
    return [Paragraph(text(bold(shown.name))), Paragraph(text(_how(reading, shown)))]


def _how(reading: Reading, shown: FieldShown) -> str:
    """What belongs into a field, with examples in the language that is asked for."""
    return reading.text(f"write-how-{shown.how}", language=shown.language or reading.language)


def _behind(written: Written, place: int) -> str:
    others = [*written.fields[place + 1 :], *written.fields[:place]]
    return next((each.key for each in others if each.pending), "")


def _kind(reading: Reading, written: Written) -> str:
    return reading.text(f"write-kind-{written.kind}") if written.kind != SOURCE else written.source


def _options(written: Written, shown: FieldShown, page: int) -> tuple[tuple[Button, ...], ...]:
    """The choices of a field as buttons, those that are chosen marked; where they are many, by pages."""
    count = len(shown.choices) - shown.last
    pages = max(1, -(-count // ON_A_PAGE))
    page %= pages
    chosen = set(shown.value.split(", "))
    found: list[tuple[Button, ...]] = []
    for number in (*range(page * ON_A_PAGE, min((page + 1) * ON_A_PAGE, count)), *range(count, len(shown.choices))):
        mark = "✓ " if shown.choices[number] in chosen else ""
        data = write_route(written.key, f"{CHOOSE}:{shown.key}", number).data()
        found.append((Press(f"{mark}{shown.labels[number]}", data),))
    turn = page_buttons(write_route(written.key, f"{ASK}:{shown.key}"), page, pages)
    return (*found, *((turn,) if turn else ()))


def cited_blocks(reading: Reading, cited: Cited, most: int = QUOTED) -> list[Block]:
    """Lines of a source with their figures; of the words of each, where they are at hand, so many characters."""
    content: list[Content] = []
    room = QUOTED_ALL
    for number in sorted(cited.figures):
        words = cited.lines.get(number, "")
        figures = ", ".join(cited.figures[number])
        shown = words if len(words) <= most else f"{words[:most]}…"
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


def wrong_blocks(reading: Reading, problems: Sequence[Problem]) -> list[Block]:
    """What is wrong with what was sent, without a place: it stands in no file."""
    if not problems:
        return []
    items = tuple(text(reading.text(each.message_key, **each.said(answer=True))) for each in problems)
    return [Paragraph(text("⚠️ ", bold(reading.text("write-not-taken")))), ItemList(items)]


def ask_field_screen(reading: Reading, shown: FieldShown, name: str) -> Screen:
    """The question for a field, to be answered in writing: what it holds, what belongs there."""
    how = [_how(reading, shown)]
    if shown.language:
        how.append(reading.text(f"write-in-{shown.language}"))
    if not shown.needed:
        how.append(reading.text("write-or-dash-entry" if shown.entry else "write-or-dash", entry=shown.entry))
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
    done = "write-whole-source" if written.kind == SOURCE else f"write-whole-{written.standing}"
    count = written.left
    return Screen.of(
        Paragraph(text("✅ ", note)) if note else None,
        Heading(text(_kind(reading, written)), icon="✍️"),
        _outdated(reading, written),
        wrong_blocks(reading, problems),
        Paragraph(text(reading.text(done) if written.whole else reading.text("write-left", count=count))),
        Buttons((*fields, *((turn,) if turn else ()), *more, *_ends(reading, written))),
    )


def _marked(shown: FieldShown) -> str:
    names = dict(zip(shown.choices, shown.labels, strict=True))
    value = ", ".join(names.get(each, each) for each in shown.value.split(", ")) if names else shown.value
    return f"{'○' if shown.pending else '✓' if shown.value else '·'} {label_of(replace(shown, value=value))}"


def _ends(reading: Reading, written: Written) -> tuple[tuple[Button, ...], ...]:
    if written.kind == SOURCE:
        return source_buttons(reading, written.source).rows[:2] if written.whole else ()
    if written.standing == "there":
        return ()
    again = written.standing != "written"
    enter = (reading.press("button-enter-again" if again else "button-enter", write_route(written.key, ENTER)),)
    give_up = (reading.press("button-give-up", write_route(written.key, GIVE_UP)),)
    return (enter, give_up) if written.whole else (give_up,)


def go_on_button(reading: Reading, written: Written) -> Press:
    """The way back to a card that is being written: to the next field, or to all of them where none is left."""
    field = next((each.key for each in written.fields if each.pending), "")
    route = write_route(written.key, f"{ASK}:{field}" if field else "")
    return reading.press("button-go-on", route, title=title_of(written))


def gone_screen(reading: Reading, written: Written) -> Screen:
    """The source from which a card was begun is not there any more."""
    give_up = reading.press("button-give-up", write_route(written.key, GIVE_UP))
    said = reading.text("write-source-gone", id=written.source, name=f"{written.source}.txt")
    return Screen.of(
        Heading(text(_kind(reading, written)), icon="✍️"),
        Paragraph(text(said)),
        Buttons(((give_up,), (reading.menu(),))),
    )


def field_gone_screen(reading: Reading, sent: str) -> Screen:
    """What was asked for is not there any more: the answer is given back."""
    return Screen.of(Paragraph(text("⚠️ ", reading.text("write-field-gone"))), Paragraph(text(Run(sent, code=True))))


def title_of(written: Written) -> str:
    """What a card is called in a list, shortened; its source where it has no title yet."""
    return f"{written.title[:30]}…" if len(written.title) > 30 else written.title or written.source


def with_astray(reading: Reading, screen: Screen, astray: Sequence[Written]) -> Screen:
    """A screen, and which cards that were put into the draft are not there as they were written, with a way back."""
    if not astray:
        return screen
    said = [
        Paragraph(text("⚠️ ", reading.text(f"write-astray-{each.standing}", title=title_of(each)))) for each in astray
    ]
    again = [(reading.press(_again(each), write_route(each.key, ENTER), title=title_of(each)),) for each in astray]
    return _with_rows(screen, said, again)


def with_sources(reading: Reading, screen: Screen, sources: Mapping[str, bool]) -> Screen:
    """A screen, and how the sources of a draft can be put in order without a file; of each whether its card still lacks
    something. Of several each has one button, which leads to its card.
    """
    if not sources:
        return screen
    said = Paragraph(text(reading.text("write-mend-here", ids=", ".join(sources))))
    if len(sources) == 1:
        ((source_id, unfilled),) = sources.items()
        return _with_rows(screen, [said], source_buttons(reading, source_id, unfilled=unfilled).rows)
    rows = [(Press(f"📰 {each}", write_route(card_key(each)).data()),) for each in list(sources)[:ON_A_PAGE]]
    return _with_rows(screen, [said], rows)


def _with_rows(screen: Screen, said: Sequence[Block], rows: Sequence[tuple[Button, ...]]) -> Screen:
    """A screen with more said at its end, and more buttons above its own."""
    others = [each for each in screen.blocks if not isinstance(each, Buttons)]
    own = [row for each in screen.blocks if isinstance(each, Buttons) for row in each.rows]
    return Screen.of(others, said, Buttons((*rows, *own)))


def _again(written: Written) -> str:
    """What the button says that puts a card into the draft once more: all of it, or what was changed since."""
    return "button-enter-this-again" if written.standing == "lost" else "button-enter-changes"


def give_up_screen(reading: Reading, written: Written) -> Screen:
    """Whether to throw a card away."""
    yes = reading.press("button-give-up-now", write_route(written.key, GIVE_UP_NOW))
    return Screen.of(
        Paragraph(text(reading.text("write-give-up"))),
        Buttons(((yes,), (reading.press("button-back", write_route(written.key)),))),
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
