"""The two aspects of Russian verbs: from an infinitive to what both partners share (рассказывать, рассказать)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

SHORTEST = 3
"""Letters of a root whose end may be hardened: ждать has nothing to do with деть."""
REFLEXIVE = re.compile(r"(?<=[ьи])(?:ся|сь)$")
_SOFTENED = (
    ("вл", "в"), ("пл", "п"), ("бл", "б"), ("мл", "м"), ("фл", "ф"), ("жд", "д"), ("щ", "ст"), ("щ", "т"), ("ж", "д"),
    ("ж", "з"), ("ж", "г"), ("ш", "с"), ("ш", "х"), ("ч", "т"), ("ч", "к"), ("ск", "ст"), ("ольн", "ол"),
)  # fmt: skip
"""How the end of an imperfective's root may be softened: заявл-ять, заяв-ить; посещ-ать, посет-ить."""
_ENDINGS = (
    (re.compile(r"(.+)[ыи]вать"), ("ать", "ить", "еть", "ять", "нуть", "оть")),
    (re.compile(r"(.+[аеоуыия])вать"), ("ть",)),
    (re.compile(r"(.+)[ая]ть"), ("ить", "нуть", "еть", "чь", "сти", "ть")),
    (re.compile(r"(.+)[бгдкпст]ать"), ("нуть",)),
)
_PREFIX = (
    r"(взо|вз|воз|вос|во|в|вы|до|за|изо|из|ис|на|низ|надо|над|обо|об|о|ото|от|пере|подо|под|по|пред|пре|при|про|разо|"
    r"раз|рас|со|с|у)ъ?"
)
_ROOTS = {
    "езжать": "ехать", "ходить": "йти", "нимать": "нять", "бирать": "брать", "зывать": "звать", "водить": "вести",
    "возить": "везти", "носить": "нести", "сылать": "слать", "гонять": "гнать", "лагать": "ложить",
    "кладывать": "ложить", "ставать": "стать", "бегать": "бежать", "жидать": "ждать", "мирать": "мереть",
    "пирать": "переть", "чинать": "чать", "жигать": "жечь", "могать": "мочь", "текать": "течь", "секать": "сечь",
    "падать": "пасть", "рывать": "рвать", "летать": "лететь", "лезать": "лезть", "ползать": "ползти", "рекать": "речь",
    "растать": "расти", "стигать": "стичь", "клинать": "клясть", "цветать": "цвести",
}  # fmt: skip
"""Roots that change more than their end, behind a prefix."""
_PREFIXED = re.compile(rf"{_PREFIX}({'|'.join(_ROOTS)})")
_WHOLE = re.compile(rf"{_PREFIX}(нять|брать|звать|слать|гнать|ждать|йти|жечь|рвать|переть|мереть|стать|бежать|ехать)")
_PAIRS = """
    говорить сказать, брать взять, класть положить, искать найти, ловить поймать, садить сесть, возвращать вернуть,
    возвратить вернуть, становить стать, ложить лечь, писать написать, делать сделать, строить построить,
    читать прочитать, прочесть прочитать, видеть увидеть, слышать услышать, слушать послушать, смотреть посмотреть,
    терять потерять, платить заплатить, звонить позвонить, готовить подготовить, подготавливать подготовить,
    красть украсть, бить побить, рушить разрушить, гибнуть погибнуть, ехать поехать, мочь смочь, хотеть захотеть,
    спасать спасти, приходить прийти, придти прийти, уходить уйти, пугать испугать, учить научить, верить поверить,
    просить попросить, благодарить поблагодарить, обещать пообещать, мстить отомстить, влиять повлиять,
    воровать украсть, грозить пригрозить, жаловаться пожаловаться, шутить пошутить, требовать потребовать,
    публиковать опубликовать, регистрировать зарегистрировать, бояться испугаться, финансировать профинансировать,
    критиковать раскритиковать, прятать спрятать, бросать бросить, тратить потратить, страдать пострадать,
    обвинять обвинить, травить отравить, судить осудить, теснить вытеснить, рисковать рискнуть,
    ошибаться ошибиться, лгать солгать, менять поменять, стареть устареть, расти вырасти, крепнуть окрепнуть,
    слабеть ослабеть, умирать умереть, покупать купить, стрелять выстрелить, голосовать проголосовать,
    создавать создать, узнавать узнать, заставать застать, попадать попасть, сбивать сбить, петь спеть,
    сажать посадить
    """
_OTHERWISE = {pair.split()[0]: pair.split()[1] for pair in _PAIRS.split(",")}
"""Partners that no rule of endings joins: another root, or a prefix that adds nothing."""


def partners(infinitive: str, is_word: Callable[[str], bool] | None = None) -> frozenset[str]:
    """What stands for a verb of either aspect: itself and, of an imperfective one, the perfective that it may go with.

    `is_word` says whether an infinitive exists; a perfective verb needs none. Reflexive verbs stand with those that are
    not.
    """
    plain = REFLEXIVE.sub("", infinitive)
    if plain in _OTHERWISE:
        return frozenset((plain, _OTHERWISE[plain]))
    if is_word is None:
        return frozenset((_joined(plain),))
    found = {one for one in _candidates(plain) if is_word(one) or (plain != infinitive and is_word(one + "ся"))}
    return frozenset(map(_joined, (plain, *found)))


def _joined(infinitive: str) -> str:
    """A verb under one writing of its prefix (собрать, собирать) or, where it has another partner, under that."""
    if infinitive in _OTHERWISE:
        return _OTHERWISE[infinitive]
    if match := _WHOLE.fullmatch(infinitive):
        return (match[1].removesuffix("о") or match[1]) + match[2]
    return infinitive


def _candidates(infinitive: str) -> Iterator[str]:
    if match := _PREFIXED.fullmatch(infinitive):
        prefix, root = match[1], _ROOTS[match[2]]
        yield from (prefix + link + root for link in ("", "о", "ъ"))
    for pattern, endings in _ENDINGS:
        if match := pattern.fullmatch(infinitive):
            yield from (root + ending for root, ending in product(_roots(match[1]), endings))


def _roots(root: str) -> Iterator[str]:
    """A root as it stands, with its end hardened, and with its last а as о (спрашивать, спросить)."""
    hardened = (root.removesuffix(soft) + hard for soft, hard in _SOFTENED if root.endswith(soft))
    for end in (root, *(end for end in hardened if len(end) >= SHORTEST)):
        yield end
        place = max(end.rfind("а"), end.rfind("я"))
        if place > 0 and end[place] == "а" and not set(end[place + 1 :]) & set("аеиоуыэюя"):
            yield end[:place] + "о" + end[place + 1 :]
