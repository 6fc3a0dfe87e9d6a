"""Results show why a card was found: the matched words marked, the part of the card where they stand."""

from bot.catalog.snapshot import Catalog
from bot.i18n import Language
from bot.layout.blocks import CardLink, ItemList, Paragraph, Run, plain
from bot.search.index import Index
from bot.views.reading import Reading
from bot.views.results import SNIPPET, results_screen


def items(catalog: Catalog, question: str, language: Language) -> ItemList:
    screen = results_screen(Reading(catalog, language, "kolokol_bot"), question, Index.build(catalog).search(question))
    return next(block for block in screen.blocks if isinstance(block, ItemList))


def test_matched_words_are_marked_in_the_readers_language(catalog: Catalog) -> None:
    for language, words in ((Language.EN, "nansen passport"), (Language.RU, "nansen passport")):
        runs = [run for item in items(catalog, words, language).items for run in item if isinstance(run, Run)]
        marked = {run.text.lower() for run in runs if run.mark}
        assert any(word.startswith("passport" if language is Language.EN else "паспорт") for word in marked)


def test_a_snippet_keeps_its_length_wherever_it_begins(catalog: Catalog) -> None:
    for item in items(catalog, "russia", Language.EN).items:
        snippet = plain(item).split("\n")[1]
        assert len(snippet) <= SNIPPET + len("……")


def test_estimates_of_one_thing_are_one_tap_away(catalog: Catalog) -> None:
    links = [part for item in items(catalog, "how many left russia", Language.EN).items for part in item]
    shown = [part.card_id for part in links if isinstance(part, CardLink)]
    assert len(set(shown) & {card.id for card in catalog.of_measure("left-russia")}) > 1


def test_a_question_in_the_wrong_layout_says_how_it_was_read(catalog: Catalog) -> None:
    question = "ghbpsd"
    screen = results_screen(
        Reading(catalog, Language.EN, "kolokol_bot"), question, Index.build(catalog).search(question)
    )
    assert "→ призыв" in [plain(block.content) for block in screen.blocks if isinstance(block, Paragraph)]
