"""Corrections: a figure said differently, in a statistic or a text; and what is none."""

from __future__ import annotations

from bot.catalog.corrections import Correction, Figures, corrections
from tests.catalog.house import House
from tests.catalog.test_history import NUMBERS, VISA, told, with_visa

SHE_COUNTED = "text: {en: She counted those who left., ru: Она сосчитала уехавших.}"


def saying(english: str, russian: str) -> House:
    return House().change(NUMBERS, SHE_COUNTED, f'text: {{en: "{english}", ru: "{russian}"}}')


def found(*houses: House) -> tuple[Correction, ...]:
    return corrections(told(*houses).news)


def corrected(high: str) -> House:
    return House().change(NUMBERS, "high: 920000", f"high: {high}")


def test_a_statistic_with_another_figure_is_corrected_from_old_to_new() -> None:
    (correction,) = found(House(), corrected("900000"))
    assert correction.card == "left-by-autumn"
    assert correction.figure
    assert (correction.figure.old.high, correction.figure.new.high) == ("920000", "900000")


def test_of_two_corrections_the_first_old_and_the_last_new_figure_count() -> None:
    (correction,) = found(House(), corrected("900000"), corrected("880000"))
    assert correction.figure
    assert (correction.figure.old.high, correction.figure.new.high) == ("920000", "880000")


def test_a_figure_that_came_back_is_none() -> None:
    assert found(House(), corrected("900000"), House()) == ()


def test_another_figure_in_a_text_is_a_correction_in_that_language_only() -> None:
    (correction,) = found(saying("15 percent left.", "15 процентов."), saying("15 percent left.", "16 процентов."))
    assert correction.figure is None
    assert correction.texts == {"ru": Figures(("15",), ("16",))}
    assert correction.concerns("ru")
    assert not correction.concerns("en")


def test_the_same_figure_in_another_writing_is_none() -> None:
    assert found(saying("650,000 left.", "Уехало 650 000."), saying("650 thousand left.", "Уехало 650 тысяч.")) == ()


def test_another_wording_is_none() -> None:
    assert found(House(), saying("She counted everybody.", "Она сосчитала всех.")) == ()


def test_a_figure_added_or_left_out_is_none() -> None:
    assert found(House(), saying("She counted 15 percent.", "Она сосчитала 15 процентов.")) == ()
    assert found(saying("She counted 15 percent.", "Она сосчитала 15 процентов."), House()) == ()


def test_a_figure_that_moved_to_another_text_is_none() -> None:
    before = saying("Of them 15 percent.", "Из них 15 процентов.")
    after = saying("Of them 20 percent.", "Из них 20 процентов.").change(
        NUMBERS, "population: {en: everyone who left,", "population: {en: 15 percent of all,"
    )
    assert found(before, after)[0].texts == {"ru": Figures(("15",), ("20",))}


def test_only_the_figures_that_changed_are_named() -> None:
    (correction,) = found(
        saying("In 2023, 15 percent left.", "В 2023 году 15 процентов."),
        saying("In 2023, 25 percent left.", "В 2023 году 25 процентов."),
    )
    assert correction.texts["en"] == Figures(("15",), ("25",))


def test_words_under_which_a_card_is_found_do_not_count() -> None:
    one = House().change(NUMBERS, SHE_COUNTED, SHE_COUNTED + "\n    tags: {en: [1917], ru: [1917]}")
    other = House().change(NUMBERS, SHE_COUNTED, SHE_COUNTED + "\n    tags: {en: [1918], ru: [1918]}")
    assert found(one, other) == ()


def test_a_card_withdrawn_since_is_none() -> None:
    entry = VISA.replace("A permit.", "Of 15 pages.").replace("Разрешение.", "Из 15 страниц.")
    changed = entry.replace("15", "16")
    assert found(with_visa(entry), with_visa(changed))
    assert found(with_visa(entry), with_visa(changed), House()) == ()


def test_a_card_corrected_and_then_given_another_id_is_corrected_under_that() -> None:
    entry = VISA.replace("A permit.", "Of 15 pages.").replace("Разрешение.", "Из 15 страниц.")
    changed = entry.replace("15", "16")
    renamed = changed.replace("id: visa", "id: permit\n    formerly: [visa]")
    (correction,) = found(with_visa(entry), with_visa(changed), with_visa(renamed))
    assert (correction.card, correction.texts["en"]) == ("permit", Figures(("15",), ("16",)))
