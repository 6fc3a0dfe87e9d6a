"""Readers see the next digest beforehand, and what is new."""

from __future__ import annotations

import pytest

from bot.catalog.differences import differences
from bot.catalog.history import History, changes_of
from bot.digests.composing import Composer, Published
from bot.views.editions import MORE
from tests.catalog.house import House
from tests.conversation import EDITOR, GROUP, YOU, Conversation, labels_of, refusals


@pytest.mark.parametrize(("code", "words"), [("en", "Kolokol, "), ("ru", "«Колокол», ")])
async def test_whoever_is_not_subscribed_sees_the_usual_digest_and_how_to_subscribe(
    conversation: Conversation, code: str, words: str
) -> None:
    conversation.sandbox.acts.change_person(YOU, language_code=code)
    answer = await conversation.ask("/digest")
    assert words in answer["text"]
    assert len(labels_of(answer)) == 2
    await conversation.press(answer, labels_of(answer)[0])
    assert len(await conversation.bot.desk.subscriptions.of_chat(YOU)) == 1
    assert list(refusals(conversation.sandbox)) == []


async def test_a_subscriber_sees_the_own_edition_and_when_it_comes(conversation: Conversation) -> None:
    await conversation.ask("/subscribe ru")
    answer = await conversation.ask("/digest")
    assert "It comes" in answer["text"]
    assert "«Колокол»" in answer["text"]
    assert "⚙️ Settings" in labels_of(answer)


async def test_in_a_group_only_its_administrators_ask_for_it(conversation: Conversation) -> None:
    (mine,) = await conversation.as_(YOU, GROUP).say("/digest")
    (theirs,) = await conversation.as_(EDITOR, GROUP).say("/digest")
    assert {"Kolokol, " in each["text"] for each in (mine, theirs)} == {True, False}


async def test_at_first_nothing_is_new(conversation: Conversation) -> None:
    assert "Nothing has changed" in (await conversation.ask("/whatsnew"))["text"]
    assert "Nothing has changed" in (await conversation.ask(f"/start {MORE}"))["text"]


async def test_corrections_come_first_with_old_and_new_figure(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = conversation.bot.desk
    before = House().load().catalog()
    house = House().change("topics/numbers.yaml", "high: 920000", "high: 900000")
    house.content["glossary.yaml"] += "".join(
        f"  - id: term-{number}\n    title: {{en: Term {number}, ru: Слово {number}}}\n"
        f'    text: {{en: A word., ru: Слово.}}\n    cites: [{{source: count-2023, lines: "3"}}]\n'
        for number in range(9)
    )
    after = house.load().catalog()
    history = History().followed_by(changes_of(differences(type(before)(), before), 1, desk.now - 90), 1, desk.now - 90)
    history = history.followed_by(changes_of(differences(before, after), 2, desk.now - 60), 2, desk.now - 60)

    async def published(_self: Composer) -> Published:
        return Published(after, history)

    monkeypatch.setattr(Composer, "published", published)
    answer = await conversation.ask("/whatsnew")
    lines = answer["text"].split("\n")
    assert any("820,000–920,000" in line and "→ 820,000–900,000" in line for line in lines[:6])
    assert "1/2" in labels_of(answer)
    second = await conversation.press(answer, "→")
    assert "Term 8" in second["text"] or "Term 8" in answer["text"]
