"""The commands of those who write the content: from a text to a card to be filled in, and help for their programs."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.catalog.schema_comments import KINDS
from bot.clock import SystemClock
from bot.editing.publishing import Publisher
from bot.store.database import open_database
from bot.store.versions import Versions
from tests.catalog.house import TEXT, House
from tests.editing.house_files import folder_in
from tests.editing.sources_texts import ARTICLE
from tests.test_cli import Run, folder, house, run

__all__ = ["folder", "house", "run"]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_a_text_becomes_a_source_card_and_then_a_card_to_be_filled_in(run: Run, folder: Path) -> None:
    text = folder / "street.txt"
    text.write_text(ARTICLE, encoding="utf-8")
    added = run("seeds", "add", str(text))
    assert added.code == 0
    assert "seeds/example-2024.yaml: 8 lines, 4 of them probably boilerplate or repeated." in added.out
    card = folder / "seeds" / "example-2024.yaml"
    unfilled = "seeds/example-2024.yaml:6:8: “genre” must be one of"
    assert unfilled in run("check").out
    assert unfilled in run("seeds", "outline", "example-2024").err, "it is there, and says what it lacks"
    every = run("seeds", "outline")
    assert "count-2023 (count.txt)" in every.out
    assert (every.code, unfilled in every.err) == (2, True)
    card.write_text(read(card).replace("ru: ''", "ru: Так").replace("genre: ''", "genre: report"), encoding="utf-8")
    made = run("content", "new", "--source", "example-2024", "--topic", "streets", "--lines", "7")
    assert made.code == 0
    assert "content/topics/streets.yaml: a new card cites example-2024 7" in made.out
    assert '{source: example-2024, lines: "7"}' in read(folder / "content" / "topics" / "streets.yaml")
    found = run("check")
    assert found.code == 1
    assert "content/topics/streets.yaml:2:7: “icon” is empty. Write the text." in found.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--source", "nobody", "--topic", "numbers"), "There is no source “nobody”"),
        (("--source", "count-2023", "--topic", "numbers", "--kind", "rumour"), "--kind is one of summary, statistic"),
        (("--source", "count-2023", "--topic", "numbers", "--lines", "one"), '--lines are written "34-36, 40"'),
        (("--source", "count-2023", "--topic", "numbers", "--lines", "1, 99"), "Lines 99 of “count-2023” do not exist"),
    ],
)
def test_a_card_that_cannot_be_made_says_why(run: Run, words: tuple[str, ...], said: str) -> None:
    ended = run("content", "new", *words)
    assert ended.code == 2
    assert said in ended.err


def test_a_text_extracted_anew_moves_the_citations(run: Run, folder: Path) -> None:
    text = folder / "count2.txt"
    text.write_text(f"A preface.\n\n{TEXT}", encoding="utf-8")
    updated = run("seeds", "update", "count-2023", str(text))
    assert (updated.code, updated.err) == (0, "")
    assert "3 lines moved" in updated.out
    assert "New lines: 1" in updated.out
    assert 'lines: "3, 5"' in read(folder / "content" / "topics" / "numbers.yaml")
    checked = run("check")
    assert checked.out.startswith("seeds/count-2023.yaml:")  # the new line is to be cited, or left out
    assert "Line 1 of “count-2023” is cited by no card" in checked.out


def test_what_no_longer_matches_is_listed_and_ends_with_1(run: Run, folder: Path) -> None:
    text = folder / "count2.txt"
    text.write_text(TEXT.replace("Anna Petrova counts", "Anna Petrova counted"), encoding="utf-8")
    updated = run("seeds", "update", "count-2023", str(text))
    assert updated.code == 1
    assert "Old line 1 is gone, cited by" in updated.out
    assert "most like it is the new line 1" in updated.out
    assert "Nothing is left of the citation in" in updated.out


def test_a_text_that_is_none_is_refused(run: Run, folder: Path) -> None:
    text = folder / "noise.txt"
    text.write_bytes(b"one\n\xff")
    assert "noise.txt:2:1: The file is not UTF-8" in run("seeds", "add", str(text)).err
    assert run("seeds", "update", "count-2023", str(text)).code == 2


def test_the_outline_shows_the_figures_to_be_covered(run: Run) -> None:
    out = run("seeds", "outline", "count-2023").out
    assert "[28, 2023, 820000, 920000]" in out
    assert "(boilerplate)" in out


def test_schemas_are_written_and_named_and_nothing_else_changes(run: Run, folder: Path, house: House) -> None:
    assert run("content", "schema").code == 0
    assert {path.stem for path in (folder / "content" / ".schema").iterdir()} == set(KINDS)
    topic = read(folder / "content" / "topics" / "numbers.yaml")
    assert topic == f"# yaml-language-server: $schema=../.schema/topic.json\n{house.content['topics/numbers.yaml']}"
    assert run("content", "schema").code == 0
    assert read(folder / "content" / "topics" / "numbers.yaml") == topic
    assert run("check").code == 0


def publish(folder: Path) -> None:
    """What the first start of the bot does with the content."""

    async def publish_first() -> None:
        database = await open_database(f"sqlite+aiosqlite:///{folder}/var/kolokol.db")
        await Publisher(Versions(database), folder_in(folder), SystemClock()).open()
        await database.close()

    asyncio.run(publish_first())


def test_a_lost_folder_is_written_from_what_is_published(run: Run, folder: Path) -> None:
    assert "Nothing is published yet" in run("content", "restore").err
    publish(folder)
    before = folder_in(folder).read().digest
    shutil.rmtree(folder / "content")
    restored = run("content", "restore")
    assert restored.code == 0
    assert "content/topics/numbers.yaml\n" in restored.out
    assert "The folder holds version 1: 4 files" in restored.out
    assert folder_in(folder).read().digest == before


def test_what_was_never_published_is_not_written_over(run: Run, folder: Path) -> None:
    publish(folder)
    mine = folder / "content" / "glossary.yaml"
    mine.write_text("terms: []\n", encoding="utf-8")
    refused = run("content", "restore")
    assert refused.code == 2
    assert "content/glossary.yaml: holds what was never published" in refused.err
    assert read(mine) == "terms: []\n"
    assert run("content", "restore", "--force").code == 0
    assert read(mine) != "terms: []\n"
