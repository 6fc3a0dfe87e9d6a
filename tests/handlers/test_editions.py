"""The digest before its time, and what changed of late."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.app import open_bot
from bot.catalog.bundle import Bundle
from bot.catalog.differences import differences
from bot.catalog.history import History, changes_of
from bot.catalog.snapshot import Catalog
from bot.digests.composing import Composer, Published
from bot.editing.folder import Folder
from bot.sandbox import Sandbox
from bot.search.library import Library
from bot.settings import ROOT
from tests.catalog.house import House
from tests.conftest import settings_for
from tests.conversation import EDITOR, FREE_PACE, GROUP, YOU, Conversation, labels_of, talking


@pytest.mark.parametrize(
    ("code", "words", "label"),
    [("en", "This is how the digest looks", "Subscribe"), ("ru", "Так выглядит дайджест", "Подписаться")],
)
async def test_somebody_who_is_not_subscribed_sees_how_the_digest_looks_and_subscribes_with_a_press(
    conversation: Conversation, code: str, words: str, label: str
) -> None:
    conversation.sandbox.acts.change_person(YOU, language_code=code)
    shown = await conversation.ask("/digest")
    assert words in shown["text"]
    assert await conversation.bot.desk.subscriptions.of_chat(YOU) == ()
    await conversation.press(shown, next(each for each in labels_of(shown) if label in each))
    assert len(await conversation.bot.desk.subscriptions.of_chat(YOU)) == 1


async def test_a_subscriber_sees_the_edition_that_comes_next_in_its_language(conversation: Conversation) -> None:
    await conversation.ask("/subscribe ru")
    shown = await conversation.ask("/digest")
    assert "The next digest" in shown["text"]
    assert "«Колокол»" in shown["text"]
    assert labels_of(shown) == ["⚙️ Settings", "🏠 Menu"]


async def test_in_a_group_only_its_administrators_ask_for_it(conversation: Conversation) -> None:
    (mine,) = await conversation.as_(YOU, GROUP).say("/digest")
    (theirs,) = await conversation.as_(EDITOR, GROUP).say("/digest")
    assert {"Kolokol, " in each["text"] or "«Колокол», " in each["text"] for each in (mine, theirs)} == {True, False}


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


async def test_what_is_new_is_paged(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    now = conversation.bot.desk.now
    house = House()
    house.content["glossary.yaml"] += "".join(TERM.format(number=number) for number in range(9))
    before, after = House().load().catalog(), house.load().catalog()
    history = History().followed_by(changes_of(differences(Catalog(), before), 1, now - 90), 1, now - 90)
    history = history.followed_by(changes_of(differences(before, after), 2, now - 60), 2, now - 60)

    async def published(_self: Composer) -> Published:
        return Published(after, history)

    monkeypatch.setattr(Composer, "published", published)
    first = await conversation.ask("/whatsnew")
    assert "1/2" in labels_of(first)
    second = await conversation.press(first, "→")
    shown = first["text"] + second["text"]
    assert all(f"Term {number}" in shown for number in range(9))


TERM = """\
  - id: term-{number}
    title: {{en: Term {number}, ru: Слово {number}}}
    text: {{en: A word., ru: Слово.}}
    cites: [{{source: count-2023, lines: "3"}}]
"""


def with_other_bound(bundle: Bundle) -> Bundle:
    """The content with the bound of one statistic corrected."""
    mark = b"value: 650000"
    path = next(name for name, data in bundle.files.items() if mark in data)
    before, after = bundle.files[path].split(mark, 1)
    return Bundle({**bundle.files, path: before + mark + after.replace(b"bound: at-least", b"bound: more-than", 1)})
