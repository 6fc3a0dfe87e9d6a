"""The commands of `kolokol`, with the contracts that others rely on; a small content, and the shipped one."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.settings import PREFIX, ROOT, Settings
from bot.store.database import open_database
from bot.store.keys import open_seal
from bot.store.presence import present
from tests.catalog.house import TEXT, House

KOLOKOL = Path(sys.executable).with_name("kolokol")


@dataclass(frozen=True)
class Outcome:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def folder(tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the small content, which the settings name; `write` puts the house into it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv("KOLOKOL_CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setenv("KOLOKOL_SEEDS_DIR", str(tmp_path / "seeds"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "count.txt").write_text(TEXT)
    write(tmp_path, house)
    return tmp_path


def write(folder: Path, house: House) -> None:
    for kind, files in (("content", house.content), ("seeds", house.seeds)):
        for name, text in files.items():
            path = folder / kind / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the small content, in this process."""

    def command(*words: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["kolokol", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), out, err)

    return command


def test_check_is_content_with_good_content(run: Run) -> None:
    assert run("check") == Outcome(0, "4 cards, 1 topics, 1 sources: all is well\n", "")
    assert run("check", "--source-texts", "texts").code == 0


def test_check_prints_every_error_with_its_place_and_ends_with_1(run: Run, folder: Path, house: House) -> None:
    house.change("actors.yaml", "type: person", "type: cat").change("glossary.yaml", "ru: Изгнание", "ru: Exile")
    write(folder, house)
    outcome = run("check")
    assert outcome.code == 1
    first, second, count = outcome.out.splitlines()
    assert first.startswith("content/actors.yaml:4:11: “type” must be one of: person, organisation")
    assert second.startswith("content/glossary.yaml:3:12: The English and the Russian text are the same")
    assert count.endswith(": 2 problems")


def test_check_holds_the_seeds_against_the_source_texts(run: Run, folder: Path) -> None:
    (folder / "texts" / "count.txt").write_text(TEXT + "More.")
    outcome = run("check", "--source-texts", "texts")
    assert outcome.code == 1
    assert "seeds/count-2023.yaml:16:9: The text count.txt is not the one this card was made from" in outcome.out


def test_check_prints_json(run: Run, folder: Path, house: House) -> None:
    assert run("check", "--json").json == {"cards": 4, "problems": []}
    write(folder, house.change("glossary.yaml", "ru: Изгнание", "ru: Exile"))
    outcome = run("check", "--json")
    assert outcome.code == 1
    ((place, message),) = [(each, each.pop("message")) for each in outcome.json["problems"]]
    assert place == {"file": "content/glossary.yaml", "line": 3, "column": 12}
    assert message == "The English and the Russian text are the same. Translate one of them."


def test_every_problem_can_be_printed_whatever_words_it_has(run: Run, folder: Path, house: House) -> None:
    house.add("glossary.yaml", "    colour: red\n").change("topics/numbers.yaml", "low: 820000", "low: 1,0")
    house.change("actors.yaml", "role: {en: demographer", "role: {en: " + "x" * 4000)
    write(folder, house)
    assert run("check").out.count(".yaml:") == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("check", "--source-texts", "nowhere"), "There is no folder nowhere."),
        (("seeds", "outline", "nobody"), "There is no source “nobody”. Known: count-2023"),
        (("ask",), "Give a question, or --batch FILE."),
        (("ask", "visas", "--batch", "x"), "Give a question, or --batch FILE."),
        (("ask", "visas", "--lang", "de"), "--lang is en or ru, not “de”."),
        (("ask", "--batch", "nowhere"), "There is no file nowhere."),
        (("export",), "Say in which form: kolokol export --json"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_ends_with_2(run: Run, words: tuple[str, ...], says: str) -> None:
    assert run(*words) == Outcome(2, "", says + "\n")


@pytest.mark.parametrize("words", [("check",), ("ask", "visas"), ("export", "--json"), ("seeds", "outline")])
def test_a_missing_folder_names_its_setting(run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.setenv("KOLOKOL_SEEDS_DIR", "nowhere")
    says = "There is no folder nowhere. Set KOLOKOL_SEEDS_DIR to the folder that holds it.\n"
    assert run(*words) == Outcome(2, "", says)


@pytest.mark.parametrize("words", [("check",), ("settings",), ("run",), ("ask", "visas")])
def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.setenv("KOLOKOL_LOG_LEVEL", "geheim")
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Wrong settings:\nKOLOKOL_LOG_LEVEL: ")
    assert "geheim" not in outcome.err


def test_settings_are_printed_with_secrets_masked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOLOKOL_TOKEN", "123:geheim")
    outcome = run("settings")
    assert outcome.code == 0
    assert "KOLOKOL_TOKEN = (set)\n    The bot's token" in outcome.out
    assert "geheim" not in outcome.out


def test_the_outline_says_of_every_line_what_became_of_it(run: Run) -> None:
    assert run("seeds", "outline").out.splitlines() == [
        "count-2023 (count.txt): 3 of 3 lines accounted for",
        "    1  anna-petrova, numbers, left-by-autumn  [28, 2023, 820000, 920000]",
        "    3  exile, left-by-autumn  [45, 2/3]",
        "    4  (boilerplate)",
    ]


def test_the_outline_shows_only_what_is_missing_where_that_is_asked(run: Run, folder: Path, house: House) -> None:
    write(folder, house.change("count-2023.yaml", '  - {lines: "4"', '  - {lines: "1"'))
    assert run("seeds", "outline", "count-2023", "--missing").out.splitlines() == [
        "count-2023 (count.txt): 2 of 3 lines accounted for",
        "    4  — nothing",
    ]


def test_an_answer_is_json_in_the_agreed_shape(run: Run) -> None:
    found = run("ask", "exile", "--json").json
    assert list(found) == ["query", "did_you_mean", "results"]
    assert found["query"] == "exile"
    best = found["results"][0]
    assert list(best) == ["id", "kind", "score", "title", "cites"]
    assert (best["id"], best["kind"]) == ("exile", "term")
    assert best["title"] == "Exile"
    assert best["cites"] == [{"source": "count-2023", "file": "count.txt", "lines": [3]}]
    scores = [each["score"] for each in found["results"]]
    assert scores == sorted(scores, reverse=True)


def test_where_nothing_fits_the_results_are_empty(run: Run) -> None:
    found = run("ask", "qqqqqqqq wwwwwww", "--json")
    assert (found.code, found.json["results"]) == (0, [])


def test_no_more_is_answered_than_was_asked_for(run: Run) -> None:
    assert len(run("ask", "Анна Петрова", "--json", "--limit", "1").json["results"]) == 1
    assert run("ask", "visas", "--limit", "0").code == 2


def test_a_batch_answers_line_by_line_with_id_and_time(run: Run, folder: Path) -> None:
    questions: list[dict[str, Any]] = [
        {"id": "a", "q": "exile"},
        {"id": 2, "q": "изгнание", "lang": "ru"},
        {"id": None, "q": "u2028:\u2028 x"},
    ]
    lines = "\n\n".join(json.dumps(each, ensure_ascii=False) for each in questions)
    (folder / "questions.jsonl").write_text(f"\ufeff{lines}\r\n", encoding="utf-8")
    outcome = run("ask", "--batch", "questions.jsonl")
    answers = [json.loads(line) for line in outcome.out.rstrip("\n").split("\n")]
    assert [answer["id"] for answer in answers] == ["a", 2, None]
    assert [answer["query"] for answer in answers] == [each["q"] for each in questions]
    assert all(set(answer) == {"id", "query", "did_you_mean", "results", "ms"} for answer in answers)
    assert all(0 <= answer["ms"] < 10_000 for answer in answers)
    assert [answer["results"][0]["id"] for answer in answers[:2]] == ["exile", "exile"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "5",
        '"id q"',
        '{"q": "visas"}',
        '{"id": 1}',
        '{"id": 1, "q": null}',
        '{"id": 1, "q": "x", "lang": "xx"}',
        "\udcff",
    ],
)
def test_a_broken_line_of_a_batch_is_named(run: Run, folder: Path, line: str) -> None:
    good = '{"id": 1, "q": "exile"}\n'
    (folder / "questions.jsonl").write_bytes((good + line).encode(errors="surrogateescape"))
    outcome = run("ask", "--batch", "questions.jsonl")
    assert outcome.code == 2
    assert outcome.err.startswith('questions.jsonl:2: each line must be JSON such as {"id": 1, "q": "visas"}')


def test_the_export_holds_every_published_card_in_both_languages(run: Run, folder: Path, house: House) -> None:
    write(folder, house.change("glossary.yaml", "id: exile", "id: exile\n    draft: true"))
    cards = run("export", "--json").json["cards"]
    assert [card["id"] for card in cards] == ["numbers", "left-by-autumn", "anna-petrova"]
    figure = cards[1]
    assert figure["kind"] == "statistic"
    assert figure["text"] == {"en": "She counted those who left.", "ru": "Она сосчитала уехавших."}
    assert (figure["low"], figure["high"], figure["as_of"]) == ("820000", "920000", {"date": "2023-09-28"})
    assert figure["topics"] == ["numbers"]
    assert figure["cites"] == [{"source": "count-2023", "file": "count.txt", "lines": [1, 3]}]


def test_running_without_a_token_says_so_in_one_line(folder: Path) -> None:
    ended = subprocess.run([KOLOKOL, "run"], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "KOLOKOL_TOKEN is not set" in ended.stderr
    assert "make demo" in ended.stderr


def test_running_on_a_database_that_cannot_be_used_says_so_without_a_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOLOKOL_TOKEN", "123456:geheim")
    monkeypatch.setenv("KOLOKOL_DATABASE_URL", "postgresql+asyncpg://u:geheim@127.0.0.1:1/x")
    ended = subprocess.run([KOLOKOL, "run"], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert "The database cannot be opened" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "geheim" not in ended.stderr + ended.stdout


def test_a_question_that_is_no_text_and_a_reader_that_goes_away_break_nothing(folder: Path) -> None:
    command: list[str] = [str(KOLOKOL), "ask", os.fsdecode(b"exile \xff\xfe"), "--json"]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    closed = subprocess.run(
        ["bash", "-c", f"{KOLOKOL} export --json | head -c 10"], capture_output=True, timeout=60, check=False
    )
    assert (closed.returncode, closed.stderr) == (0, b"")


def test_on_the_shipped_content_the_command_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    question = [str(KOLOKOL), "ask", "how many people left russia", "--json"]
    ended = subprocess.run(question, capture_output=True, text=True, timeout=60, check=True)
    best = json.loads(ended.stdout)["results"][0]
    assert best["kind"] in ("statistic", "summary")
    assert all((ROOT / "seeds" / f"{cite['source']}.yaml").is_file() for cite in best["cites"])


def test_the_seal_key_is_changed_while_no_bot_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url, key_file = f"sqlite+aiosqlite:///{tmp_path}/test.db", tmp_path / "keys" / "seal.key"
    monkeypatch.setenv("KOLOKOL_DATABASE_URL", url)
    monkeypatch.setenv("KOLOKOL_KEY_FILE", str(key_file))

    def rotate() -> subprocess.CompletedProcess[str]:
        command = [str(KOLOKOL), "seal", "rotate"]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    async def first_start() -> None:
        database = await open_database(url)
        await open_seal(database, None, key_file)
        async with present(database):
            assert "Stop it first" in (await asyncio.to_thread(rotate)).stderr
        await database.close()

    empty = rotate()
    assert (empty.returncode, empty.stderr.count("\n")) == (2, 1)
    assert "Nothing is sealed yet" in empty.stderr
    asyncio.run(first_start())
    before = key_file.read_bytes()
    done = rotate()
    assert (done.returncode, done.stderr) == (0, "")
    assert str(key_file) in done.stdout
    assert key_file.with_name("seal.key.old").read_bytes() == before != key_file.read_bytes()
