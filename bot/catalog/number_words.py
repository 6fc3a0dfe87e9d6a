"""The number words of English and Russian: what `figures` needs to read spelled numbers, in all their forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Word:
    """A number word: a pattern over all its forms, and what it means.

    `alone`: means a number without one before it ("a million"). `ordinal`: needs a count before it, since alone it is
    an ordinal ("third"). `factor`: what it is a share of, where the word says so itself («полмиллиона»). `tight`:
    counts only right behind a number (650k).
    """

    pattern: str
    value: Decimal
    alone: bool = True
    ordinal: bool = False
    factor: int = 0
    tight: bool = False


class Table:
    """A list of number words. Compared by identity, so that looking up is cheap to remember."""

    def __init__(self, *words: Word) -> None:
        self.words = words
        # One pattern for all: which group matched tells the word.
        self.pattern = re.compile("|".join(f"({word.pattern})" for word in words))


@lru_cache(maxsize=65_536)
def lookup(table: Table, word: str) -> Word | None:
    """Find a lower-case word, with ё written as е, in one of the tables below."""
    if not word or not word[0].isalpha():
        return None
    match = table.pattern.fullmatch(word)
    return table.words[match.lastindex - 1] if match and match.lastindex else None


NUMBERS = Table(
    Word("one|од(?:ин|н(?:а|о|ого|ой|ому|им|у|и|их))", Decimal(1)),
    Word("two|дв(?:а|е|ух|ум|умя)", Decimal(2)),
    Word("three|тр(?:и|ех|ем|емя)", Decimal(3)),
    Word("four|четыр(?:е|ех|ем|ьмя)", Decimal(4)),
    Word("five|пят(?:ь|и|ью)", Decimal(5)),
    Word("six|шест(?:ь|и|ью)", Decimal(6)),
    Word("seven|сем(?:ь|и|ью)", Decimal(7)),
    Word("eight|вос(?:емь|ьми|емью|ьмью)", Decimal(8)),
    Word("полтора|полторы|полутора", Decimal("1.5")),
    Word("nine|девят(?:ь|и|ью)", Decimal(9)),
    Word("ten(?:th)?|десят(?:ь|и|ью|ого|ом|ый|ая|ое|ую|ой|ых)", Decimal(10)),
    Word("eleven(?:th)?|одиннадцат.*", Decimal(11)),
    Word("twelve|twelfth|двенадцат.*", Decimal(12)),
    Word("thirteen(?:th)?|тринадцат.*", Decimal(13)),
    Word("fourteen(?:th)?|четырнадцат.*", Decimal(14)),
    Word("fifteen(?:th)?|пятнадцат.*", Decimal(15)),
    Word("sixteen(?:th)?|шестнадцат.*", Decimal(16)),
    Word("seventeen(?:th)?|семнадцат.*", Decimal(17)),
    Word("eighteen(?:th)?|восемнадцат.*", Decimal(18)),
    Word("nineteen(?:th)?|девятнадцат.*", Decimal(19)),
    Word("twenty|twenties|twentieth|двадцат.*", Decimal(20)),
    Word("thirty|thirties|thirtieth|тридцат.*", Decimal(30)),
    Word("forty|forties|fortieth|сорок(?:а|ов.*)?", Decimal(40)),
    Word("fifty|fifties|fiftieth|пят(?:ь|и|ью)десят.*", Decimal(50)),
    Word("sixty|sixties|sixtieth|шест(?:ь|и|ью)десят.*", Decimal(60)),
    Word("seventy|seventies|seventieth|сем(?:ь|и|ью)десят.*", Decimal(70)),
    Word("eighty|eighties|eightieth|вос(?:емь|ьми|емью|ьмью)десят.*", Decimal(80)),
    Word("ninety|nineties|ninetieth|девяност.*", Decimal(90)),
    Word("ст[оа]", Decimal(100)),
    Word("двести|двухсот|двумстам|двумястами|двухстах", Decimal(200)),
    Word("триста|трехсот|тремстам|тремястами|трехстах", Decimal(300)),
    Word("четыреста|четырехсот|четыремстам", Decimal(400)),
    Word("пятьсот|пятисот|пятистам", Decimal(500)),
    Word("шестьсот|шестисот|шестистам", Decimal(600)),
    Word("семьсот|семисот|семистам", Decimal(700)),
    Word("восемьсот|восьмисот|восьмистам", Decimal(800)),
    Word("девятьсот|девятисот|девятистам", Decimal(900)),
)
"""Numbers that add up: below ten they are figures only as part of a greater one."""

MULTIPLIERS = Table(
    Word("десяток", Decimal(10)),
    Word("десятк(?:а|ов|ами)", Decimal(10), alone=False),
    Word("dozen|дюжин(?:а|у|ы|е|ой)?", Decimal(12)),
    Word("hundred|сотн(?:я|ю|ей)", Decimal(100)),
    Word("сот(?:ни|ен|нями)", Decimal(100), alone=False),
    Word("thousand|тысяч[ауе]", Decimal(1000)),
    Word("тысяч(?:и|ей|ью|ам|ами|ах)?|тыс", Decimal(1000), alone=False),
    Word("k|к", Decimal(1000), alone=False, tight=True),
    Word("million|миллион(?:а|у|ом|е)?", Decimal(1_000_000)),
    Word("миллион(?:ы|ов|ам|ами|ах)|млн|mln", Decimal(1_000_000), alone=False),
    Word("m", Decimal(1_000_000), alone=False, tight=True),
    Word("billion|миллиард(?:а|у|ом|е)?", Decimal(1_000_000_000)),
    Word("миллиард(?:ы|ов|ам|ами|ах)|млрд|bn", Decimal(1_000_000_000), alone=False),
)
"""Words that multiply the number before them."""

VAGUE = Table(
    Word("tens|dozens|десятк(?:и|ов|ам|ами|ах)", Decimal(10)),
    Word("hundreds|сотн(?:и|ям|ями|ях)|сотен", Decimal(100)),
    Word("thousands|тысяч(?:и|ам|ами|ах)?", Decimal(1000)),
    Word("millions|миллион(?:ы|ов|ам|ами|ах)", Decimal(1_000_000)),
    Word("billions|миллиард(?:ы|ов|ам|ами|ах)", Decimal(1_000_000_000)),
)
"""Plurals that name no number, where no number stands before them."""

SHARES = Table(
    Word("half|halves|половин(?:а|ы|е|у|ой)", Decimal(2)),
    Word("пол(?:миллиона|умиллион.*)", Decimal(2), factor=1_000_000),
    Word("полтысячи", Decimal(2), factor=1000),
    Word("полу?(?:год|век|час)(?:а|у|ом|е|ами|ах|овой|овая|овое|ия|ие|ии)", Decimal(2)),
    Word("третей|третям|третями|третях|треть|трети", Decimal(3)),
    Word("thirds?", Decimal(3), ordinal=True),
    Word("quarters?", Decimal(4), ordinal=True),
    Word("четверт(?:ь|и|ью|ей)", Decimal(4)),
    Word("fifths?", Decimal(5), ordinal=True),
    Word("tenths?", Decimal(10), ordinal=True),
)
"""Shares of a whole."""

MULTIPLES = Table(
    Word("double|doubled|doubles|doubling|dual|twice|twofold|вдвое|дважды|удво.*|двукратн.*|двойн.*", Decimal(2)),
    Word("triple|tripled|triples|tripling|thrice|threefold|втрое|трижды|утро(?:и|ен|ю).*|трехкратн.*", Decimal(3)),
    Word("quadruple|quadrupled|fourfold|вчетверо|четырехкратн.*", Decimal(4)),
    Word("fivefold|впятеро|пятикратн.*", Decimal(5)),
    Word("tenfold|вдесятеро|десятикратн.*", Decimal(10)),
)
"""Multiples: how many times as much."""

_ENDS = "ый|ая|ое|ого|ой|ому|ую|ым|ом|ые|ых|ыми"
ORDINALS = Table(
    Word(f"first|перв(?:{_ENDS})", Decimal(1)),
    Word(f"second|втор(?:{_ENDS})", Decimal(2)),
    Word("third|трет(?:ий|ья|ье|ьего|ьей|ьему|ью|ьим|ьем|ьи|ьих|ьими)", Decimal(3)),
    Word(f"fourth|четверт(?:{_ENDS})", Decimal(4)),
    Word(f"fifth|пят(?:{_ENDS})", Decimal(5)),
    Word(f"sixth|шест(?:{_ENDS})", Decimal(6)),
    Word(f"seventh|седьм(?:{_ENDS})", Decimal(7)),
    Word(f"eighth|восьм(?:{_ENDS})", Decimal(8)),
    Word(f"ninth|девят(?:{_ENDS})", Decimal(9)),
    Word(f"десят(?:{_ENDS})", Decimal(10)),
)
"""Ordinals: they end a greater number ("twenty-first"), or name a part («пятая часть»)."""
