"""An unknown word is read as a form, a transliteration or a misspelling of a known one."""

import pytest

from bot.search.families import family
from bot.search.keyboard import switched
from bot.search.segmentation import segments
from bot.search.transliteration import sound_key
from bot.search.typos import NearWords, error_cost
from bot.search.vocabulary import KIN, SIBLING, Vocabulary
from bot.search.words import stem


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vsia", "visa"),
        ("visaa", "visa"),
        ("boarder", "border"),
        ("visq", "visa"),
        ("btain", "brain"),
        ("vrain", "brain"),
        ("вжиза", "виза"),
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
    assert sound_key("счета") == sound_key("scheta")


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


def test_in_a_word_of_three_letters_only_a_slip_is_forgiven() -> None:
    short = Vocabulary(["ban"])
    assert [meaning.term for meaning in short.near("bna")] == ["ban"]
    assert short.near("bam") == ()


def test_a_long_real_word_may_be_a_slip_of_a_name_but_not_of_another_word() -> None:
    known = Vocabulary(["тихановская", "conservation", "visa"])
    assert [meaning.surface for meaning in known.slips("тихоновская")] == ["тихановская"]
    assert known.slips("conversation") == known.slips("vista") == ()


def test_a_real_word_with_the_stem_of_another_is_hardly_that_one() -> None:
    known = Vocabulary(["calculation", "banned", "задержания"])
    assert known.meanings("calculator")[0].likeness == KIN
    assert known.meanings("banning")[0].likeness == 1
    assert known.meanings("задержанию")[0].likeness == 1
    assert known.meanings("задержанными")[0].likeness == SIBLING


def test_a_misspelt_russian_word_is_not_read_as_an_english_one_with_an_ending() -> None:
    assert Vocabulary(["program"]).sounds_like("программситы") == ()
    assert [meaning.term for meaning in Vocabulary(["program"]).sounds_like("програм")] == ["program"]


def test_a_word_written_onto_its_preposition_is_parted_from_it() -> None:
    known = Vocabulary(["русских", "виза"])
    assert segments("длярусских", known) == ("для", "русских")
    assert segments("новиза", known) == ()
