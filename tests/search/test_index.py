"""The whole search on the shipped content: what people type finds what they mean."""

from pathlib import Path

import pytest

from bot.catalog.cards import Actor, Debate, Event, Recommendation, Statistic
from bot.catalog.snapshot import Catalog
from bot.search.index import Index
from bot.search.words import normalise

FALSE_ANSWERS = 0.03
"""Share of foreign questions that may get an answer: some of their words stand side by side on a card by chance."""


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
        ("правительство в изгнании", "правительсво в изгнаниии"),
        ("правительство в изгнании", "pravitelstvo v izgnanii"),
        ("кто такой Солдатов", "kto takoy Soldatov"),
        ("сколько уехало", "skolko uehalo"),
        ("оппозиция", "опозиция"),
        ("visa ban", "vsia bna"),
        ("Тихановская", "тихоновская"),
        ("банковские счета", "bankovskie scheta"),
        ("для русских", "длярусских"),
    ],
)
def test_what_is_meant_leads_however_it_is_written(index: Index, plain: str, otherwise: str) -> None:
    assert found(index, plain, 1) == found(index, otherwise, 1) != []


@pytest.mark.parametrize("written", ["820,000", "820 000", "820000", "820 тысяч", "820k", "820.000", "820 thousand"])
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
        "новости спорта",
        "calculator",
        "болит голова",
        "my train is late",
        "the",
        "?!",
        "",
        "🙂🙂🙂",
        "999 888 777",
    ],
)
def test_nonsense_and_foreign_matter_get_no_false_answer(index: Index, question: str) -> None:
    assert index.search(question).hits == ()


def foreign_questions() -> list[str]:
    lines = (Path(__file__).parent / "foreign.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_of_everyday_questions_and_other_news_hardly_one_gets_an_answer(index: Index) -> None:
    questions = foreign_questions()
    answered = [question for question in questions if index.search(question).hits]
    assert len(answered) <= len(questions) * FALSE_ANSWERS, answered


@pytest.mark.parametrize("word", ["dog", "hotel", "привет", "гостиница", "собака", "easter", "kitchen"])
def test_a_real_word_is_not_corrected_into_the_vocabulary(index: Index, word: str) -> None:
    assert index.search(word).hits == ()


def test_where_nothing_fits_the_known_part_is_offered(index: Index) -> None:
    answer = index.search("weather in Tbilisi")
    assert answer.hits == ()
    assert answer.did_you_mean == "Tbilisi"
    assert answer.near


def test_where_not_even_the_known_part_fits_one_word_of_it_is_offered(index: Index) -> None:
    assert index.search("спецслужбы за бугром").did_you_mean == "спецслужбы"


def test_a_real_word_that_may_be_misspelt_is_offered_corrected(index: Index) -> None:
    answer = index.search("boarder closed")
    assert answer.hits == ()
    assert answer.did_you_mean == "border closed"
    assert index.search(answer.did_you_mean).hits


def test_a_real_word_is_read_as_another_where_that_makes_a_phrase(index: Index) -> None:
    assert found(index, "brian drain", 1) == found(index, "brain drain", 1)
    assert index.search("brian drain").read_as == "brain drain"


@pytest.mark.parametrize("question", foreign_questions())
def test_what_is_offered_instead_is_other_words_and_finds_something(index: Index, question: str) -> None:
    offered = index.search(question).did_you_mean
    if offered is not None:
        assert normalise(offered) != normalise(question)
        assert index.search(offered).hits


@pytest.mark.parametrize(
    ("plain", "otherwise"),
    [
        ("US visas", "us visas"),
        ("what should the US do", "what should the us do"),
        ("IT workers", "it workers"),
    ],
)
def test_an_acronym_in_small_letters_is_read_as_one(index: Index, plain: str, otherwise: str) -> None:
    assert found(index, plain) == found(index, otherwise) != []


def test_us_as_a_pronoun_says_nothing(index: Index) -> None:
    assert found(index, "tell us about visas") == found(index, "tell about visas") != found(index, "US visas")


@pytest.mark.parametrize(
    ("together", "apart"),
    [
        ("howmanyleft", "how many left"),
        ("сколькоуехало", "сколько уехало"),
        ("правительствавизгнании", "правительства в изгнании"),
        ("иностранныхагентов", "иностранных агентов"),
        ("whatisbraindrain", "what is brain drain"),
        ("ктотакойсолдатов", "кто такой солдатов"),
    ],
)
def test_a_whole_question_without_spaces_is_parted(index: Index, together: str, apart: str) -> None:
    answer = index.search(together)
    assert answer.read_as == apart
    assert answer.hits[0].card == index.search(apart).hits[0].card


@pytest.mark.parametrize("question", ["15 percent", "15 per cent", "15 pct", "15%", "15 процентов"])
def test_a_share_is_found_in_any_writing(index: Index, question: str) -> None:
    assert "returned-15-percent" in found(index, question, 1)


def test_when_asks_for_events(index: Index, catalog: Catalog) -> None:
    for event in catalog.of_type(Event):
        for question in (f"when {event.title.en}", f"когда {event.title.ru}", f"when was {event.id.replace('-', ' ')}"):
            assert index.search(question).hits[0].card == event, question


def test_an_exact_id_and_an_exact_title_come_first(index: Index, catalog: Catalog) -> None:
    for card in catalog.cards:
        for asked in (card.id, card.title.en, card.title.ru, card.title.ru.upper()):
            assert index.search(asked).hits[0].card == card, asked


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
