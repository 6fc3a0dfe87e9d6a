"""Words become comparable whatever they are written with."""

import pytest

from bot.search.words import MAX_WORD, normalise, normalise_word, stem, tokens


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ёлка", "елка"),
        ("émigré", "emigre"),
        ("ЙОД", "йод"),
        ("rock’n’roll", "rocknroll"),
        ("ＶＩＳＡ", "visa"),
        ("пу́тин", "путин"),
        ("soft\u00adhyphen", "softhyphen"),
        ("IT", "it·"),
        ("it", "it"),
    ],
)
def test_case_accents_and_marks_inside_a_word_do_not_count(written: str, read: str) -> None:
    assert normalise_word(written) == read


def test_look_alike_letters_of_the_other_alphabet_are_put_right() -> None:
    assert normalise_word("pоccия") == "россия"
    assert normalise_word("vis\u0430") == "visa"


@pytest.mark.parametrize(
    "forms",
    [
        "эмигранты эмигрантов эмигранту эмигрантами",
        "беженец беженцы беженцев беженцам",
        "рынок рынка рынки",
        "вернуться вернулись вернувшихся вернувшийся",
        "визы виза визами",
        "Казахстан Казахстана Казахстаном",
        "телеканал телеканала телеканалы",
        "emigrate emigrating emigrated",
        "leave left leaves leaving",
        "люди людей человек",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(normalise_word(form)) for form in forms.split()}) == 1


def test_hyphens_slashes_and_hashtags_part_words() -> None:
    assert normalise("#визы anti-war/ОВД-Инфо") == "визы anti war овд инфо"


def test_a_token_knows_its_place_and_what_it_is_tied_to() -> None:
    text = "the anti-war movement"
    found = list(tokens(text))
    assert [text[token.start : token.end] for token in found] == ["the", "anti", "war", "movement"]
    assert [token.tied for token in found] == [False, False, True, False]
    assert [token.filler for token in found] == [True, False, False, False]


def test_a_word_without_end_is_cut() -> None:
    assert len(normalise_word("a" * 1_000_000)) == MAX_WORD
