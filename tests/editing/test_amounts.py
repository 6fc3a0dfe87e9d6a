"""How many, as editors copy it from a line: one figure or one range is a number, and words are words."""

from __future__ import annotations

import pytest

from bot.editing.amounts import Amount, read_amount


@pytest.mark.parametrize(
    ("sent", "amount"),
    [
        ("820 000", Amount(("820 000",))),
        ("820,000-920,000", Amount(("820,000", "920,000"))),
        ("45 %", Amount(("45",))),
        ("2/3", Amount(("2/3",))),
        ("3,4", Amount(("3,4",))),
        ("около 3400", Amount(("3400",), about=True)),
        ("3400 человек", Amount(("3400",))),
        ("Около 3400 человек, по подсчетам комитета", Amount(("3400",), about=True)),
        ("12 тысяч", Amount(("12000",))),
        ("двенадцать тысяч", Amount(("12000",))),
        ("820-920 тысяч", Amount(("820000", "920000"))),
        ("от 820 до 920 тысяч", Amount(("820000", "920000"))),
        ("между 820 и 920 тысячами", Amount(("820000", "920000"))),
        ("between 820 and 920 thousand", Amount(("820000", "920000"))),
        ("примерно 800 тысяч – 1 млн", Amount(("800000", "1000000"), about=True)),
        ("65% – 70%", Amount(("65", "70"))),
        ("3,4 млн", Amount(("3400000",))),
        ("65 процентов", Amount(("65",))),
        ("~3400", Amount(("3400",), about=True)),
        ("≈ 3400", Amount(("3400",), about=True)),
        ("3400?", Amount(("3400",))),
        ("about 1,200 people", Amount(("1200",), about=True)),
        ("some 1,200 people", Amount(("1200",), about=True)),
        ("two-thirds", Amount(("2/3",))),
        ("две трети", Amount(("2/3",))),
        ("полтора миллиона", Amount(("1500000",))),
        ("десятки тысяч", Amount()),
        ("около тысячи", Amount(about=True)),
        ("вдвое больше", Amount()),
        ("nine out of ten", Amount()),
        ("9 из 10", Amount()),
        ("девять из десяти", Amount()),
        ("каждый десятый", Amount()),
        ("nobody knows", Amount()),
        ("3400 человек в 2023 году", Amount(several=("3400", "2023"))),
        ("3400 in 2023", Amount(several=("3400", "2023"))),
        ("two-thirds of 3400", Amount(several=("2/3", "3400"))),
        ("от 920 до 820", Amount(several=("920", "820"))),
    ],
)
def test_one_figure_or_one_range_is_a_number(sent: str, amount: Amount) -> None:
    assert read_amount(sent) == amount
