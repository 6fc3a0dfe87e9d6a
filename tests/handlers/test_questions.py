"""Plain words: a search in a private chat, and in a group only what is meant for the bot."""

from __future__ import annotations

import pytest

from tests.conversation import EDITOR, GROUP, YOU, Conversation, buttons_of, labels_of


@pytest.mark.parametrize("words", ["how many people left russia", "визы", "visas", "Навальный", "brain drain"])
async def test_plain_words_in_a_private_chat_are_a_search(conversation: Conversation, words: str) -> None:
    answer = await conversation.ask(words)
    assert answer["reply_to_message"]["text"] == words
    assert any(label.isdigit() for label in labels_of(answer)) or "📰 Source" in labels_of(answer)


@pytest.mark.parametrize("words", ["naavlny", "нвальный", "oposition", "эммиграция"])
async def test_a_typing_error_is_forgiven_in_both_alphabets(conversation: Conversation, words: str) -> None:
    assert any(label.isdigit() for label in labels_of(await conversation.ask(words)))


async def test_a_search_is_answered_in_the_readers_language(conversation: Conversation) -> None:
    conversation.sandbox.acts.change_person(YOU, language_code="ru")
    assert "🏠 Меню" in labels_of(await conversation.ask("visas"))


async def test_the_pager_reads_the_question_from_the_message_it_replies_to(conversation: Conversation) -> None:
    first = await conversation.ask("russia")
    second = await conversation.press(first, "→")
    assert second["text"].splitlines()[0] == first["text"].splitlines()[0]
    assert second["text"] != first["text"]
    card = await conversation.press(second, next(b["text"] for b in buttons_of(second) if b["text"].isdigit()))
    after = await conversation.press(card, "→")
    assert after["text"] != card["text"]
    place = next(label for label in labels_of(after) if label.startswith("☰"))
    back = await conversation.press(after, place)
    assert back["text"] == second["text"]


async def test_a_pager_whose_question_is_gone_asks_to_search_again(conversation: Conversation) -> None:
    answer = await conversation.ask("russia")
    stored = conversation.sandbox.acts.chat(YOU).messages[answer["message_id"]]
    del stored["reply_to_message"]
    assert "Please ask again" in (await conversation.press(answer, "→"))["text"]


async def test_nonsense_gets_no_false_answer(conversation: Conversation) -> None:
    answer = await conversation.ask("zxqwvkjhgf")
    assert "Nothing fits" in answer["text"]
    assert "📚 Topics" in labels_of(answer)


async def test_other_words_are_one_tap_away_and_read_from_the_question(conversation: Conversation) -> None:
    nothing = await conversation.ask("weather in Tbilisi")
    offer = next(button for button in buttons_of(nothing) if button["text"] == "🔎 Tbilisi")
    assert "Tbilisi" not in offer["callback_data"]
    found = await conversation.press(nothing, offer["text"])
    assert found["text"].splitlines()[0].endswith("Tbilisi")
    card = await conversation.press(found, "2")
    walked = await conversation.press(card, "→")
    assert walked["text"] != card["text"]
    place = next(label for label in labels_of(walked) if label.startswith("☰"))
    assert (await conversation.press(walked, place))["text"] == found["text"]


@pytest.mark.parametrize(
    "words", ["<b>visas</b> & <script>", "!!!", "😀" * 200, "visas " * 600, "\u202eсазив", "a\x00b", "%s {0} ${x}"]
)
async def test_rubbish_gets_an_answer_and_no_error(conversation: Conversation, words: str) -> None:
    answer = await conversation.ask(words)
    assert answer["text"]
    assert "went wrong" not in answer["text"]


async def test_what_is_no_text_is_answered_with_a_hint(conversation: Conversation) -> None:
    conversation.sandbox.acts.location(YOU, 41.7, 44.8)
    await conversation.handled()
    assert "I read text only" in conversation.messages[-1]["text"]


async def test_a_group_is_answered_only_where_the_bot_is_meant(conversation: Conversation) -> None:
    group = conversation.as_(YOU, GROUP)
    conversation.sandbox.acts.member(GROUP, conversation.sandbox.world.bot.id, "administrator")
    assert await group.say("what about visas") == []
    mentioned = await group.ask(f"@{conversation.bot.desk.username} visas")
    assert mentioned["text"].splitlines()[0].endswith("visas")
    replied = await group.say("and passports?", reply_to=mentioned["message_id"])
    assert len(replied) == 1
    assert replied[0]["reply_to_message"]["text"] == "and passports?"


async def test_a_bare_mention_in_a_group_shows_help(conversation: Conversation) -> None:
    group = conversation.as_(EDITOR, GROUP)
    answer = await group.ask(f"@{conversation.bot.desk.username}")
    assert "/topics" in answer["text"]


async def test_a_group_gets_every_answer_in_one_message(conversation: Conversation) -> None:
    group = conversation.as_(YOU, GROUP)
    for card in conversation.bot.desk.library.catalog.cards[::41]:
        assert len(await group.say(f"/start@{conversation.bot.desk.username} {card.id}")) == 1


async def test_a_command_for_another_bot_is_not_ours(conversation: Conversation) -> None:
    assert await conversation.as_(YOU, GROUP).say("/help@other_bot") == []
