"""Tables as columns of letters and as lists."""

import pytest

from bot.layout.blocks import CardLink, Run, Table, italic, plain, text
from bot.layout.tables import as_letters, as_list, is_numeric


def test_a_small_table_stands_in_columns_with_numbers_flush_right() -> None:
    table = Table(("Country", "People"), ((text("Georgia"), text("60,000")), (text("Грузия"), text("1,100,000"))))
    assert as_letters(table, 30) == "Country     People\nGeorgia     60,000\nГрузия   1,100,000"


@pytest.mark.parametrize(
    "cell",
    [
        Run("x" * 30),
        Run("b", bold=True),
        Run("hit", mark=True),
        CardLink("c", "c"),
        Run("😀"),
        Run("שלום"),
        Run("漢"),
        Run("a\nb"),
    ],
)
def test_a_table_that_would_not_line_up_does_not(cell: Run | CardLink) -> None:
    assert as_letters(Table(("A", "B"), ((text("a"), (cell,)),)), 30) is None


def test_a_table_as_a_list_names_each_row_and_each_cell() -> None:
    table = Table(
        ("Country", "People", "As of"),
        ((text("Georgia"), text("60,000"), text("May")), (text("Armenia"), (), text("June"))),
    )
    lead, rows = as_list(table)
    assert lead is None
    assert [plain(row) for row in rows.items] == ["Georgia — People: 60,000 · As of: May", "Armenia — As of: June"]
    assert rows.items[0][0] == Run("Georgia", bold=True)


def test_with_two_columns_the_heads_are_said_once() -> None:
    lead, rows = as_list(Table(("Country", "People"), (((CardLink("Georgia", "ge"),), text("60,000")),)))
    assert lead is not None
    assert lead.content == (italic("Country — People"),)
    assert rows.items == ((CardLink("Georgia", "ge", bold=True), Run(" — "), Run("60,000")),)


def test_ragged_rows_and_missing_heads_lose_nothing() -> None:
    _, rows = as_list(Table(("A",), ((text("a"), text("b"), text("c")), ((), text("d")), ())))
    assert [plain(row) for row in rows.items] == ["a — b · c", "d", ""]


@pytest.mark.parametrize("cells", [["1", "2,000"], ["≈ 650 000", "12%"], ["820,000–920,000", ""]])
def test_numbers_are_known_as_such(cells: list[str]) -> None:
    assert is_numeric(cells)


@pytest.mark.parametrize("cells", [[], ["", " "], ["1", "many"], ["May 2023"]])
def test_words_are_no_numbers(cells: list[str]) -> None:
    assert not is_numeric(cells)
