"""Results show why a card was found: the matched words marked, the part of the card where they stand."""

import pytest

from bot.catalog.cards import Actor, Term
from bot.catalog.snapshot import Catalog
from bot.i18n import Language
from bot.layout.blocks import Buttons, CardLink, ItemList, Paragraph, Run, Screen, plain
from bot.search.index import Index
from bot.search.words import normalise
from bot.views.reading import Reading
from bot.views.results import SNIPPET, results_screen


@pytest.fixture(scope="module")
def index(catalog: Catalog) -> Index:
    return Index.build(catalog)


def items(index: Index, question: str, language: Language) -> ItemList:
    screen = results_screen(Reading(index.catalog, language, "kolokol_bot"), question, index.search(question))
    return next(block for block in screen.blocks if isinstance(block, ItemList))


def test_matched_words_are_marked_in_the_readers_language(index: Index) -> None:
    for language, words in ((Language.EN, "nansen passport"), (Language.RU, "nansen passport")):
        runs = [run for item in items(index, words, language).items for run in item if isinstance(run, Run)]
        marked = {run.text.lower() for run in runs if run.mark}
        assert any(word.startswith("passport" if language is Language.EN else "паспорт") for word in marked)


def test_a_snippet_keeps_its_length_wherever_it_begins(index: Index) -> None:
    for item in items(index, "russia", Language.EN).items:
        snippet = plain(item).split("\n")[1]
        assert len(snippet) <= SNIPPET + len("……")


def test_estimates_of_one_thing_are_one_tap_away(index: Index) -> None:
    links = [part for item in items(index, "how many left russia", Language.EN).items for part in item]
    shown = [part.card_id for part in links if isinstance(part, CardLink)]
    assert len(set(shown) & {card.id for card in index.catalog.of_measure("left-russia")}) > 1


def test_a_question_in_the_wrong_layout_says_how_it_was_read(index: Index) -> None:
    question = "ghbpsd"
    screen = results_screen(Reading(index.catalog, Language.EN, "kolokol_bot"), question, index.search(question))
    assert "→ призыв" in [plain(block.content) for block in screen.blocks if isinstance(block, Paragraph)]


def test_a_match_in_the_other_language_is_shown(index: Index) -> None:
    for question, language in (("Kirghizia", Language.RU), ("беженцев", Language.EN)):
        for item in items(index, question, language).items[:1]:
            assert any(run.mark for run in item if isinstance(run, Run)), plain(item)


def test_a_name_or_tag_by_which_a_card_was_found_is_shown(index: Index) -> None:
    card, alias = next(
        (card, name)
        for card in index.catalog.cards
        if isinstance(card, Actor | Term)
        for name in card.aliases.en
        if not set(normalise(name).split()) & set(normalise(f"{card.title.en} {card.text.en}").split())
    )
    item = next(item for item in items(index, alias, Language.EN).items if card.title.en in plain(item))
    assert any(run.mark for run in item if isinstance(run, Run))


def nothing(index: Index, question: str, language: Language = Language.EN) -> Screen:
    answer = index.search(question)
    assert not answer.hits
    return results_screen(Reading(index.catalog, language, "kolokol_bot"), question, answer)


def labels(screen: Screen) -> list[str]:
    rows = [row for block in screen.blocks if isinstance(block, Buttons) for row in block.rows]
    return [button.label for row in rows for button in row]


def test_where_nothing_fits_other_words_are_one_tap_away(index: Index) -> None:
    screen = nothing(index, "weather in Tbilisi")
    assert labels(screen)[0] == "🔎 Tbilisi"
    said = [plain(block.content) for block in screen.blocks if isinstance(block, Paragraph)]
    assert said == ["Nothing fits “weather in Tbilisi”.", "Did you mean: Tbilisi?"]


def test_where_nothing_is_near_only_the_topics_are_offered(index: Index) -> None:
    screen = nothing(index, "zxqwvkjhgf", Language.RU)
    assert [label for label in labels(screen) if label.startswith("🔎")] == []
    assert "📚 Темы" in labels(screen)


def test_near_topics_stand_as_buttons(index: Index) -> None:
    found = index.search("weather in Tbilisi").near
    assert found
    shown = labels(nothing(index, "weather in Tbilisi"))
    assert all(any(card.title.en in label for label in shown) for card in found)
