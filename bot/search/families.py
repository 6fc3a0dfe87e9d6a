"""Word families: what stems share beyond an ending, such as the two aspects of a verb, or a verb and its noun."""

from __future__ import annotations

import re

from bot.search.words import is_cyrillic

SHORTEST = 5
"""Letters that a family must share at least: shorter roots join words that have nothing to do with each other."""

_ASPECT = "ыва|ива|ова|ева|ва|а|я|и|е|у|ну"
_VERBAL = rf"(?:ир)?(?:{_ASPECT})(?:вш|ющ|ущ|ащ|ящ|нн|н|л|т|ем|им|ть|ни)?|ен|ан|енн|анн|ени|ани"
_LEARNED = (
    "изац|изацион|изационн|ац|ацион|ационн|ион|ионн|ионер|ионерск|ант|антск|ент|ентск|ист|истск|истик|изм|"
    "ик|ическ|ичн|ичеств|ивн|ировк|ирован|изирован"
)
_NATIONAL = "ийск|ск|ц|анск|ян|янин|янск"
_ADJECTIVAL = "н|еск|ов|ост|к|ник|ниц|чик|щик|ств|тельн|льн|н[оа]ст"
_RUSSIAN = re.compile(rf"(.{{{SHORTEST},}}?)(?:{_VERBAL}|{_LEARNED}|{_NATIONAL}|{_ADJECTIVAL})")
_ENGLISH = re.compile(
    rf"(.{{{SHORTEST},}}?)(?:ian|ia|ean|an|a|ist|ism|ician|i|al|ic|it|ti|aci|at|atic|enc|anc|ent|ant|er|or|iv|ation|ment)"
)
_SOFTENED = (("щ", "т"), ("жд", "д"), ("вл", "в"), ("пл", "п"), ("бл", "б"), ("мл", "м"))


def family(stem: str) -> str:
    """The family of a stem: рассказыва and рассказа are both `рассказ`. A stem without a known suffix is its own."""
    cyrillic = is_cyrillic(stem)
    pattern = _RUSSIAN if cyrillic else _ENGLISH
    root = stem
    while match := pattern.fullmatch(root):
        root = match[1]
    if cyrillic:
        for soft, hard in _SOFTENED:
            if root.endswith(soft) and len(root) >= SHORTEST:
                return root.removesuffix(soft) + hard
    return root
