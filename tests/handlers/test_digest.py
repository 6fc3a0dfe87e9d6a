"""The digest before its time, and what changed of late."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.app import open_bot
from bot.catalog.bundle import Bundle
from bot.editing.folder import Folder
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.settings import ROOT
from tests.conftest import settings_for
from tests.conversation import FREE_PACE, YOU, Conversation, labels_of, talking


@pytest.mark.parametrize(("code", "words"), [("en", "/subscribe"), ("ru", "Так выглядит рассылка")])
async def test_somebody_who_is_not_subscribed_sees_how_the_digest_looks(
    conversation: Conversation, code: str, words: str
) -> None:
    conversation.sandbox.acts.change_person(YOU, language_code=code)
    shown = await conversation.say("/digest")
    assert words in shown[-1]["text"]
    assert await conversation.bot.desk.subscriptions.of_chat(YOU) == ()


async def test_a_subscriber_sees_the_edition_that_comes_next(conversation: Conversation) -> None:
    await conversation.ask("/subscribe")
    shown = await conversation.say("/digest")
    assert "as it stands now" in shown[-1]["text"]
    assert labels_of(shown[-1]) == ["⚙️ Settings"]


async def test_nothing_is_new_before_anything_changed(conversation: Conversation) -> None:
    assert "Nothing has changed" in (await conversation.ask("/whatsnew"))["text"]


async def test_a_corrected_figure_leads_what_is_new(library: Library, tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("content", "seeds")}
    for name, folder in folders.items():
        shutil.copytree(ROOT / name, folder)
    async with Sandbox(limits="off") as sandbox:
        settings = settings_for(sandbox, tmp_path).model_copy(
            update={f"{name}_dir": folder for name, folder in folders.items()}
        )
        async with open_bot(settings, library, pace=FREE_PACE) as bot, talking(sandbox, bot) as conversation:
            bundle = Folder(settings.content_dir, settings.seeds_dir).read()
            await bot.publisher.publish(with_other_bound(bundle), expected=bot.publisher.library.version, pen_name=None)
            answer = await conversation.ask("/whatsnew")
            assert "At least 650,000" in answer["text"]
            assert any(entity["type"] == "strikethrough" for entity in answer["entities"])
            assert (await conversation.ask("/start whatsnew"))["text"] == answer["text"]


def with_other_bound(bundle: Bundle) -> Bundle:
    """The content with the bound of one statistic corrected."""
    mark = b"value: 650000"
    path = next(name for name, data in bundle.files.items() if mark in data)
    before, after = bundle.files[path].split(mark, 1)
    return Bundle({**bundle.files, path: before + mark + after.replace(b"bound: at-least", b"bound: more-than", 1)})
