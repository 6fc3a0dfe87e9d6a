"""What the index before was made of: the next one takes from it whatever is the same, and is equal to one made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from bot.search.synonyms import Synonyms
from bot.search.texts import Text
from bot.search.vocabulary import Vocabulary

MOST_WORDS = 300_000
"""Most words of all texts that are remembered, some 10 MB: several times those of today's content."""

Groups = tuple[Sequence[str], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an index was made of: its texts as they were read by these groups of synonyms, and its vocabulary."""

    texts: Mapping[str, Text] = field(default_factory=dict)
    groups: Groups = ()
    vocabulary: Vocabulary | None = None


class Memory:
    """The index that was built last. Threads may share it: what is kept never changes, and is replaced as a whole."""

    def __init__(self, most: int = MOST_WORDS) -> None:
        self.most = most
        self.kept = Kept()


class Making:
    """One index in the making: each of its texts is read once, and what the index before had is taken from it."""

    def __init__(self, groups: Groups, synonyms: Synonyms, memory: Memory) -> None:
        self._groups, self._synonyms, self._memory = groups, synonyms, memory
        self._before = memory.kept
        self._texts: dict[str, Text] = {}

    def read(self, text: str) -> Text:
        """A text that is read."""
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = self._found(text)
        return found

    def _found(self, text: str) -> Text:
        before = self._before.texts.get(text)
        if before is None:
            return Text.of(text, self._synonyms)
        return before if self._before.groups == self._groups else before.by(text, self._synonyms)

    def vocabulary(self, words: Set[str]) -> Vocabulary:
        """The vocabulary of these words. With it all is made, and remembered unless it is too much."""
        before = self._before.vocabulary
        found = before if before and before.holds(words) else Vocabulary(words, before)
        small = sum(len(text.words) for text in self._texts.values()) <= self._memory.most
        self._memory.kept = Kept(self._texts, self._groups, found) if small else Kept()
        return found
