"""An unknown word is read as a form, a transliteration or a misspelling of a known one."""

import pytest

from bot.search.families import family
from bot.search.keyboard import switched
from bot.search.segmentation import segments
from bot.search.transliteration import sound_key
from bot.search.typos import NearWords, error_cost
from bot.search.vocabulary import Vocabulary
from bot.search.words import stem


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vsia", "visa"),
        ("visaa", "visa"),
        ("boarder", "border"),
        ("coaltion", "coalition"),
        ("emigratoin", "emigration"),
        ("коалицыя", "коалиция"),
        ("мобилизацыями", "мобилизация"),
        ("росияне", "россияне"),
        ("похищния", "похищение"),
        ("грнаицами", "граница"),
        ("oppozitsiia", "оппозиция"),
    ],
)
def test_a_typing_error_is_forgiven_in_any_form(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert not vocabulary.knows(typed)
    assert vocabulary.near(typed)[0].term == stem(meant)


@pytest.mark.parametrize("word", ["xqzv", "борщ", "dragon", "пингвин", "виноград"])
def test_another_word_is_not_read_as_a_known_one(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.near(word) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oppozitsiya", "оппозиция"),
        ("opposiciya", "оппозиция"),
        ("ekonomika", "экономика"),
        ("pohischenie", "похищение"),
        ("pokhishchenii", "похищение"),
        ("utechki", "утечка"),
        ("bezhenets", "беженец"),
    ],
)
def test_transliteration_is_read_whatever_its_system(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    found = vocabulary.sounds_like(typed) or vocabulary.near(typed)
    assert found[0].term == stem(meant)


def test_a_possible_form_that_was_never_met_is_known(vocabulary: Vocabulary) -> None:
    assert [meaning.term for meaning in vocabulary.forms("санкциями")] == [stem("санкции")]


def test_the_aspects_of_a_verb_are_one_family() -> None:
    assert family(stem("рассказывать")) == family(stem("рассказать"))
    assert family(stem("похищать")) == family(stem("похитить")) == family(stem("похищение"))
    assert family(stem("эмиграция")) == family(stem("эмигрировать")) == family(stem("эмигранты"))


def test_words_written_together_are_parted(vocabulary: Vocabulary) -> None:
    assert segments("braindrain", vocabulary) == ("brain", "drain")
    assert segments("утечкамозгов", vocabulary) == ("утечка", "мозгов")
    assert segments("drainofbrain", vocabulary) == ("drain", "of", "brain")
    assert segments("braindragon", vocabulary) == ()


def test_keys_give_the_other_layout_both_ways() -> None:
    assert switched("ghbpsd") == ("призыв",)
    assert switched("мшыф") == ("visa",)
    assert switched(",t;tyws")[0] == "беженцы"
    assert "виза" in switched("dbpf.")
    assert switched("виzа") == ()


def test_both_alphabets_share_a_key() -> None:
    assert sound_key("навальный") == sound_key("navalny") == sound_key("navalnyi")
    assert sound_key("журналисты") == sound_key("zhurnalisty")


def test_a_doubled_letter_is_nearer_than_another_word() -> None:
    assert error_cost("visaa", "visa") < error_cost("visb", "visa")
    assert error_cost("vsia", "visa") < error_cost("vita", "visa")
    assert error_cost("lisa", "visa") > error_cost("vima", "visa")


def test_near_words_differ_by_one_error_of_each_sort() -> None:
    words = ["visa", "vista", "border", "vis"]
    near = NearWords(words)
    assert {words[found.number] for found in near.one_error("vsia")} == {"visa"}
    assert {words[found.number] for found in near.one_error("visa")} == {"vista", "vis"}
    assert {words[found.number] for found in near.two_errors("bordre", 5)} == set()
    assert {words[found.number] for found in near.two_errors("brodre", 5)} == {"border"}
