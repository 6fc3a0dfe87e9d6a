"""What can be wrong with the content, each with its place. The words for it stand in the locales as `problem-…`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

_WORD_LENGTH = 300
"""Most characters of a word in a message: the longest list of choices has some 200."""


def _shortened(word: str) -> str:
    return word if len(word) <= _WORD_LENGTH else f"{word[: _WORD_LENGTH - 1]}…"


def kilobytes(count: int) -> int:
    """Bytes as a message gives them: in thousands, a thousand that was begun counted in full."""
    return -(-count // 1000)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: where, which kind (`code`), and the words that the message needs."""

    place: Place
    code: str
    words: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, place: Place, code: str, **words: object) -> Self:
        """Build a problem; the words become strings, shortened where somebody put a whole text into a key."""
        return cls(place, code, tuple((name, _shortened(str(word))) for name, word in sorted(words.items())))

    @property
    def message_key(self) -> str:
        """The key of its message in the locales: `unknown_key` is `problem-unknown-key`."""
        return "problem-" + self.code.replace("_", "-")

    def said(self, *, answer: bool = False) -> dict[str, str]:
        """What its message is made of: its words, and of what it is said (`of`), since another cure may be at hand.

        That is a `file`, or an `answer` in the chat, which stands in none.
        """
        return {**dict(self.words), "of": "answer" if answer else "file"}


class ProblemsError(Exception):
    """What an editor gave cannot be taken: the one exception of reading and rewriting, with every problem found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{each.place}: {each.code}" for each in problems))
        self.problems = problems
