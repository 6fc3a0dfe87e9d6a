"""Names on a line: the capitalised words, known by short hashes; a Russian one by its stem, for names are declined."""

from __future__ import annotations

import re
from hashlib import sha256

_HASH_LENGTH = 8
_NAME = re.compile(r"\b[A-ZА-ЯЁ][\w’'-]*\w")
_POSSESSIVE = re.compile(r"['’]s$")
_RUSSIAN = re.compile("[а-я]")
_SHORTEST = 2
"""Letters of a stem that stay, whatever they look like."""
_ENDING = re.compile(r"(?:[ое]го|[ое]му|[аеиоуыэюя]+(?:ми|м|х)|[аеиоуыэюяьй]+)$")
"""What a case may put behind a name: Выгот-ский, -ского, -скому; Олег, Олег-а, Олег-ом; Мар-ия, -ией."""
_FLEETING = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])[еоь](?=[вклнц]$)")
"""The vowel that some names lose where they are declined: Пав-е-л, Павла; Крав-е-ц, Кравца; Л-е-в, Льва."""


def name_words(text: str) -> tuple[str, ...]:
    """The capitalised words of a text, in Latin and in Russian letters."""
    return tuple(_NAME.findall(text))


def name_hash(word: str) -> str:
    """Hash of one word of a name: case, a possessive `'s`, and the case of a Russian word do not count."""
    plain = _POSSESSIVE.sub("", word.lower())
    if _RUSSIAN.search(plain):
        plain = "-".join(map(_stem, plain.replace("ё", "е").split("-")))
    return sha256(plain.encode()).hexdigest()[:_HASH_LENGTH]


def _stem(word: str) -> str:
    """What all cases of a name have in common: endings go as long as there is one, so that each form ends up there.

    It knows no word: Макс is a Максим to it, and men and women of one surname are the same.
    """
    while match := _ENDING.search(word):
        cut = max(match.start(), _SHORTEST)
        if cut >= len(word):
            break
        word = word[:cut]
    return _FLEETING.sub("", word) if len(word) > _SHORTEST else word
