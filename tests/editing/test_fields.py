"""What an editor may change one field at a time, and how a message is read for it."""

from __future__ import annotations

import pytest

from bot.catalog.cards import BaseCard, Kind
from bot.catalog.checking import check
from bot.catalog.loading import Content
from bot.catalog.problems import ProblemsError
from bot.editing.fields import Field, Form, change_field, fields_of, located, parse
from tests.catalog.house import House


def field(house: House, card_id: str, name: str, language: str | None = None) -> Field:
    card = located(house.load(), card_id).card
    return next(each for each in fields_of(card) if each.name == name and each.language == language)


def test_each_text_of_each_shipped_card_can_be_changed(shipped: Content) -> None:
    kinds: set[Kind] = set()
    for entry in shipped.cards:
        fields = fields_of(entry.card)
        assert len({each.path for each in fields}) == len(fields)
        paths = {each.path for each in fields}
        assert {(*path, language) for path, _ in entry.card.texts() for language in ("en", "ru")} <= paths
        assert {path for path, _ in entry.card.values()} <= paths
        for each in fields:
            assert ((*entry.path, *each.path) in entry.document.values) == (each.value is not None), each
        kinds.add(entry.card.kind)
    assert kinds == set(Kind)


def test_every_optional_field_of_all_cards_is_among_them(house: House) -> None:
    shown = {str(each.path[0]) for each in fields_of(located(house.load(), "left-by-autumn").card)}
    assert set(BaseCard.model_fields) - shown == {"id", "formerly", "outside"}


def test_a_choice_names_its_values(house: House) -> None:
    assert field(house, "left-by-autumn", "bound").choices == (
        "at-least",
        "more-than",
        "at-most",
        "less-than",
        "nearly",
    )
    assert field(house, "anna-petrova", "type").choices == ("person", "organisation", "outlet", "state-body")


@pytest.mark.parametrize(
    ("form", "sent", "value"),
    [
        (Form.TEXT, "  A text.\n\nAnother - paragraph. ", "A text.\n\nAnother - paragraph."),
        (Form.NUMBER, "650 000", 650000),
        (Form.NUMBER, "650,000", 650000),
        (Form.NUMBER, "1\u00a0200\u202f000", 1200000),
        (Form.NUMBER, "0,5", "0.5"),
        (Form.NUMBER, "2/3", "2/3"),
        (Form.NUMBER, "many", "many"),
        (Form.DATE, "2024", 2024),
        (Form.DATE, "2024-05-01", "2024-05-01"),
        (Form.WORDS, "visa, #entry permit; виза\nborder,", ["visa", "entry permit", "виза", "border"]),
        (Form.FLAG, "Да", True),
        (Form.FLAG, "no", False),
        (Form.LINES, "34-36, 40", "34-36, 40"),
        (Form.ID, " anna-petrova ", "anna-petrova"),
    ],
)
def test_a_message_is_read_in_the_form_of_its_field(form: Form, sent: str, value: object) -> None:
    assert parse(Field(("x",), None, form, "old"), sent) == value


@pytest.mark.parametrize(("needed", "value"), [(False, None), (True, "")])
def test_a_dash_takes_out_what_is_optional(needed: bool, value: str | None) -> None:
    assert parse(Field(("x",), None, Form.TEXT, "old", needed=needed), "-") == value


def test_a_figure_is_corrected_from_a_message(house: House) -> None:
    files = {f"content/{name}": text.encode() for name, text in house.content.items()}
    high = field(house, "left-by-autumn", "high")
    name, data = change_field(house.load(), files, "left-by-autumn", high.path, parse(high, "900 000"))
    assert data.decode() == files["content/topics/numbers.yaml"].decode().replace("high: 920000", "high: 900000")
    house.content[name.removeprefix("content/")] = data.decode()
    assert [problem.code for problem in check(house.load())] == ["figure_not_on_line"]


def test_a_card_that_does_not_exist_is_named(house: House) -> None:
    with pytest.raises(ProblemsError, match="unknown_card"):
        change_field(house.load(), {}, "nobody", ("title", "en"), "x")
