"""Search results: a page of cards with the words that matched, or the near ones where nothing fits."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.cards import Actor, Card, Event, Statistic, Summary, Term
from bot.i18n import Language
from bot.layout.blocks import (
    Buttons,
    CardLink,
    Content,
    Heading,
    ItemList,
    Paragraph,
    Press,
    Run,
    Screen,
    italic,
    text,
)
from bot.search.index import Answer, Hit
from bot.search.marking import Marks
from bot.views.cards import LIST_PAGE
from bot.views.lists import NUMBERS_IN_ROW, page_buttons, pages
from bot.views.menus import SHOWN_WORDS
from bot.views.numbers import figure, unit
from bot.views.reading import Reading, card_route, rows
from bot.views.routes import Route, View
from bot.views.trails import SEARCH

SNIPPET = 140
"""Characters of a card's text that a result shows."""
LEAD_IN = 40
"""Characters before the first matched word, where the snippet does not begin with its text."""
ALIKE = 2
"""Cards saying the same that a result links to; the others are near on the card itself."""


def results_screen(reading: Reading, question: str, answer: Answer, page: int = 0) -> Screen:
    """A page of results, the best first."""
    if not answer.hits:
        return _nothing(reading, question, answer)
    page = min(page, pages(len(answer.hits)) - 1)
    shown = answer.hits[page * LIST_PAGE : (page + 1) * LIST_PAGE]
    start = page * LIST_PAGE + 1
    buttons = [Press(str(number), card_route(hit.card, SEARCH).data()) for number, hit in enumerate(shown, start=start)]
    turn = page_buttons(Route(View.SEARCH), page, pages(len(answer.hits)))
    return Screen.of(
        Heading(text(_short(question)), icon="🔎"),
        Paragraph(text(italic(f"→ {_short(answer.read_as)}"))) if answer.read_as else None,
        ItemList(tuple(_line(reading, hit, answer.marks) for hit in shown), numbered=True, start=start),
        Buttons((*rows(buttons, NUMBERS_IN_ROW), *([turn] if turn else []), (reading.menu(),))),
    )


def _short(question: str) -> str:
    words = " ".join(question.split())
    return words if len(words) <= SHOWN_WORDS else words[:SHOWN_WORDS] + "…"


def _line(reading: Reading, hit: Hit, marks: Marks) -> Content:
    card = hit.card
    parts: list[Run | CardLink] = [Run(f"{reading.icon(card)} "), CardLink(reading.title(card), card.id)]
    if isinstance(card, Event):
        parts.append(Run(f" ({reading.date(card.when)})"))
    snippet = _snippet(reading, card, marks)
    if snippet:
        parts += [Run("\n"), *snippet]
    if not marks.places(reading.title(card)) and not any(run.mark for run in snippet):
        parts += _matched_name(reading, card, marks) or _in_other_language(reading, card, marks)
    for alike in hit.alike[:ALIKE]:
        parts += [Run("\n↳ "), CardLink(reading.title(alike), alike.id)]
    return text(*parts)


def _matched_name(reading: Reading, card: Card, marks: Marks) -> list[Run]:
    """The tag or other name by which a card was found, where neither its title nor its snippet shows it."""
    names = card.tags.in_(reading.language.value)
    if isinstance(card, Actor | Term):
        names = (*card.aliases.in_(reading.language.value), *names)
    found = next((name for name in names if marks.places(name)), None)
    return [Run(" · "), *_marked(found, marks)] if found else []


def _in_other_language(reading: Reading, card: Card, marks: Marks) -> list[Run]:
    """The title or the part of a card that matched in the other language, where the reader's shows no match."""
    for language in set(Language) - {reading.language}:
        other = replace(reading, language=language)
        title = _marked(other.title(card), marks)
        for runs in (title, _snippet(other, card, marks)):
            if any(run.mark for run in runs):
                return [Run("\n· "), *runs]
    return []


def snippet_of(reading: Reading, card: Card) -> str:
    """The beginning of what a card says, without its title."""
    return _cut(_beginning(reading, card))


def _beginning(reading: Reading, card: Card) -> str:
    if isinstance(card, Statistic):
        beginning = f"{figure(reading, card)}{unit(reading, card)}: {reading.of(card.population)}"
    elif isinstance(card, Summary):
        beginning = reading.of(card.points[0])
    else:
        beginning = next((reading.of(value) for path, value in card.own_texts() if path != ("role",)), "")
    return " ".join(beginning.split())


def _snippet(reading: Reading, card: Card, marks: Marks) -> list[Run]:
    """The part of a card that shows why it was found, with marks: the beginning, unless more matches elsewhere."""
    beginning = _beginning(reading, card)
    texts = [" ".join(reading.of(value).split()) for path, value in card.own_texts() if path != ("role",)]
    best = max([beginning, *texts], key=lambda one: marks.count(_window(one, marks)))
    return _marked(_window(best, marks), marks)


def _window(words: str, marks: Marks) -> str:
    """As much of a text as a result shows: from its start, or from a little before its first matched word."""
    beginning = _cut(words)
    places = marks.places(words) if len(words) > SNIPPET else []
    if not places or places[0][1] < len(beginning):
        return beginning
    begin = words.rfind(" ", 0, max(0, places[0][0] - LEAD_IN)) + 1
    return _cut("…" + words[begin:] if begin else words)


def _cut(words: str) -> str:
    if len(words) <= SNIPPET:
        return words
    return words[:SNIPPET].rsplit(" ", 1)[0].rstrip(",.;:—–- ") + "…"


def _marked(words: str, marks: Marks) -> list[Run]:
    runs, last = [], 0
    for start, end in marks.places(words):
        runs += [Run(words[last:start]), Run(words[start:end], mark=True)]
        last = end
    return [run for run in (*runs, Run(words[last:])) if run.text]


def _nothing(reading: Reading, question: str, answer: Answer) -> Screen:
    buttons = [(Press(f"{reading.icon(card)} {reading.title(card)}", card_route(card).data()),) for card in answer.near]
    paragraphs = [Paragraph(text(reading.text("search-nothing", question=_short(question))))]
    if answer.did_you_mean:
        words = _short(answer.did_you_mean)
        buttons.insert(0, (Press(f"🔎 {words}", Route(View.SEARCH).data()),))
        paragraphs.append(Paragraph(text(reading.text("search-did-you-mean", words=words))))
    elif answer.near:
        paragraphs.append(Paragraph(text(reading.text("search-near"))))
    return Screen.of(
        paragraphs,
        Buttons((*buttons, (reading.press("menu-topics", Route(View.TOPICS)), reading.menu()))),
    )
