"""How editions look: everything cited and linked, within four messages, natural in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.cards import Argument, Card, Debate, Event, Kind, Recommendation, Statistic
from bot.catalog.corrections import Correction, Figures
from bot.catalog.differences import FigureCorrection, StatedFigure
from bot.catalog.snapshot import Catalog
from bot.i18n import Language
from bot.layout.blocks import Paragraph, Screen, text
from bot.layout.telegram_html import print_html
from bot.store.editorial import NOTE_LENGTH, PINS
from bot.subscription import Cadence
from bot.views.edition import Edition, EditionKind
from bot.views.editions import LISTED, MORE, TOLD, edition_blocks, edition_dates
from bot.views.reading import Reading
from bot.views.results import snippet_of

WEEK = Edition(
    Cadence.WEEKLY, "w2026-11-16", date(2026, 11, 16), date(2026, 11, 23), (), Language.EN, 1, EditionKind.DIGEST
)


def printed(reading: Reading, edition: Edition, *, links: bool = True) -> str:
    """All messages of an edition as one text."""
    return "\n\n".join(messages(reading, edition, links=links))


def messages(reading: Reading, edition: Edition, *, links: bool = True) -> list[str]:
    edition = replace(edition, language=reading.language)
    screen = Screen.of(edition_blocks(reading, edition, links=links))
    return [message.html for message in print_html(screen, card_url=reading.card_url)]


def longest(cards: tuple[Card, ...]) -> list[str]:
    """The ids of some cards, those with the longest texts first."""
    return [card.id for card in sorted(cards, key=lambda card: -sum(len(each.ru) for _, each in card.texts()))]


def corrected(card: Statistic) -> Correction:
    now = StatedFigure.of(card)
    return Correction(card.id, FigureCorrection(replace(now, value="1", low=None, high=None, in_words=None), now), {})


def fullest(catalog: Catalog) -> Edition:
    """As long an edition as there can be: the longest card of each kind, more news than fit, the longest note."""
    statistics = catalog.of_type(Statistic)
    return replace(
        WEEK,
        news=tuple(longest(catalog.cards)[:40]),
        corrections=tuple(map(corrected, statistics)),
        pinned=tuple(longest(catalog.of_type(Debate))[:PINS]),
        statistic=longest(statistics)[0],
        recommendation=longest(catalog.of_type(Recommendation))[0],
        voice=longest(catalog.of_type(Debate))[PINS],
        event=longest(catalog.of_type(Event))[0],
        note="Слово " * (NOTE_LENGTH // 6),
    )


def test_the_fullest_edition_there_can_be_takes_at_most_four_messages(reading: Reading) -> None:
    assert 2 <= len(messages(reading, fullest(reading.catalog))) <= 4


def test_an_edition_that_is_too_long_still_shows_every_item_of_its_own(reading: Reading) -> None:
    edition = fullest(reading.catalog)
    shown = printed(reading, edition)
    picked = (*edition.pinned, edition.statistic, edition.recommendation, edition.voice, edition.event)
    assert all(f"start={card_id}" in shown for card_id in picked)
    assert edition.note.strip() in shown


def test_the_usual_edition_takes_one_message(reading: Reading) -> None:
    catalog = reading.catalog
    for statistic, advice, voice in zip(
        catalog.of_type(Statistic), catalog.of_type(Recommendation), catalog.of_type(Argument), strict=False
    ):
        edition = replace(WEEK, statistic=statistic.id, recommendation=advice.id, voice=voice.id)
        assert len(messages(reading, edition)) == 1


def test_every_card_shown_is_linked_and_cites_who_and_when(reading: Reading) -> None:
    catalog = reading.catalog
    for kind in Kind:
        for card in [card for card in catalog.cards if card.kind == kind][:12]:
            for edition in (replace(WEEK, news=(card.id,)), replace(WEEK, pinned=(card.id,))):
                shown = printed(reading, edition)
                assert f"start={card.id}" in shown
                for name in {cite.source for cite in card.all_cites()}:
                    source = catalog.sources[name]
                    assert f"start={name}" in shown
                    assert all(reading.of(each.name) in shown for each in (source.author, source.publisher) if each)
                    assert source.date is None or reading.date(source.date) in shown


def test_a_source_with_a_standing_under_russian_law_says_so(english: Reading, russian: Reading) -> None:
    name = next(source.id for source in english.catalog.sources.values() if source.standing)
    card = next(card for card in english.catalog.cards if any(cite.source == name for cite in card.all_cites()))
    edition = replace(WEEK, news=(card.id,))
    assert "(“undesirable” in Russia)" in printed(english, edition)
    assert "(«нежелательная организация» в России)" in printed(russian, edition)


def linked(catalog: Catalog) -> Catalog:
    """The catalog with an address for every source."""
    sources = {
        name: source.model_copy(update={"url": f"https://example.org/{name}"})
        for name, source in catalog.sources.items()
    }
    return Catalog(catalog.cards, catalog.topics, sources, catalog.measures, catalog.topics_of)


def test_links_to_the_outlets_stand_only_where_they_are_wanted(english: Reading) -> None:
    reading = replace(english, catalog=linked(english.catalog))
    edition = fullest(reading.catalog)
    assert "https://example.org/" in printed(reading, edition)
    hidden = printed(reading, edition, links=False)
    assert "example.org" not in hidden
    assert set(re.findall(r'href="(https://[^/]+)/', hidden)) == {"https://t.me"}


def test_of_many_new_cards_the_first_are_told_the_next_listed_the_rest_counted(reading: Reading) -> None:
    cards = [card for card in reading.catalog.cards if card.kind in (Kind.ARGUMENT, Kind.EVENT)][: LISTED + 5]
    shown = printed(reading, replace(WEEK, news=tuple(card.id for card in cards)))
    assert all(snippet_of(reading, card)[:30] in shown for card in cards[:TOLD])
    assert not any(snippet_of(reading, card)[:30] in shown for card in cards[TOLD:])
    assert all(f"start={card.id}" in shown for card in cards[:LISTED])
    assert not any(f'start={card.id}"' in shown for card in cards[LISTED:])
    assert reading.text("edition-more", count=5) in shown
    assert f"start={MORE}" in shown


def test_a_corrected_figure_shows_what_was_said_struck_out_and_what_is_said_now(
    english: Reading, russian: Reading
) -> None:
    card = next(card for card in english.catalog.of_type(Statistic) if card.value == "650000")
    edition = replace(WEEK, corrections=(corrected(card),))
    assert "<s>at least 1\u00a0people</s> → <b>at least 650,000\u00a0people</b>" in printed(english, edition)
    assert "<s>не менее 1\u00a0человек</s> → <b>не менее 650\u00a0000\u00a0человек</b>" in printed(russian, edition)


def test_a_corrected_text_shows_its_figures_in_the_readers_language(english: Reading, russian: Reading) -> None:
    card = english.catalog.of_type(Argument)[0]
    texts = {"en": Figures(("15 percent",), ("16 percent",)), "ru": Figures(("15",), ("17",))}
    edition = replace(WEEK, corrections=(Correction(card.id, None, texts),))  # type: ignore[arg-type]
    assert "<s>15 percent</s> → <b>16 percent</b>" in printed(english, edition)
    assert "<s>15</s> → <b>17</b>" in printed(russian, edition)


def test_where_nothing_is_new_it_says_so_and_shows_what_there_is(english: Reading) -> None:
    shown = printed(english, replace(WEEK, statistic=english.catalog.of_type(Statistic)[0].id))
    assert "Nothing new was published in this time." in shown
    assert "no longer exist" in printed(english, WEEK)


def test_cards_that_are_gone_since_it_was_composed_fall_away(english: Reading) -> None:
    known = english.catalog.of_type(Statistic)[0]
    shown = printed(english, replace(WEEK, news=("gone", known.id), statistic="gone-too", event="gone-as-well"))
    assert known.title.en in shown
    assert "gone" not in shown


def test_the_topics_that_were_chosen_are_named_or_counted(english: Reading, russian: Reading) -> None:
    names = tuple(topic.id for topic in english.catalog.topics)
    few = printed(english, replace(WEEK, topics=names[:2]))
    assert all(topic.summary.title.en in few for topic in english.catalog.topics[:2])
    assert "5 topics" in printed(english, replace(WEEK, topics=names[:5]))
    assert "5 тем" in printed(russian, replace(WEEK, topics=names[:5]))


@pytest.mark.parametrize(
    ("cadence", "first", "end", "english_dates", "russian_dates"),
    [
        (Cadence.WEEKLY, date(2026, 11, 16), date(2026, 11, 23), "16–22 November 2026", "16–22 ноября 2026 года"),
        (
            Cadence.WEEKLY,
            date(2026, 9, 28),
            date(2026, 10, 5),
            "28 September – 4 October 2026",
            "28 сентября — 4 октября 2026 года",
        ),
        (
            Cadence.FORTNIGHTLY,
            date(2026, 12, 21),
            date(2027, 1, 4),
            "21 December 2026 – 3 January 2027",
            "21 декабря 2026 года — 3 января 2027 года",
        ),
        (Cadence.MONTHLY, date(2026, 9, 30), date(2026, 10, 31), "October 2026", "октябрь 2026 года"),
        (Cadence.DAILY, date(2026, 11, 26), date(2026, 11, 27), "26 November 2026", "26 ноября 2026 года"),
    ],
)
def test_an_edition_names_the_days_it_covers(
    english: Reading,
    russian: Reading,
    cadence: Cadence,
    first: date,
    end: date,
    english_dates: str,
    russian_dates: str,
) -> None:
    edition = replace(WEEK, cadence=cadence, first=first, end=end)
    assert edition_dates(english, edition) == english_dates
    assert edition_dates(russian, edition) == russian_dates


@pytest.mark.parametrize(
    ("end", "when", "expected"),
    [
        (date(2026, 2, 23), "2022-02-24", "4 years ago: 24 February 2022"),
        (date(2023, 2, 20), "2022-02-24", "A year ago: 24 February 2022"),
        (date(2026, 12, 28), "2022-01", "5 years ago: January 2022"),
    ],
)
def test_an_anniversary_says_how_many_years_ago(english: Reading, end: date, when: str, expected: str) -> None:
    card = english.catalog.of_type(Event)[0]
    moved = card.model_validate({**card.model_dump(), "when": when})
    catalog = replace(english.catalog, cards=(moved,))
    shown = printed(replace(english, catalog=catalog), replace(WEEK, event=moved.id, end=end))
    assert expected in shown


def test_a_correction_by_itself_says_what_it_is(english: Reading, russian: Reading) -> None:
    cards = english.catalog.of_type(Statistic)[:2]
    one = replace(WEEK, kind=EditionKind.CORRECTION, corrections=(corrected(cards[0]),))
    two = replace(one, corrections=tuple(map(corrected, cards)))
    assert "✏️ <b>Correction</b>" in printed(english, one)
    assert "<b>Исправления</b>" in printed(russian, two)
    assert all(f"start={card.id}" in printed(english, two) for card in cards)
    assert "Kolokol," not in printed(english, one)


def test_a_correction_of_which_nothing_is_left_is_no_message(english: Reading) -> None:
    gone = Correction("gone", None, {"en": Figures(("1",), ("2",))})
    assert edition_blocks(english, replace(WEEK, kind=EditionKind.CORRECTION, corrections=(gone,))) == []


def test_a_note_is_set_apart(english: Reading) -> None:
    shown = printed(english, replace(WEEK, note="We moved <house>."))
    assert "<blockquote>We moved &lt;house&gt;.</blockquote>" in shown
    assert Paragraph(text(english.text("edition-nothing-new"))) not in edition_blocks(english, replace(WEEK, note="A"))
