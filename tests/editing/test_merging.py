"""Two changes of one file: both stand in it where they touch different cards or fields, whoever came first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.catalog.bundle import Bundle
from bot.editing.merging import merge, merged
from tests.catalog.house import GLOSSARY, TOPIC

FILE = "content/glossary.yaml"
BASE = f"""\
# The words that readers may not know.
{GLOSSARY}\
  # Of those who stay.
  - id: stayers
    title: {{en: Those who stay, ru: Оставшиеся}}  # not “the rest”
    text:
      en: >-
        People who did not leave, for whatever
        reason.
      ru: Те, кто не уехал.
    cites: [{{source: count-2023, lines: "1"}}]
  - id: return
    title: {{en: Return, ru: Возвращение}}
    text: {{en: Coming back., ru: Приезд обратно.}}
    cites: [{{source: count-2023, lines: "3"}}]
"""
CENSUS = """\
  - id: census
    title: {en: Census, ru: Перепись}
    text: {en: A count., ru: Подсчет.}
    cites: [{source: count-2023, lines: "3"}]
"""
YOUNG = """\
  - id: young
    title: {en: Young, ru: Молодые}
    text: {en: People under 45., ru: Люди моложе 45.}
    cites: [{source: count-2023, lines: "3"}]
"""
RETURN = BASE[BASE.index("  - id: return") :]
CHANGES: dict[str, Callable[[str], str]] = {
    "a card is added": lambda text: text + CENSUS,
    "another is added": lambda text: text + YOUNG,
    "a text is changed": lambda text: text.replace("Life outside", "Life away from"),
    "it is changed in the other language": lambda text: text.replace("Жизнь вне", "Жизнь за пределами"),
    "a folded text is changed": lambda text: text.replace("for whatever", "whatever the"),
    "a card is taken out": lambda text: text.replace(RETURN, ""),
}
MOVED = BASE.replace("terms:", "terms:\n" + CENSUS.rstrip("\n"))


def joined(ours: str, theirs: str, base: str = BASE) -> str | None:
    found = merged(base.encode(), theirs.encode(), ours.encode(), FILE)
    return found.decode() if found is not None else None


@pytest.mark.parametrize("ours", CHANGES)
@pytest.mark.parametrize("theirs", CHANGES)
def test_changes_that_do_not_touch_each_other_both_stand_byte_for_byte(ours: str, theirs: str) -> None:
    published = CHANGES[theirs](BASE)
    both = published if ours == theirs else CHANGES[ours](published)
    assert joined(CHANGES[ours](BASE), published) == both


def test_lines_end_as_they_did() -> None:
    base, ours, theirs, both = (
        text.replace("\n", "\r\n") for text in (BASE, BASE + YOUNG, BASE + CENSUS, BASE + CENSUS + YOUNG)
    )
    assert joined(ours, theirs, base) == both


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (BASE.replace("Life outside", "Life away from"), BASE.replace("Life outside", "Life far from")),
        (BASE.replace(RETURN, ""), BASE.replace("Coming back", "Going home")),
        (BASE.replace("Coming back", "Going home"), BASE.replace(RETURN, "")),
        (BASE + CENSUS, BASE + CENSUS.replace("A count", "The count")),
        (BASE.replace('lines: "1"', 'lines: "1, 3"'), BASE.replace('lines: "1"', 'lines: "3"')),
        (BASE.replace("terms:", "terms:\n" + CENSUS.rstrip("\n")), BASE + YOUNG),
        (BASE + CENSUS, BASE.replace("- id: return", "- id: exile")),
        (BASE + CENSUS, "terms: [\n"),
        (BASE + CENSUS, "terms: none\n"),
        (BASE + CENSUS, "- terms\n"),
    ],
)
def test_what_touches_the_same_or_is_arranged_anew_stays_apart(ours: str, theirs: str) -> None:
    assert joined(ours, theirs) is None


def test_the_same_change_made_by_both_is_one() -> None:
    assert joined(BASE + CENSUS, BASE + CENSUS + YOUNG) == BASE + CENSUS + YOUNG
    changed = BASE.replace("Life outside", "Life away from")
    assert joined(changed, changed + YOUNG) == changed + YOUNG


def test_fields_outside_cards_are_joined_too() -> None:
    ours = TOPIC.replace("en: How many left", "en: How many went")
    theirs = TOPIC.replace("order: 10", "order: 20").replace("keeps count", "keeps a count")
    assert joined(ours, theirs, TOPIC) == theirs.replace("en: How many left", "en: How many went")
    longer = "    - {en: A new point., ru: Новый пункт.}\n  body:"
    points = TOPIC.replace("  body:", longer)
    assert joined(points, theirs, TOPIC) is None
    assert joined(theirs, points, TOPIC) is None


def test_of_a_draft_those_files_are_joined_that_were_changed_under_it() -> None:
    before = Bundle({FILE: BASE.encode(), "content/actors.yaml": b"a: 1\n", "content/topics/x.yaml": b"b: 1\n"})
    after = before.with_files(
        {FILE: (BASE + CENSUS).encode(), "content/actors.yaml": None, "content/topics/y.yaml": b"c: 1\n"}
    )
    files = {
        FILE: (BASE + YOUNG).encode(),
        "content/actors.yaml": b"a: 2\n",
        "content/topics/x.yaml": b"b: 2\n",
        "content/topics/y.yaml": b"c: 2\n",
    }
    found = merge(files, before, after)
    assert found.files == {FILE: (BASE + CENSUS + YOUNG).encode()}
    assert found.apart == ("content/actors.yaml", "content/topics/y.yaml")
    assert merge({FILE: after.files[FILE]}, before, after).apart == ()
