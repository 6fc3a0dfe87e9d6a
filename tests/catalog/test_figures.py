from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.figures import canonical, figure_values, find_figures

SAME = [
    # digits and their separators
    ("820,000", "820 000", "820000"),
    ("820,000", "820\u00a0000", "820000"),
    ("820,000", "820\u202f000", "820000"),
    ("1,000,000", "1 000 000", "1000000"),
    ("2000", "2 тысячи", "2000"),
    ("3.5", "3,5", "3.5"),
    ("$500", "500 долларов", "500"),
    ("15%", "15 %", "15"),
    ("15 percent", "15 процентов", "15"),
    ("19,747 cases", "19 747 дел", "19747"),
    ("Article 207.3", "статья 207.3", "207.3"),
    # multipliers
    ("650,000", "650 тысяч", "650000"),
    ("650k", "650 тыс.", "650000"),
    ("0.65 million", "0,65 млн", "650000"),
    ("1.5 million", "полтора миллиона", "1500000"),
    ("1.5m", "полутора миллионов", "1500000"),
    ("1,500", "полторы тысячи", "1500"),
    ("one and a half million", "1,5 миллиона", "1500000"),
    ("two and a half million", "два с половиной миллиона", "2500000"),
    ("half a million", "полмиллиона", "500000"),
    ("almost half a million", "почти полумиллиона", "500000"),
    ("a quarter of a million", "четверть миллиона", "250000"),
    ("three quarters of a million", "три четверти миллиона", "750000"),
    ("a million", "миллион", "1000000"),
    ("about a million", "около миллиона", "1000000"),
    ("one million two hundred thousand", "миллион двести тысяч", "1200000"),
    ("$1.5bn", "1,5 млрд", "1500000000"),
    ("140 million", "сто сорок миллионов", "140000000"),
    ("500", "полтысячи", "500"),
    ("1000", "тысячу", "1000"),
    ("two thousand", "двумя тысячами", "2000"),
    # number words
    ("ten", "десять", "10"),
    ("twenty-five", "двадцати пяти", "25"),
    ("sixty-four", "шестьдесят четыре", "64"),
    ("one hundred and fifty", "сто пятьдесят", "150"),
    ("five hundred thousand", "пятьсот тысяч", "500000"),
    ("nineteen months", "девятнадцать месяцев", "19"),
    ("fifteen percent", "пятнадцать процентов", "15"),
    ("a hundred", "сотня", "100"),
    ("seven hundred", "семь сотен", "700"),
    ("a dozen", "дюжина", "12"),
    ("two dozen", "две дюжины", "24"),
    ("ten people", "десяток человек", "10"),
    ("twenty", "два десятка", "20"),
    ("one in ten", "каждый десятый", "10"),
    ("a year and a half", "полтора года", "1.5"),
    ("four and a half hours", "четыре с половиной часа", "4.5"),
    # shares
    ("half", "половина", "1/2"),
    ("half a year", "полгода", "1/2"),
    ("half a century", "полвека", "1/2"),
    ("a third", "треть", "1/3"),
    ("one third", "одну треть", "1/3"),
    ("two-thirds", "две трети", "2/3"),
    ("two thirds", "двух третей", "2/3"),
    ("2/3", "2/3", "2/3"),
    ("a quarter", "четверть", "1/4"),
    ("three-quarters", "три четверти", "3/4"),
    ("a fifth", "пятая часть", "1/5"),
    ("two fifths", "2/5", "2/5"),
    ("a tenth", "десятая часть", "1/10"),
    # multiples
    ("doubled", "удвоилось", "x2"),
    ("twice as many", "вдвое больше", "x2"),
    ("arrested twice", "дважды задержан", "x2"),
    ("2 times as many", "в 2 раза больше", "x2"),
    ("dual citizenship", "двойное гражданство", "x2"),
    ("tripled", "втрое", "x3"),
    ("four times higher than", "в четыре раза выше", "x4"),
    ("ten times more", "в десять раз больше", "x10"),
    ("tenfold", "вдесятеро", "x10"),
    # plurals that name no number
    ("thousands of people", "тысячи людей", "1000s"),
    ("several thousand", "несколько тысяч", "1000s"),
    ("a few thousand", "несколько тысяч", "1000s"),
    ("several dozen", "несколько десятков", "10s"),
    ("dozens", "десятки", "10s"),
    ("hundreds", "сотни", "100s"),
    ("millions", "миллионы", "1000000s"),
    ("tens of thousands", "десятков тысяч", "10s*1000s"),
    ("hundreds of thousands", "сотни тысяч", "100s*1000s"),
    # centuries, decades, ages, ordinals
    ("19th century", "XIX век", "19"),
    ("nineteenth century", "19-й век", "19"),
    ("the 19th century", "в девятнадцатом веке", "19"),
    ("twenty-first century", "XXI век", "21"),
    ("21st century", "двадцать первый век", "21"),
    ("the 1990s", "в 1990-х", "1990"),
    ("the nineties", "девяностые", "90"),
    ("a 50-year-old", "50-летний", "50"),
    ("1991", "тысяча девятьсот девяносто первый", "1991"),
    ("50th", "пятидесятый", "50"),
]


@pytest.mark.parametrize(("english", "russian", "value"), SAME)
def test_what_both_languages_say_is_one_figure(english: str, russian: str, value: str) -> None:
    assert figure_values(english) == figure_values(russian) == {value}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("820,000 to 920,000", {"820000", "920000"}),
        ("820 to 920 thousand", {"820000", "920000"}),
        ("between 820 and 920 thousand", {"820000", "920000"}),
        ("от 820 до 920 тысяч", {"820000", "920000"}),
        ("между 820 и 920 тысячами", {"820000", "920000"}),
        ("820–920 тысяч", {"820000", "920000"}),
        ("60-70 тысяч", {"60000", "70000"}),
        ("one to two million", {"1000000", "2000000"}),
        ("от одного до двух миллионов", {"1000000", "2000000"}),
        ("двадцать-тридцать", {"20", "30"}),
        ("aged 18 to 45", {"18", "45"}),
        ("2022–2023", {"2022", "2023"}),
        ("9 января 2025 года", {"9", "2025"}),
        ("XIX–XX вв.", {"19", "20"}),
        ("in the XIX and XX centuries", {"19", "20"}),
        ("24/7", {"24", "7"}),
        ("первое полугодие 2022", {"1/2", "2022"}),
    ],
)
def test_a_range_gives_both_of_its_ends(text: str, values: set[str]) -> None:
    assert figure_values(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("пятьсот или тысяча", {"500", "1000"}),
        ("500 to a thousand", {"500", "1000"}),
        ("from one to a million", {"1000000"}),
        ("between one hundred and five hundred", {"100", "500"}),
    ],
)
def test_a_multiplier_that_is_a_number_itself_is_not_shared(text: str, values: set[str]) -> None:
    assert figure_values(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("В 2022, тысячи уехали", {"2022", "1000s"}),
        ("in the twenties, five of them", {"20"}),
        ("In 2022.\n\nМиллионы", {"2022", "1000000s"}),
        ("2022 к власти", {"2022"}),
        ("5 к 10", {"5", "10"}),
        ("a hundred. Fifty", {"100", "50"}),
        ("five twenty", {"20"}),
    ],
)
def test_numbers_on_both_sides_of_a_stop_stay_two(text: str, values: set[str]) -> None:
    assert figure_values(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two, three and nine of them",
        "две, три и девять",
        "третий",
        "the third time",
        "a third country",
        "a third party",
        "в третьей стране",
        "в первой части",
        "a second time",
        "Second World War",
        "Пол Старобин",
        "Полом Старобиным",
        "Paul",
        "Тоомас Ильвес",
        "Стамбул",
        "столица",
        "стол",
        "миллионер",
        "тысячелетие",
        "получать",
        "полезный",
        "I am",
        "X",
        "V",
        "Александр II",
        "World War II",
        "K",
        "один раз",
        "four times arrested",
        "четыре раза",
        "семья",
        "Пятый канал",
        "²",
    ],
)
def test_what_only_looks_like_a_number_is_no_figure(text: str) -> None:
    assert figure_values(text) == set()


def test_a_digit_below_ten_is_a_figure_and_a_word_is_not() -> None:
    assert figure_values("9 of nine") == figure_values("9 из девяти") == {"9"}


def test_a_figure_says_how_and_where_it_is_written() -> None:
    text = "By then 650 тысяч had left, two-thirds of them young."
    assert [(found.value, found.written) for found in find_figures(text)] == [
        ("650000", "650 тысяч"),
        ("2/3", "two-thirds"),
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [("1.50", "1.5"), ("100", "100"), ("1E+6", "1000000"), ("0.10", "0.1"), ("3.00", "3"), ("0", "0")],
)
def test_a_number_is_written_without_exponent_and_idle_zeros(number: str, written: str) -> None:
    assert canonical(Decimal(number)) == written


def grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


@given(st.integers(0, 10**15 - 1), st.sampled_from([",", " ", "\u00a0", "\u202f", ""]))
def test_any_number_is_the_same_with_every_separator(number: int, separator: str) -> None:
    assert figure_values(f"about {grouped(number, separator)} people") == {str(number)}


@given(st.integers(1, 999), st.sampled_from(["thousand", "тысяч", "тыс.", "k", "к"]))
def test_any_number_of_thousands_is_the_same_in_words_and_digits(count: int, word: str) -> None:
    written = f"{count}{word}" if len(word) == 1 else f"{count} {word}"
    assert figure_values(written) == {str(count * 1000)} == figure_values(f"{count},000")


@given(st.decimals("0.01", "999.99", places=2), st.sampled_from(["million", "миллиона", "млн"]))
def test_any_fraction_of_millions_is_the_same_in_both_languages(count: Decimal, word: str) -> None:
    expected = {canonical(count * 1_000_000)}
    assert figure_values(f"{count} {word}") == expected == figure_values(f"{str(count).replace('.', ',')} {word}")


ENGLISH = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
RUSSIAN = ["", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
ENGLISH_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
RUSSIAN_TENS = [
    *("", "", "двадцать", "тридцать", "сорок", "пятьдесят"),
    *("шестьдесят", "семьдесят", "восемьдесят", "девяносто"),
]
RUSSIAN_HUNDREDS = [
    *("", "сто", "двести", "триста", "четыреста", "пятьсот"),
    *("шестьсот", "семьсот", "восемьсот", "девятьсот"),
]


@given(st.integers(0, 9), st.integers(2, 9), st.integers(0, 9), st.sampled_from(["", " thousand", " million"]))
def test_a_spelled_number_is_the_same_in_both_languages(hundreds: int, tens: int, ones: int, scale: str) -> None:
    value = (hundreds * 100 + tens * 10 + ones) * {"": 1, " thousand": 1000, " million": 10**6}[scale]
    english = f"{ENGLISH_TENS[tens]}{'-' if ones else ''}{ENGLISH[ones]}{scale}"
    english = f"{ENGLISH[hundreds]} hundred and {english}" if hundreds else english
    russian = " ".join(filter(None, (RUSSIAN_HUNDREDS[hundreds], RUSSIAN_TENS[tens], RUSSIAN[ones])))
    russian += {"": "", " thousand": " тысяч", " million": " миллионов"}[scale]
    assert figure_values(english) == {str(value)} == figure_values(russian)


WORDS = [
    *("one", "ten", "twenty", "hundred", "thousand", "million", "half", "third", "a", "and", "of", "times", "as", "to"),
    *("два", "сто", "двадцать", "тысячи", "миллион", "половиной", "треть", "с", "в", "раза", "от", "до", "часть", "XX"),
    *("век", "-", "–", "/", "2/3", "1,5", "2022", "820 000", "k", "к", ",", ".", "\n\n", "²", "½", "٣", "0", "к"),
    "9" * 40,
]


@given(
    st.text()
    | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
    | st.lists(st.sampled_from(WORDS)).map("".join)
)
def test_no_text_breaks_the_reading_and_every_figure_lies_in_it(text: str) -> None:
    behind = 0
    for figure in find_figures(text):
        assert behind <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.written
        assert figure.value
        behind = figure.end


@pytest.mark.parametrize(
    "behind", ["", " and five", " hundred and five", " first", " пять", "/3", " in three", " k", " of"]
)
@pytest.mark.parametrize("number", ["9" * 40, "1" + "0" * 40, "1," + "0" * 40, f"{10**40:,}"])
def test_a_number_longer_than_anybody_counts_breaks_nothing(number: str, behind: str) -> None:
    for before in ("", "one in ", "every ", "a third of ", "два из "):
        assert find_figures(f"{before}{number}{behind}. And 5 more.")[-1].value == "5"


@pytest.mark.parametrize(
    "piece", ["hundred ", "million ", "9", "9 ", "1,", "one ", "тысячи ", "a ", "I", "2-", "of ", "x"]
)
def test_a_long_text_takes_no_more_than_its_length_in_time(piece: str) -> None:
    begin = time.process_time()
    find_figures(piece * 20_000)
    assert time.process_time() - begin < 10
