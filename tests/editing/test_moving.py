"""A text extracted anew: citations follow their lines, and what no longer matches is listed."""

from __future__ import annotations

import pytest

from bot.catalog.bundle import Bundle
from bot.catalog.checking import check
from bot.catalog.problems import ProblemsError
from bot.catalog.sources import read_lines
from bot.catalog.values import LOST_LINE
from bot.editing.moving import Lost, move
from tests.catalog.house import TEXT
from tests.editing.broken_cases import base

FIRST, THIRD, FOURTH = TEXT.split("\n")[0], TEXT.split("\n")[2], TEXT.split("\n")[3]


def moved_by(text: str, bundle: Bundle | None = None) -> tuple[Bundle, tuple[Lost, ...], int]:
    bundle = bundle or base()
    moved = move("count-2023", text.encode(), "again.txt", bundle)
    return bundle.with_files(moved.changes), moved.lost, moved.moved


def lines_cited(bundle: Bundle) -> dict[str, list[tuple[int, ...]]]:
    return {entry.card.id: [cite.lines for cite in entry.card.all_cites()] for entry in bundle.load().cards}


def test_the_same_text_under_another_name_changes_only_the_name() -> None:
    bundle, lost, moved = moved_by(TEXT)
    assert (lost, moved) == ((), 0)
    assert {path for path in bundle.files if bundle.files[path] != base().files[path]} == {"seeds/count-2023.yaml"}
    assert bundle.load().sources["count-2023"][0].file == "again.txt"


def test_sent_once_more_only_to_see_its_lines_the_same_text_changes_nothing() -> None:
    moved = move("count-2023", TEXT.encode(), "again.txt", base(), renames=False)
    assert moved.changes == {}
    assert moved.lines == {number: number for number in base().load().sources["count-2023"][0].lines}


def test_citations_follow_their_lines() -> None:
    text = f"A new line.\n\n{FIRST}\n{THIRD}\n\n{FOURTH}\n"
    bundle, lost, moved = moved_by(text)
    assert lost == ()
    assert moved == 3
    assert lines_cited(bundle) == {
        "numbers": [(3,)],
        "left-by-autumn": [(3, 4)],
        "anna-petrova": [(3,)],
        "exile": [(4,)],
    }
    source = bundle.load().sources["count-2023"][0]
    assert source.lines == read_lines(text)
    assert [entry.lines for entry in source.left_out] == [(6,)]
    assert source.left_out[0].note == 'says "subscribe"'


def test_only_the_lines_of_citations_change_in_the_content() -> None:
    bundle, _, _ = moved_by(f"\n\n{TEXT}")
    before, after = (each.files["content/topics/numbers.yaml"].decode().split("\n") for each in (base(), bundle))
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ('  cites: [{source: count-2023, lines: "1"}]', '  cites: [{source: count-2023, lines: "3"}]'),
        ('    cites: [{source: count-2023, lines: "1, 3"}]', '    cites: [{source: count-2023, lines: "3, 5"}]'),
    ]


def test_lines_that_changed_places_are_found() -> None:
    bundle, lost, _ = moved_by(f"{FOURTH}\n{THIRD}\n{FIRST}\n")
    assert lost == ()
    assert lines_cited(bundle)["left-by-autumn"] == [(2, 3)]


def test_what_is_gone_is_listed_with_who_cites_it_and_what_is_most_like_it() -> None:
    changed = FIRST.replace("counts", "counted")
    bundle, lost, _ = moved_by(f"{changed}\n\n{THIRD}\n{FOURTH}\n")
    cards = ("numbers", "left-by-autumn", "anna-petrova")
    assert [(each.line, set(each.cards), set(each.broken), each.near) for each in lost] == [
        (1, set(cards), {"numbers", "anna-petrova"}, 1)
    ]
    assert lines_cited(bundle)["left-by-autumn"] == [(3,)]
    assert lines_cited(bundle)["numbers"] == [(LOST_LINE,)], "no other line takes the number of one that is gone"
    lost_at = [(each.place.file, each.place.line) for each in check(bundle.load()) if each.code == "lines_lost"]
    assert lost_at == [("content/actors.yaml", 7), ("content/topics/numbers.yaml", 9)]


def test_a_text_with_nothing_in_common_loses_every_line() -> None:
    _, lost, moved = moved_by("Something else altogether.\n")
    assert [each.line for each in lost] == [1, 3, 4]
    assert all(each.near is None for each in lost)
    assert moved == 0


def test_the_standing_of_a_source_moves_too() -> None:
    standing = (
        "standing:\n  status: undesirable\n  text: {en: It says so., ru: Так сказано.}\n"
        "  cites:\n  - {source: count-2023, lines: '3'}\n"
    )
    card = base().files["seeds/count-2023.yaml"].decode().replace("standing: null\n", standing)
    bundle, lost, _ = moved_by(f"New.\n{TEXT}", base().with_files({"seeds/count-2023.yaml": card.encode()}))
    found = bundle.load().sources["count-2023"][0].standing
    assert found
    assert found.cites[0].lines == (4,)
    assert lost == ()


def test_an_unknown_source_is_refused_and_one_with_a_fault_says_it() -> None:
    with pytest.raises(ProblemsError) as refused:
        move("count-2024", TEXT.encode(), "x.txt", base())
    assert dict(refused.value.problems[0].words)["near"] == "count-2023"
    broken = base().files["seeds/count-2023.yaml"].replace(b"genre: report", b"genre: rumour")
    with pytest.raises(ProblemsError, match="not_one_of"):
        move("count-2023", TEXT.encode(), "x.txt", base().with_files({"seeds/count-2023.yaml": broken}))
