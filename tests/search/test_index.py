"""The whole search on the shipped content: what people type finds what they mean."""

import pytest

from bot.catalog.cards import Actor, Debate, Recommendation, Statistic, Summary
from bot.catalog.snapshot import Catalog
from bot.search.index import Index


def found(index: Index, question: str, first: int = 3) -> list[str]:
    return [hit.card.id for hit in index.search(question).hits[:first]]


@pytest.mark.parametrize(
    ("plain", "otherwise"),
    [
        ("навальный", "навального"),
        ("навальный", "navalny"),
        ("навальный", "yfdfkmysq"),
        ("navalny", "тфмфдтн"),
        ("нансеновский паспорт", "нансеновского паспорта"),
        ("brain drain", "braindrain"),
        ("brain drain", "утечка умов"),
        ("foreign agent", "иноагент"),
        ("foreign agent", "foreignagent"),
        ("TV Rain", "телеканал Дождь"),
        ("TV Rain", "dozhd"),
        ("sealed train", "пломбированный вагон"),
        ("sealed train", "seald trian"),
        ("Zourabichvili", "зурабишвили"),
        ("league of nations", "лига наций"),
        ("league of nations", "leauge of natoins"),
        ("Albats", "Альбацу"),
        ("entry ban", "#entry-ban"),
        ("european parliament", "Европарламента"),
    ],
)
def test_what_is_meant_leads_however_it_is_written(index: Index, plain: str, otherwise: str) -> None:
    assert found(index, plain, 1) == found(index, otherwise, 1) != []


@pytest.mark.parametrize("written", ["820,000", "820 000", "820000", "820 тысяч", "820k", "820 thousand"])
def test_a_number_is_found_in_any_writing(index: Index, written: str) -> None:
    assert found(index, written, 1) == ["left-820-920-thousand"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("how many russians left?", Statistic),
        ("сколько человек уехало из России", Statistic),
        ("what should the EU do for exiles", Recommendation),
        ("who is Soldatov", Actor),
        ("кто такая Альбац", Actor),
        ("who disagrees about the baltic states", Debate),
    ],
)
def test_a_question_prefers_the_kind_it_asks_for(index: Index, question: str, kind: type) -> None:
    assert any(isinstance(hit.card, kind) for hit in index.search(question).hits[:2])


@pytest.mark.parametrize(
    "question",
    [
        "champions league final",
        "asdkjh",
        "сколько стоит билет",
        "how to bake bread",
        "погода на завтра",
        "weather",
        "qpwoei zmxnc",
        "рецепт пирога",
        "the",
        "?!",
        "",
        "🙂🙂🙂",
        "999 888 777",
    ],
)
def test_nonsense_and_foreign_matter_get_no_false_answer(index: Index, question: str) -> None:
    assert index.search(question).hits == ()


def test_where_nothing_fits_the_known_part_is_offered(index: Index) -> None:
    answer = index.search("weather in Tbilisi")
    assert answer.hits == ()
    assert answer.did_you_mean == "tbilisi"
    assert answer.near


def test_an_exact_id_and_an_exact_title_come_first(index: Index, catalog: Catalog) -> None:
    for card in catalog.cards[::7]:
        assert index.search(card.id).hits[0].card.id == card.id
        if not isinstance(card, Summary):
            titled = {hit.card.id for hit in index.search(card.title.en).hits[:1]}
            assert card.id in titled | {alike.id for alike in index.search(card.title.en).hits[0].alike}


def test_rival_estimates_stand_behind_the_best_of_them(index: Index, catalog: Catalog) -> None:
    hits = index.search("how many left russia").hits
    measures = [hit.card.measure for hit in hits if isinstance(hit.card, Statistic)]
    assert len(measures) == len(set(measures))
    lead = next(hit for hit in hits if isinstance(hit.card, Statistic) and hit.card.measure == "left-russia")
    assert {card.id for card in catalog.of_measure("left-russia")} >= {card.id for card in lead.alike} != set()


def test_a_corrected_question_says_how_it_was_read(index: Index) -> None:
    assert index.search("ghbpsd").read_as == "призыв"
    assert index.search("visa").read_as is None


def test_matched_words_are_marked_in_both_languages(index: Index) -> None:
    marks = index.search("утечка мозгов 100k").marks
    text = "The brain drain took 100,000 specialists; утечка мозгов идет."
    assert [text[start:end] for start, end in marks.places(text)] == ["brain drain", "100,000", "утечка мозгов"]


def test_the_index_of_an_empty_catalog_answers_nothing() -> None:
    assert Index.build(Catalog()).search("visa").hits == ()
