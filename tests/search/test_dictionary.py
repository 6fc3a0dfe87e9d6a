"""Real words of both languages are known, misspelt ones are not."""

import pytest

from bot.search.dictionary import is_real, lemmas


@pytest.mark.parametrize("word", ["dog", "hotel", "percentage", "привет", "собаки", "уехавших", "еще", "елка"])
def test_a_real_word_is_known_in_any_form(word: str) -> None:
    assert is_real(word)


@pytest.mark.parametrize("word", ["vsia", "oposition", "assylum", "росияне", "коалицыя", "qwzxv", "ghbpsd", ""])
def test_a_misspelt_word_is_not(word: str) -> None:
    assert not is_real(word)


def test_all_lemmas_of_a_form_are_found_with_their_aspect() -> None:
    assert {lemma for lemma, _ in lemmas("стали")} == {"сталь", "стать"}
    assert any("perf" in grammar for lemma, grammar in lemmas("стали") if lemma == "стать")
    assert lemmas("visa") == lemmas("росияне") == frozenset()
