"""Channels: subscribed in private by whoever may post there, named or chosen through Telegram's button."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import i18n
from bot.digests.schedule import next_due, period_of
from bot.i18n import Language
from bot.sandbox.chats import Member
from bot.subscription import ChatKind, State
from tests.conversation import CHANNEL, EDITOR, GROUP, YOU, Conversation, Json, labels_of, refusals
from tests.databases import on_both
from tests.handlers.test_subscribing import only, subscriptions, walk

NAME = "@news_from_exile"
POSTS = Member("administrator", {"can_post_messages"})


@pytest.fixture
def owner(conversation: Conversation) -> Conversation:
    """Whoever owns the channel, in private, in English."""
    conversation.sandbox.acts.change_person(EDITOR, language_code="en")
    return conversation.as_(EDITOR)


@pytest.mark.parametrize("name", [NAME, "@News_From_Exile", "https://t.me/news_from_exile", str(CHANNEL)])
async def test_its_owner_names_it_in_private(owner: Conversation, name: str) -> None:
    answer = await owner.ask(f"/subscribe {name}")
    assert "The digest of “News from exile”" in answer["text"]
    found = await only(owner, CHANNEL)
    assert await owner.bot.desk.subscriptions.place_of(found.chat) == (CHANNEL, ChatKind.CHANNEL)
    assert owner.sandbox.world.chats[CHANNEL].messages == {}


async def test_it_is_chosen_through_telegrams_own_button(owner: Conversation) -> None:
    message = await owner.ask("/start")
    await walk(owner, message, "📬 Digest", "📣 For my channel")
    keyboard = owner.sandbox.world.chats[EDITOR].keyboard
    assert keyboard
    (row,) = keyboard["keyboard"]
    wish = row[0]["request_chat"]
    assert wish["chat_is_channel"] is True
    for rights in (wish["bot_administrator_rights"], wish["user_administrator_rights"]):
        assert [name for name, on in rights.items() if on] == ["can_post_messages"]
    owner.sandbox.acts.share_chat(EDITOR, wish["request_id"], CHANNEL)
    await owner.handled()
    assert "The digest of “News from exile”" in owner.messages[-1]["text"]
    assert await only(owner, CHANNEL)


@pytest.mark.parametrize("languages", [("ru",), ("en", "ru")])
async def test_choosing_it_once_more_leads_to_its_settings_and_makes_no_second_one(
    owner: Conversation, languages: tuple[str, ...]
) -> None:
    for language in languages:
        await owner.ask(f"/subscribe {language} {NAME}")
    await walk(owner, await owner.ask("/settings"), "📣 For my channel")
    owner.sandbox.acts.share_chat(EDITOR, 1, CHANNEL)
    await owner.handled()
    assert "The digest of “News from exile”" in owner.messages[-1]["text"]
    assert [each.language.value for each in await subscriptions(owner, CHANNEL)] == list(languages)


async def test_a_channel_without_a_digest_offers_none_to_its_owner_in_its_place(owner: Conversation) -> None:
    message = await owner.ask(f"/settings {NAME}")
    assert "No digest comes to this channel" in message["text"]
    assert labels_of(message) == ["📣 For my channel", "🏠 Menu"]


async def test_all_digests_of_a_channel_are_listed_for_whoever_may_post_there(owner: Conversation) -> None:
    first = await owner.ask(f"/subscribe {NAME}")
    listed = await owner.press(first, "⬅️ All digests")
    assert labels_of(listed) == ["1", "➕ Also in Russian", "🏠 Menu"]
    second = await walk(owner, listed, "➕ Also in Russian", "⬅️ All digests")
    assert labels_of(second) == ["1", "2", "🏠 Menu"]
    assert "Russian" in (await owner.press(second, "2"))["text"]
    assert await subscriptions(owner, EDITOR) == ()


async def test_the_button_makes_the_bot_an_administrator_that_may_only_post(owner: Conversation) -> None:
    world = owner.sandbox.world
    owner.sandbox.acts.member(CHANNEL, world.bot.id, "left", by=EDITOR)
    await owner.ask("/start")
    await walk(owner, await owner.ask("/subscribe"), "✖️ Unsubscribe")
    await walk(owner, await owner.ask("/settings"), "📣 For my channel")
    owner.sandbox.acts.share_chat(EDITOR, 1, CHANNEL)
    await owner.handled()
    assert world.chats[CHANNEL].member(world.bot.id).rights == {"can_post_messages"}
    assert await only(owner, CHANNEL)


async def test_who_may_not_post_there_cannot_subscribe_it(conversation: Conversation) -> None:
    assert "you are not among them" in (await conversation.ask(f"/subscribe {NAME}"))["text"]
    conversation.sandbox.acts.member(CHANNEL, YOU, Member("administrator", {"can_invite_users"}))
    assert "you are not among them" in (await conversation.ask(f"/subscribe {NAME}"))["text"]
    assert await subscriptions(conversation, CHANNEL) == ()
    conversation.sandbox.acts.member(CHANNEL, YOU, POSTS)
    assert "Subscribed" in (await conversation.ask(f"/subscribe {NAME}"))["text"]


async def test_the_bot_must_be_there_and_may_post(owner: Conversation) -> None:
    bot = owner.sandbox.world.bot.id
    owner.sandbox.acts.member(CHANNEL, bot, Member("administrator", {"can_invite_users"}))
    assert "may not post" in (await owner.ask(f"/subscribe {NAME}"))["text"]
    owner.sandbox.acts.member(CHANNEL, bot, "left", by=EDITOR)
    assert "not in it" in (await owner.ask(f"/subscribe {NAME}"))["text"]
    assert "do not know @no_such_channel" in (await owner.ask("/subscribe @no_such_channel"))["text"]
    assert await subscriptions(owner, CHANNEL) == ()


async def test_a_group_is_not_subscribed_from_elsewhere_and_a_channel_not_from_a_group(owner: Conversation) -> None:
    assert "not a channel" in (await owner.ask(f"/subscribe {GROUP}"))["text"]
    assert "in private" in (await owner.as_(EDITOR, GROUP).ask(f"/subscribe {NAME}"))["text"]
    assert await subscriptions(owner, GROUP) == await subscriptions(owner, CHANNEL) == ()


async def test_rights_are_asked_for_at_each_press(conversation: Conversation) -> None:
    conversation.sandbox.acts.member(CHANNEL, YOU, POSTS)
    message = await conversation.ask(f"/subscribe {NAME}")
    found = await only(conversation, CHANNEL)
    conversation.sandbox.acts.member(CHANNEL, YOU, "member")
    for label in labels_of(message):
        if label != "🏠 Menu":
            await conversation.press(message, label, alert=True)
    assert await only(conversation, CHANNEL) == found


async def test_it_is_unsubscribed_even_where_the_bot_may_not_post(owner: Conversation) -> None:
    await owner.ask(f"/subscribe {NAME}")
    owner.sandbox.acts.member(CHANNEL, owner.sandbox.world.bot.id, Member("administrator", {"can_invite_users"}))
    assert "Unsubscribed" in (await owner.ask(f"/unsubscribe {NAME}"))["text"]
    assert await subscriptions(owner, CHANNEL) == ()


async def test_where_the_bot_may_not_post_the_settings_are_shown_and_only_silence_can_be_chosen(
    owner: Conversation,
) -> None:
    await owner.ask(f"/subscribe {NAME}")
    owner.sandbox.acts.member(CHANNEL, owner.sandbox.world.bot.id, Member("administrator", {"can_invite_users"}))
    message = await owner.ask(f"/settings {NAME}")
    before = await only(owner, CHANNEL)
    for label in ("🔔 With sound", "✉️ Failures: tell me here"):
        await owner.press(message, label, alert=True)
    assert "may not post" in (await owner.ask(f"/settings {NAME} Tbilisi"))["text"]
    assert await only(owner, CHANNEL) == before
    paused = await walk(owner, message, "⏸ Pause", "2 weeks")
    assert "Paused until" in paused["text"]
    await owner.press(paused, "▶️ Resume", alert=True)
    assert (await only(owner, CHANNEL)).state is State.PAUSED
    assert "Unsubscribed" in (await owner.press(paused, "✖️ Unsubscribe"))["text"]


async def test_an_administrator_who_may_not_post_looks_at_the_settings_and_changes_nothing_that_is_posted(
    conversation: Conversation,
) -> None:
    await conversation.as_(EDITOR).ask(f"/subscribe {NAME}")
    before = await only(conversation, CHANNEL)
    conversation.sandbox.acts.member(CHANNEL, YOU, Member("administrator", {"can_invite_users"}))
    message = await conversation.ask(f"/settings {NAME}")
    for label in ("🔔 With sound", "✉️ Failures: tell me here"):
        await conversation.press(message, label, alert=True)
    line = await conversation.press(message, "🏷 Line above")
    await conversation.press(line, "⌨️ Write it", alert=True)
    assert await only(conversation, CHANNEL) == before


async def prompt(conversation: Conversation, message: Json, *labels: str) -> int:
    """Press the way to a prompt; its number."""
    await walk(conversation, message, *labels)
    return int(conversation.messages[-1]["message_id"])


@on_both
async def test_its_own_line_and_hashtag_are_answered_in_writing(owner: Conversation) -> None:
    message = await owner.ask(f"/subscribe {NAME}")
    line = await prompt(owner, message, "🏷 Line above", "⌨️ Write it")
    (long,) = await owner.say("Very " * 30, reply_to=line)
    assert "149 characters" in long["text"]
    (kept,) = await owner.say("For those\nwho left & <stayed>", reply_to=line)
    assert "Line above: For those who left & <stayed>" in kept["text"]
    tag = await prompt(owner, kept, "#️⃣ Hashtag", "⌨️ Write it")
    (wrong,) = await owner.say("two words", reply_to=tag)
    assert "one word" in wrong["text"]
    (kept,) = await owner.say("изгнание", reply_to=tag)
    choices = (await only(owner, CHANNEL)).choices
    assert (choices.header, choices.hashtag) == ("For those who left & <stayed>", "#изгнание")
    shown = await walk(owner, kept, "🏷 Line above")
    assert "For those who left & <stayed>" in shown["text"]
    await walk(owner, shown, "✖️ Leave it out", "#️⃣ Hashtag", "✖️ Leave it out")
    choices = (await only(owner, CHANNEL)).choices
    assert (choices.header, choices.hashtag) == ("", "")


async def test_an_answer_of_somebody_who_may_not_any_more_is_not_kept(conversation: Conversation) -> None:
    conversation.sandbox.acts.member(CHANNEL, YOU, POSTS)
    message = await conversation.ask(f"/subscribe {NAME}")
    line = await prompt(conversation, message, "🏷 Line above", "⌨️ Write it")
    conversation.sandbox.acts.member(CHANNEL, YOU, "member")
    (answer,) = await conversation.say("Mine", reply_to=line)
    assert "you are not among them" in answer["text"]
    assert (await only(conversation, CHANNEL)).choices.header == ""


@on_both
async def test_a_preview_is_chosen_by_button(owner: Conversation) -> None:
    await walk(owner, await owner.ask(f"/subscribe {NAME}"), "👁 Preview: none", "6 hours")
    assert "before it goes out" in owner.messages[-1]["text"]
    found = await only(owner, CHANNEL)
    assert found.choices.preview_hours == 6
    assert await owner.bot.desk.subscriptions.told_to(EDITOR) == (found,)
    message = await owner.ask(f"/settings {NAME}")
    await owner.press(message, "✉️ Failures: you are told")
    choices = (await only(owner, CHANNEL)).choices
    assert choices.preview_hours == 0


@pytest.mark.parametrize(("language", "said"), [("en", "no sooner than that"), ("ru", "раньше он не придет")])
async def test_the_choice_of_a_preview_says_that_none_comes_before_the_period_is_over(
    owner: Conversation, language: str, said: str
) -> None:
    owner.sandbox.acts.change_person(EDITOR, language_code=language)
    message = await owner.ask(f"/subscribe {NAME}")
    label = next(label for label in labels_of(message) if label.startswith("👁"))
    asked = await owner.press(message, label)
    assert "00:00 UTC" in asked["text"]
    assert said in asked["text"]


@on_both
async def test_an_owner_who_is_told_of_troubles_finds_the_channel_in_the_list(owner: Conversation) -> None:
    message = await owner.ask(f"/subscribe {NAME}")
    await owner.press(message, "✉️ Failures: tell me here")
    await owner.ask("/subscribe")
    listed = await owner.ask("/settings")
    assert "News from exile" in listed["text"]
    assert "Your digest" in listed["text"]
    assert "The digest of “News from exile”" in (await owner.press(listed, "2"))["text"]


@on_both
async def test_a_skip_is_kept_and_taken_back(owner: Conversation) -> None:
    await owner.ask(f"/subscribe {NAME}")
    key = (await only(owner, CHANNEL)).key
    preview = await owner.ask("/start numbers")
    stored = owner.sandbox.acts.chat(EDITOR).messages[preview["message_id"]]
    button = {"text": "skip", "callback_data": f"a.y.{key}.skip:w2026-11-16"}
    stored["reply_markup"] = {"inline_keyboard": [[button]]}
    shown = await owner.press(stored, "skip", alert=True)
    assert shown["text"] == preview["text"]
    assert (await only(owner, CHANNEL)).skipped == "w2026-11-16"
    await owner.press(shown, "↩️ Send it after all", alert=True)
    assert (await only(owner, CHANNEL)).skipped is None


async def test_after_a_skip_the_settings_name_the_one_that_comes_instead(owner: Conversation) -> None:
    await owner.ask(f"/subscribe {NAME}")
    before = await only(owner, CHANNEL)
    schedule, due = before.choices.schedule, datetime.fromtimestamp(before.next_due or 0, UTC)
    await owner.bot.desk.subscriptions.skip(before.key, period_of(schedule, due).key)
    zone = ZoneInfo(schedule.timezone)
    days = [i18n.day_of_week(Language.EN, each.astimezone(zone).date()) for each in (next_due(schedule, due), due)]
    asked = await owner.ask(f"/subscribe {NAME}")
    for shown in (asked, await owner.press(asked, f"a.y.{before.key}.quiet:1")):
        (line,) = [line for line in shown["text"].split("\n") if "is skipped" in line]
        assert line.index(days[0]) < line.index(days[1])


async def test_telegram_refuses_nothing_of_all_this(owner: Conversation) -> None:
    message = await owner.ask(f"/subscribe {NAME}")
    for label in ("🏷 Line above", "⬅️ Back", "👁 Preview: none", "⬅️ Back", "⬅️ All digests"):
        message = await owner.press(message, label)
    assert list(refusals(owner.sandbox)) == []
