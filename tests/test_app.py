"""The whole bot: starting, failing politely, reading its content anew, and what it asks of Telegram."""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
from pathlib import Path

import pytest

from bot.app import StartError, open_bot
from bot.catalog.problems import Problem, ProblemsError
from bot.content import read_catalog
from bot.sandbox import Sandbox
from bot.sandbox.server import TOKEN
from bot.seal import SealError
from bot.search.index import Index
from bot.search.library import Library
from bot.settings import ROOT, Settings
from tests.conformance import required_specification
from tests.conftest import settings_for
from tests.conversation import CHANNEL, EDITOR, FREE_PACE, GROUP, YOU, Conversation, talking


async def test_an_update_that_cannot_be_handled_gets_one_polite_line(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(Index, "search", broken)
        answers = await conversation.say("my secret question")
    assert len(answers) == 1
    noted = re.search(r"noted as (\w+)", answers[0]["text"])
    assert noted
    assert noted[1] in caplog.text
    assert "my secret question" not in caplog.text
    assert str(YOU) not in caplog.text
    assert (await conversation.ask("visas"))["text"]


async def test_a_broken_press_is_answered_in_the_readers_language(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    await conversation.ask("/language ru")
    message = await conversation.ask("/topics")
    with monkeypatch.context() as patched:
        patched.setattr("bot.handlers.buttons._screen", None)
        query = conversation.sandbox.acts.press(YOU, message["message_id"], "a.h")
        await conversation.handled()
    assert conversation.sandbox.acts.answer_of(query) is not None
    assert (await conversation.press(message, "🏠 Меню"))["text"].startswith("🔔 Колокол")


async def test_what_the_bot_asks_of_telegram_is_in_the_bot_api(conversation: Conversation) -> None:
    known = required_specification()
    await conversation.ask("/start")
    message = await conversation.ask("visas")
    await conversation.press(message, "1")
    group = conversation.as_(EDITOR, GROUP)
    await group.ask("/language ru")
    await conversation.sandbox.acts.ask_inline(YOU, "visas")
    exchanges = conversation.sandbox.journal.exchanges
    assert {each.method for each in exchanges} >= {
        "sendMessage",
        "editMessageText",
        "answerCallbackQuery",
        "getUpdates",
    }
    problems = [
        problem
        for each in exchanges
        for problem in (
            *known.check_request(each.method, each.parameters),
            *known.check_answer(each.method, each.answer),
        )
    ]
    assert problems == []


async def test_content_is_read_anew_and_a_broken_file_changes_nothing(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, tmp_path).model_copy(update={"content_dir": content, "admins": (EDITOR,)})
        async with open_bot(settings, library, pace=FREE_PACE) as bot, talking(sandbox, bot) as conversation:
            topic = content / "topics" / "papers.yaml"
            whole = topic.read_text(encoding="utf-8")
            topic.write_text(whole[: len(whole) // 2], encoding="utf-8")
            await conversation.as_(EDITOR).ask("/language ru")
            await bot.reload()
            assert "the content on disk is not published" in caplog.text
            told = conversation.as_(EDITOR).messages[-1]["text"]
            assert "Изменения не опубликованы" in told
            assert "content/topics/papers.yaml:" in told
            assert "Visas and papers" in (await conversation.ask("/topic papers"))["text"]
            topic.write_text(whole.replace("Visas and papers", "Papers and visas"), encoding="utf-8")
            await bot.reload()
            assert "Papers and visas" in (await conversation.ask("/topic papers"))["text"]
            told = conversation.as_(EDITOR).messages[-1]["text"]
            assert "Версия 2 опубликована" in told
            assert "Visas and papers → Papers and visas" in told
            told_before = len(conversation.as_(EDITOR).messages)
            await bot.reload(asked=False)
            assert len(conversation.as_(EDITOR).messages) == told_before


def test_content_with_problems_is_refused_with_every_one_of_them(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    for name in ("papers", "war"):
        with (content / "topics" / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write("unknown: 1\n")
    with pytest.raises(ProblemsError) as caught:
        read_catalog(Settings(_env_file=None, content_dir=content))
    files = {problem.place.file for problem in caught.value.problems if problem.code == "unknown_key"}
    assert files == {"content/topics/papers.yaml", "content/topics/war.yaml"}


async def test_a_refused_token_is_said_plainly_and_not_shown(library: Library, tmp_path: Path) -> None:
    async with Sandbox(limits="off") as sandbox:
        wrong = "1234567890:ThisIsNotTheTokenOfTheSandboxAtAll1"
        settings = Settings(
            _env_file=None,
            token=wrong,
            bot_api_url=sandbox.url,
            database_url=f"sqlite+aiosqlite:///{tmp_path}/x.db",
            key_file=tmp_path / "seal.key",
        )
        with pytest.raises(StartError) as caught:
            async with open_bot(settings, library):
                pass
    assert "KOLOKOL_TOKEN" in str(caught.value)
    assert wrong not in str(caught.value)


async def test_a_server_that_is_not_there_is_named(library: Library, tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        token=TOKEN,
        bot_api_url="http://127.0.0.1:9",
        database_url=f"sqlite+aiosqlite:///{tmp_path}/x.db",
        key_file=tmp_path / "seal.key",
    )
    with pytest.raises(StartError) as caught:
        async with open_bot(settings, library):
            pass
    assert "127.0.0.1:9" in str(caught.value)
    assert TOKEN not in str(caught.value)


async def test_a_database_without_its_key_refuses_to_start(library: Library, tmp_path: Path) -> None:
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, tmp_path)
        async with open_bot(settings, library, pace=FREE_PACE):
            pass
        settings.key_file.unlink()
        with pytest.raises(SealError, match="missing"):
            async with open_bot(settings, library, pace=FREE_PACE):
                pass


def bytes_of(folder: Path) -> bytes:
    """Everything in a database's files, its write-ahead log included."""
    return b"".join(path.read_bytes() for path in folder.glob("test.db*"))


async def test_a_database_file_names_nobody(library: Library, tmp_path: Path) -> None:
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, tmp_path)
        async with open_bot(settings, library, pace=FREE_PACE) as bot, talking(sandbox, bot) as conversation:
            for viewer in (YOU, EDITOR):
                await conversation.as_(viewer).ask("/language ru")
            await conversation.as_(EDITOR, GROUP).ask("/language ru")
            stored = bytes_of(tmp_path)
    stored += bytes_of(tmp_path)
    assert stored
    for chat in (YOU, EDITOR, GROUP, CHANNEL):
        assert str(abs(chat)).encode() not in stored
        assert abs(chat).to_bytes(8, "big") not in stored


async def test_chance_is_passed_in(library: Library, tmp_path: Path) -> None:
    shown = []
    for number in range(2):
        folder = tmp_path / str(number)
        async with Sandbox(limits="off") as sandbox:
            opened = open_bot(settings_for(sandbox, folder), library, chance=random.Random(7), pace=FREE_PACE)
            async with opened as bot, talking(sandbox, bot) as conversation:
                shown.append((await conversation.ask("/random"))["text"])
    assert shown[0] == shown[1]


def test_the_tests_do_not_read_the_environment_of_the_machine() -> None:
    assert not [name for name in os.environ if name.startswith("KOLOKOL_") and name != "KOLOKOL_BOTAPI_JSON"]


def test_content_found_good_once_is_not_checked_again_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, note = tmp_path / "content", tmp_path / "checked"
    shutil.copytree(ROOT / "content", content)
    settings = Settings(_env_file=None, content_dir=content)
    read_catalog(settings, checked=note)
    calls: list[object] = []

    def counted(content: object) -> list[Problem]:
        calls.append(content)
        return []

    monkeypatch.setattr("bot.content.check", counted)
    read_catalog(settings, checked=note)
    assert not calls
    actors = content / "actors.yaml"
    actors.write_bytes(actors.read_bytes() + b"\n")
    read_catalog(settings, checked=note)
    assert len(calls) == 1
