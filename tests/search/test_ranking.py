"""Order: title above text, whole phrases above scattered words, narrow cards above summaries; common words too."""

from bot.catalog.cards import Card, Summary, Term
from bot.catalog.snapshot import Catalog
from bot.catalog.values import Bilingual, Citation
from bot.search.index import Index
from bot.search.postings import LONG

CITES = (Citation(source="some", lines=(1,)),)


def said(text: str) -> Bilingual:
    return Bilingual(en=text, ru="–")


def term(name: str, title: str, text: str, line: int = 0) -> Term:
    cites = (Citation(source="some", lines=(line or hash(name) % 10_000 + 2,)),)
    return Term(id=name, title=said(title), text=said(text), cites=cites)


def leads(question: str, *cards: Card, synonyms: tuple[tuple[str, ...], ...] = ()) -> list[str]:
    filling = tuple(term(f"other-{number}", f"Subject {number}", "something else entirely") for number in range(20))
    index = Index.build(Catalog(cards=(*filling, *cards), synonyms=synonyms))
    return [hit.card.id for hit in index.search(question).hits]


def test_a_word_in_the_title_counts_more_than_in_the_text() -> None:
    cards = term("text", "Papers", "a visa is a paper"), term("title", "Visa", "a paper at a border")
    assert leads("visa", *cards) == ["title", "text"]


def test_words_side_by_side_count_more_than_scattered_ones() -> None:
    cards = (
        term("scattered", "First", "agents went home and met many strange, foreign and unknown people"),
        term("together", "Second", "people went home and met many strange and unknown foreign agents"),
    )
    assert leads("foreign agents", *cards) == ["together", "scattered"]


def test_a_summary_does_not_lead_where_a_narrower_card_scores_near_it() -> None:
    summary = Summary(
        id="all", title=said("Borders all over"), points=(said("the border"),), body=said("border"), cites=CITES
    )
    assert leads("border", summary, term("narrow", "A border", "closed"))[0] == "narrow"
    assert leads("border", summary) == ["all"]


def test_a_phrase_of_the_synonyms_finds_another_way_to_say_it() -> None:
    card = term("loss", "The loss", "утечка мозгов of a country")
    groups = (("brain drain", "утечка мозгов"),)
    assert leads("brain drain", card, synonyms=groups) == ["loss"]
    assert leads("brian drain", card, synonyms=groups) == ["loss"]
    assert leads("brain drain", card) == []


def test_a_card_with_half_of_a_question_is_no_answer() -> None:
    assert leads("visa zebra", term("visa", "Passport", "a visa")) == []


def test_cards_of_one_kind_on_the_same_lines_stand_as_one() -> None:
    assert len(leads("visa", term("first", "Visa", "one", 7), term("second", "Visa", "two", 7))) == 1
    assert len(leads("visa", term("first", "Visa", "one", 7), term("second", "Visa", "two", 8))) == 2


def test_words_on_thousands_of_cards_still_find_the_card_where_they_meet() -> None:
    half = LONG + 200
    cards = [term(f"a-{number}", "Nothing", "alphabet " * 3) for number in range(half)]
    cards += [term(f"b-{number}", "Nothing", "betting " * 3) for number in range(half)]
    cards.insert(half, term("both", "Nothing", "alphabet, then much else, and finally betting"))
    index = Index.build(Catalog(cards=tuple(cards)))
    assert index.search("alphabet betting").hits[0].card.id == "both"
    assert index.search("alphabte betting").hits[0].card.id == "both"


def test_a_title_that_says_the_question_in_other_words_counts_as_one_that_says_it() -> None:
    cards = (
        term("mention", "Papers", "Whoever returned among the emigrants has no papers"),
        term("said", "Exiles come back", "a figure"),
    )
    groups = (("exile", "emigrant"), ("return", "come back"))
    assert leads("returned emigrants", *cards, synonyms=groups) == ["said", "mention"]


def test_a_card_that_mentions_two_everyday_words_far_apart_is_no_answer() -> None:
    text = "the power of parties grew for years in spite of what each of them had in a bank, wrote Kvartalov"
    far = term("far", "Parties", text)
    assert leads("power bank", far) == []
    assert leads("power bank", term("near", "Parties", "the power of a bank")) == ["near"]
    assert leads("power Kvartalov", far) == ["far"]


def test_words_that_only_ask_need_not_stand_on_a_card() -> None:
    card = term("meduza", "Meduza", "a website")
    assert leads("where is Meduza based", card) == leads("чем занимается Meduza", card) == ["meduza"]
