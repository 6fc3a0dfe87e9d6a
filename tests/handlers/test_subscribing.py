"""Subscribing by words and buttons: oneself, a group, a thread; and who may."""

from __future__ import annotations

import pytest

from bot.i18n import Language
from bot.sandbox.chats import Topic
from bot.subscription import Cadence, Schedule, State, Subscription
from tests.conversation import CHANNEL, EDITOR, GROUP, YOU, Conversation, Json, buttons_of, labels_of, refusals
from tests.databases import on_both
from tests.handlers.test_crawl import put_button

MONDAY = 0


async def subscriptions(conversation: Conversation, chat: int = YOU) -> tuple[Subscription, ...]:
    return await conversation.bot.desk.subscriptions.of_chat(chat)


async def only(conversation: Conversation, chat: int = YOU) -> Subscription:
    (found,) = await subscriptions(conversation, chat)
    return found


async def walk(conversation: Conversation, message: Json, *labels: str) -> Json:
    """Press one button after another; each label is one of the screen that the one before led to."""
    for label in labels:
        message = await conversation.press(message, label)
    return message


@on_both
async def test_subscribing_takes_one_word_and_starts_with_monday_morning(conversation: Conversation) -> None:
    answer = await conversation.ask("/subscribe")
    assert "Subscribed" in answer["text"]
    assert "every week, on Mondays at 9:00, UTC time" in answer["text"]
    found = await only(conversation)
    assert found.choices.schedule == Schedule(Cadence.WEEKLY, MONDAY, 9, "UTC")
    assert found.next_due
    assert found.next_due > conversation.bot.desk.now
    assert (found.language, found.choices.topics, found.told) == (Language.EN, (), None)


async def test_the_menu_leads_to_a_subscription_by_buttons_alone(conversation: Conversation) -> None:
    start = await conversation.ask("/start")
    settings = await walk(conversation, start, "📬 Digest", "📬 Subscribe")
    assert "Subscribed" in settings["text"]
    assert (await walk(conversation, settings, "🏠 Menu", "📬 Digest"))["text"].startswith("📬 Your digest")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("🗓 Every week", "Every two weeks"), Schedule(Cadence.FORTNIGHTLY, 0, 9)),
        (("🗓 Every week", "Every month", "Monday", "Friday"), Schedule(Cadence.MONTHLY, 4, 9)),
        (("🗓 Every week", "Every day"), Schedule(Cadence.DAILY, 0, 9)),
        (("Monday", "Sunday"), Schedule(Cadence.WEEKLY, 6, 9)),
        (("🕘 9:00", "0:00"), Schedule(Cadence.WEEKLY, 0, 0)),
        (("🕘 9:00", "23:00"), Schedule(Cadence.WEEKLY, 0, 23)),
        (("📍 UTC", "Berlin"), Schedule(Cadence.WEEKLY, 0, 9, "Europe/Berlin")),
        (("📍 UTC", "Yerevan"), Schedule(Cadence.WEEKLY, 0, 9, "Asia/Yerevan")),
        (("📍 UTC", "←", "Zagreb"), Schedule(Cadence.WEEKLY, 0, 9, "Europe/Zagreb")),
    ],
)
async def test_the_rhythm_is_chosen_by_buttons(
    conversation: Conversation, path: tuple[str, ...], expected: Schedule
) -> None:
    answer = await conversation.ask("/subscribe")
    shown = await walk(conversation, answer, *path)
    found = await only(conversation)
    assert found.choices.schedule == expected
    assert found.next_due == conversation.bot.desk.next_due(expected)
    assert shown["text"].startswith("📬 Your digest")


@on_both
async def test_topics_are_ticked_and_all_of_them_are_none(conversation: Conversation) -> None:
    catalog = conversation.bot.desk.library.catalog
    first, second, *rest = catalog.topics
    message = await walk(conversation, await conversation.ask("/subscribe"), "📚 All topics")
    for topic in (first, second):
        message = await conversation.press(message, f"{topic.icon} {topic.summary.title.en}")
    assert (await only(conversation)).choices.topics == tuple(sorted((first.id, second.id)))
    message = await conversation.press(message, f"✓ {first.icon} {first.summary.title.en}")
    assert (await only(conversation)).choices.topics == (second.id,)
    back = await conversation.press(message, "⬅️ Back")
    message = await conversation.press(back, "📚 1 topic")
    for topic in (first, *rest):
        message = await conversation.press(message, f"{topic.icon} {topic.summary.title.en}")
    assert (await only(conversation)).choices.topics == ()
    assert "✓ 📚 All topics" in labels_of(message)


@on_both
async def test_switches_turn_both_ways_and_a_second_press_of_an_old_button_does_no_harm(
    conversation: Conversation,
) -> None:
    before = await conversation.ask("/subscribe")
    after = before
    for label in ("🔔 With sound", "🔗 Links: shown", "📭 Nothing new: write anyway"):
        after = await conversation.press(after, label)
    choices = (await only(conversation)).choices
    assert (choices.quiet, choices.links, choices.skip_empty) == (True, False, True)
    for label in ("🔕 Without sound", "🔗 Links: hidden", "📭 Nothing new: no message"):
        after = await conversation.press(after, label)
    choices = (await only(conversation)).choices
    assert (choices.quiet, choices.links, choices.skip_empty) == (False, True, False)
    data = next(b["callback_data"] for b in buttons_of(before) if b["text"] == "🔔 With sound")
    for _ in range(2):
        put_button(conversation, after, data)
        after = await conversation.press(after, data)
    assert (await only(conversation)).choices.quiet is True


@on_both
async def test_a_pause_ends_by_itself_or_by_a_button(conversation: Conversation) -> None:
    message = await walk(conversation, await conversation.ask("/subscribe"), "⏸ Pause", "2 weeks")
    paused = await only(conversation)
    assert paused.state is State.PAUSED
    assert paused.until
    assert 13 * 86400 < paused.until - conversation.bot.desk.now <= 14 * 86400
    assert paused.next_due
    assert paused.next_due > paused.until
    assert "Paused until" in message["text"]
    assert "Next one:" in message["text"], "it says when the first one after the pause comes"
    await conversation.press(message, "▶️ Resume")
    back = await only(conversation)
    assert (back.state, back.until) == (State.ACTIVE, None)
    assert back.next_due
    assert back.next_due < paused.next_due


@on_both
async def test_unsubscribing_takes_one_press_and_one_more_takes_it_back(conversation: Conversation) -> None:
    message = await walk(conversation, await conversation.ask("/subscribe"), "✖️ Unsubscribe")
    assert "Unsubscribed" in message["text"]
    assert await subscriptions(conversation) == ()
    await conversation.press(message, "📬 Subscribe again")
    assert await only(conversation)


async def test_unsubscribing_in_words_works_at_once_and_says_so_where_there_is_none(conversation: Conversation) -> None:
    await conversation.ask("/subscribe")
    assert "Unsubscribed" in (await conversation.ask("/unsubscribe"))["text"]
    assert "no subscription here" in (await conversation.ask("/unsubscribe"))["text"]


async def test_a_button_of_a_subscription_that_is_gone_says_so(conversation: Conversation) -> None:
    message = await conversation.ask("/subscribe")
    await conversation.ask("/unsubscribe")
    assert "This subscription is gone" in (await conversation.press(message, "🔔 With sound"))["text"]


@on_both
async def test_two_languages_are_two_subscriptions_with_the_same_choices(conversation: Conversation) -> None:
    await walk(conversation, await conversation.ask("/subscribe"), "🕘 9:00", "18:00")
    await conversation.ask("/subscribe ru")
    english, russian = await subscriptions(conversation)
    assert (english.language, russian.language) == (Language.EN, Language.RU)
    assert english.choices == russian.choices
    listed = await conversation.ask("/settings")
    assert "Choose one" in listed["text"]
    assert "Russian" in (await conversation.press(listed, "2"))["text"]
    taken = await walk(conversation, await conversation.ask("/settings"), "1", "🌐 English")
    assert "already" in (await conversation.press(taken, "Russian"))["text"]
    assert [each.language for each in await subscriptions(conversation)] == [Language.EN, Language.RU]


async def test_a_second_language_is_added_by_a_button(conversation: Conversation) -> None:
    message = await walk(conversation, await conversation.ask("/subscribe"), "🌐 English", "➕ Also in Russian")
    assert "Subscribed" in message["text"]
    assert [each.language for each in await subscriptions(conversation)] == [Language.EN, Language.RU]
    await walk(conversation, message, "🌐 Russian", "➕ Also in English")
    assert len(await subscriptions(conversation)) == 2


async def test_the_language_of_the_digest_is_not_that_of_the_chat(conversation: Conversation) -> None:
    message = await walk(conversation, await conversation.ask("/subscribe"), "🌐 English", "Russian")
    assert (await only(conversation)).language is Language.RU
    assert message["text"].startswith("📬 Your digest")


@pytest.mark.parametrize(
    ("words", "timezone", "shown"),
    [
        ("Tbilisi", "Asia/Tbilisi", "Tbilisi"),
        ("тбилиси", "Asia/Tbilisi", "Tbilisi"),
        ("Новосибирск", None, "I do not know"),
        ("asia/novosibirsk", "Asia/Novosibirsk", "Asia/Novosibirsk"),
        ("New York", "America/New_York", "New York"),
        ("Nowhere at all", None, "I do not know"),
    ],
)
async def test_a_city_may_be_typed(conversation: Conversation, words: str, timezone: str | None, shown: str) -> None:
    await conversation.ask("/subscribe")
    assert shown in (await conversation.ask(f"/settings {words}"))["text"]
    assert (await only(conversation)).choices.schedule.timezone == (timezone or "UTC")


async def test_a_city_that_is_nearly_right_is_offered(conversation: Conversation) -> None:
    await conversation.ask("/subscribe")
    message = await conversation.ask("/settings Tbilsi")
    await conversation.press(message, "Tbilisi")
    assert (await only(conversation)).choices.schedule.timezone == "Asia/Tbilisi"


async def test_a_city_may_answer_a_prompt(conversation: Conversation) -> None:
    message = await walk(conversation, await conversation.ask("/subscribe"), "📍 UTC")
    await conversation.press(message, "⌨️ Write the city")
    prompt = conversation.messages[-1]
    asked = conversation.sandbox.journal.exchanges
    assert [each.parameters["reply_markup"] for each in asked if "force_reply" in str(each.parameters)]
    (answer,) = await conversation.say("Batumi", reply_to=prompt["message_id"])
    assert "Tbilisi time" in answer["text"]
    (wrong,) = await conversation.say("Mars", reply_to=prompt["message_id"])
    assert "I do not know" in wrong["text"]
    (answer,) = await conversation.say("Riga", reply_to=wrong["message_id"])
    assert "Riga time" in answer["text"], "what was wrong is asked for once more"


async def test_settings_for_a_city_without_a_subscription_say_what_comes_first(conversation: Conversation) -> None:
    assert "/subscribe" in (await conversation.ask("/settings Tbilisi"))["text"]


async def test_a_group_is_subscribed_by_its_administrators_only(conversation: Conversation) -> None:
    owner, member = conversation.as_(EDITOR, GROUP), conversation.as_(YOU, GROUP)
    assert "administrators" in (await member.ask("/subscribe"))["text"]
    assert await subscriptions(conversation, GROUP) == ()
    message = await owner.ask("/subscribe")
    found = await only(conversation, GROUP)
    for label in labels_of(message):
        if label != "🏠 Меню":
            await member.press(message, label, alert=True)
    assert await only(conversation, GROUP) == found
    await owner.press(message, "🔔 Со звуком")
    assert (await only(conversation, GROUP)).choices.quiet is True
    assert "administrators" in (await member.ask("/unsubscribe"))["text"]
    assert "Группа отписана" in (await owner.ask("/unsubscribe"))["text"]


async def test_rights_are_asked_for_at_each_change(conversation: Conversation) -> None:
    member = conversation.as_(YOU, GROUP)
    conversation.sandbox.acts.member(GROUP, YOU, "administrator")
    message = await member.ask("/subscribe")
    conversation.sandbox.acts.member(GROUP, YOU, "member")
    await member.press(message, "🔔 With sound", alert=True)
    assert (await only(conversation, GROUP)).choices.quiet is False


async def test_a_bot_that_is_no_administrator_need_not_be_told_of_single_members(conversation: Conversation) -> None:
    conversation.sandbox.world.faults.add(kind="no_rights", method="getChatMember", times=None)
    owner = conversation.as_(EDITOR, GROUP)
    await owner.press(await owner.ask("/subscribe"), "🔔 Со звуком")
    assert (await only(conversation, GROUP)).choices.quiet is True
    assert "in English" in (await owner.ask("/language en"))["text"]


@pytest.mark.parametrize(("sender", "allowed"), [(GROUP, True), (CHANNEL, False)])
async def test_an_anonymous_administrator_writes_as_the_group_itself(
    conversation: Conversation, sender: int, allowed: bool
) -> None:
    world = conversation.sandbox.world
    chat = world.chats[GROUP]
    message: Json = {
        "message_id": world.next_message_id(chat),
        "date": world.now,
        "chat": chat.as_chat(),
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
        "sender_chat": world.chats[sender].as_chat(),
        "text": "/subscribe",
        "entities": [{"type": "bot_command", "offset": 0, "length": 10}],
    }
    chat.messages[message["message_id"]] = message
    world.updates.push("message", message)
    await conversation.handled()
    assert bool(await subscriptions(conversation, GROUP)) == allowed


async def test_nobody_changes_the_subscription_of_another_person(conversation: Conversation) -> None:
    mine = await conversation.ask("/subscribe")
    theirs = conversation.as_(EDITOR)
    message = await theirs.ask("/start")
    data = next(b["callback_data"] for b in buttons_of(mine) if b["text"] == "✖️ Unsubscribe")
    stored = conversation.sandbox.acts.chat(EDITOR).messages[message["message_id"]]
    stored["reply_markup"] = {"inline_keyboard": [[{"text": "forged", "callback_data": data}]]}
    await theirs.press(stored, "forged", alert=True)
    assert await only(conversation)


@on_both
async def test_a_subscription_in_a_thread_is_the_threads(conversation: Conversation) -> None:
    chat = conversation.sandbox.world.chats[GROUP]
    chat.is_forum = True
    for thread in (71, 72):
        chat.topics[thread] = Topic(thread, f"Thread {thread}")
    owner = conversation.as_(EDITOR, GROUP)
    for thread in (71, 72):
        conversation.sandbox.acts.send(EDITOR, "/subscribe", GROUP, thread=thread)
        await conversation.handled()
        assert owner.messages[-1]["message_thread_id"] == thread
    assert [each.thread for each in await subscriptions(conversation, GROUP)] == [71, 72]
    assert "Дайджест в теме форума" in owner.messages[-1]["text"]
    listed = await owner.press(owner.messages[-1], "⬅️ Все дайджесты")
    links = [entity["url"] for entity in listed["entities"] if entity["type"] == "text_link"]
    assert links == ["https://t.me/c/1000000001/71", "https://t.me/c/1000000001/72"], "a thread is known by its place"
    conversation.sandbox.acts.send(EDITOR, "/unsubscribe", GROUP, thread=71)
    await conversation.handled()
    assert [each.thread for each in await subscriptions(conversation, GROUP)] == [72]


async def test_under_a_digest_settings_and_unsubscribing_leave_it_to_be_read(conversation: Conversation) -> None:
    await conversation.ask("/subscribe")
    key = (await only(conversation)).key
    digest = await conversation.ask("/start numbers")
    stored = conversation.sandbox.acts.chat(YOU).messages[digest["message_id"]]
    buttons = [{"text": "settings", "callback_data": f"a.u.{key}"}, {"text": "end", "callback_data": f"a.x.{key}"}]
    stored["reply_markup"] = {"inline_keyboard": [buttons]}
    for label, expected in (("settings", "Your digest"), ("end", "Unsubscribed")):
        assert (await conversation.press(stored, label))["text"] == digest["text"]
        assert expected in conversation.messages[-1]["text"]
    for label in ("settings", "end"):
        assert (await conversation.press(stored, label, alert=True))["text"] == digest["text"]


@on_both
async def test_a_group_admin_who_may_be_written_to_is_told_of_troubles(conversation: Conversation) -> None:
    owner = conversation.as_(EDITOR, GROUP)
    message = await owner.ask("/subscribe")
    await owner.press(message, "✉️ Сообщать мне о сбоях", alert=True)
    assert (await only(conversation, GROUP)).told is None
    await conversation.as_(EDITOR).ask("/start")
    message = await owner.press(message, "✉️ Сообщать мне о сбоях")
    assert await conversation.bot.desk.subscriptions.told_to(EDITOR) == (await only(conversation, GROUP),)
    assert "не удастся доставить" in conversation.as_(EDITOR).messages[-1]["text"]
    await owner.press(message, "✉️ О сбоях сообщаю вам")
    assert (await only(conversation, GROUP)).told is None


@on_both
async def test_the_deep_link_of_a_prompt_opens_the_settings_of_who_may(conversation: Conversation) -> None:
    await conversation.ask("/subscribe")
    key = (await only(conversation)).key
    assert "Your digest" in (await conversation.ask(f"/start u-{key}-zone"))["text"]
    assert "больше нет" in (await conversation.as_(EDITOR).ask(f"/start u-{key}"))["text"]
    assert "gone" in (await conversation.ask("/start u-aaaaaaaa"))["text"]


async def test_telegram_refuses_nothing_of_all_this(conversation: Conversation) -> None:
    message = await conversation.ask("/subscribe")
    for label in ("🗓 Every week", "⬅️ Back", "📍 UTC", "→", "⬅️ Back", "⏸ Pause", "⬅️ Back", "📚 All topics"):
        message = await conversation.press(message, label)
    await conversation.as_(EDITOR, GROUP).ask("/subscribe")
    assert list(refusals(conversation.sandbox)) == []
