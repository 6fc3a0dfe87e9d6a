"""A saved file of the shipped content reaches readers since the bot is told of it; SIGHUP has the folder looked at."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

import pytest

from bot.editing import watching
from bot.sandbox import Sandbox
from bot.settings import ROOT
from tests.conversation import EDITOR, PATIENCE
from tests.following import copy_of_the_content, following


@pytest.mark.timeout(240)
async def test_a_saved_file_changes_what_readers_are_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The look at the start may find the first change, nothing but being told the second: looking now and then is off.

    A file may be saved before the watching has begun, so it is saved again now and then.
    """
    monkeypatch.setattr(watching, "EVERY_SECONDS", 36_000.0)
    async with following(tmp_path) as followed:
        for title in ("How many went", "How many fled"):
            for _ in range(6):
                await followed.save(title)
                if seen := await followed.reads(title, PATIENCE / 2):
                    break
            assert seen, title


@pytest.mark.timeout(240)
async def test_the_signal_has_the_folder_looked_at(tmp_path: Path) -> None:
    """Of a folder as it is published nothing is told, unless somebody asked."""
    await asyncio.to_thread(copy_of_the_content, tmp_path)
    async with Sandbox(limits="off") as sandbox:
        sandbox.acts.change_person(EDITOR, language_code="en")
        environment = {
            **os.environ,
            "KOLOKOL_TOKEN": sandbox.token,
            "KOLOKOL_BOT_API_URL": sandbox.url,
            "KOLOKOL_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/test.db",
            "KOLOKOL_KEY_FILE": f"{tmp_path}/seal.key",
            "KOLOKOL_CONTENT_DIR": f"{tmp_path}/content",
            "KOLOKOL_SEEDS_DIR": f"{tmp_path}/seeds",
            "KOLOKOL_ADMINS": str(EDITOR),
        }
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", cwd=ROOT, env=environment, stderr=DEVNULL
        )
        try:
            sandbox.acts.send(EDITOR, "/language en")
            await comes(sandbox, "")
            before = said(sandbox)
            assert not any("Nothing to do" in text for text in before)
            bot.send_signal(signal.SIGHUP)
            await comes(sandbox, "Nothing to do")
            assert bot.returncode is None
        finally:
            bot.terminate()
            await bot.wait()
        assert bot.returncode == 0


def said(sandbox: Sandbox) -> list[str]:
    """What the bot has written to its administrator."""
    messages = sandbox.acts.chat(EDITOR).messages.values()
    return [each.get("text", "") for each in messages if each["from"]["is_bot"]]


async def comes(sandbox: Sandbox, words: str) -> None:
    """Wait for a message with these words."""
    for _ in range(int(PATIENCE * 3 / 0.05)):
        if any(words in text for text in said(sandbox)):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"no {words!r} among {said(sandbox)}")
