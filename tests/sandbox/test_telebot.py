"""The sandbox through pyTelegramBotAPI (telebot).

Its bot is `Any` here: many of its annotations allow less, or more, than it gives and takes.
"""

import asyncio
import io
from typing import Any

import pytest
from telebot.asyncio_helper import ApiTelegramException
from telebot.types import (
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    ChatPermissions,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputFile,
    InputMediaPhoto,
    InputTextMessageContent,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox import Limits, Sandbox
from tests.sandbox.conftest import EDITOR, GROUP, YOU, png


def picture() -> InputFile:
    return InputFile(io.BytesIO(png()), "photo.png")


async def test_messages_edits_and_deletions(telebot_bot: Any) -> None:
    me = await telebot_bot.get_me()
    assert me.username == "kolokol_sandbox_bot"
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("more", callback_data="more")]])
    sent = await telebot_bot.send_message(YOU, "<b>Привет</b>, /help", parse_mode="HTML", reply_markup=markup)
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 6), ("bot_command", 8, 5)]
    edited = await telebot_bot.edit_message_text("два", YOU, sent.message_id)
    assert edited.text == "два"
    assert await telebot_bot.delete_message(YOU, sent.message_id)
    with pytest.raises(ApiTelegramException, match="message to delete not found"):
        await telebot_bot.delete_message(YOU, sent.message_id)


async def test_files_in_multipart_forms(telebot_bot: Any) -> None:
    photo = await telebot_bot.send_photo(YOU, picture(), caption="*c*", parse_mode="Markdown")
    assert (photo.photo[-1].width, photo.caption, photo.caption_entities[0].type) == (40, "c", "bold")
    document = await telebot_bot.send_document(YOU, io.BytesIO(b"id: x"), visible_file_name="карта.yaml")
    assert document.document.file_name == "карта.yaml"
    info = await telebot_bot.get_file(document.document.file_id)
    assert await telebot_bot.download_file(info.file_path) == b"id: x"
    album = await telebot_bot.send_media_group(YOU, [InputMediaPhoto(picture()), InputMediaPhoto(picture())])
    assert len({message.media_group_id for message in album}) == 1
    replaced = await telebot_bot.edit_message_media(InputMediaPhoto(picture(), caption="new"), YOU, photo.message_id)
    assert replaced.caption == "new"
    for send in (telebot_bot.send_audio, telebot_bot.send_voice, telebot_bot.send_video, telebot_bot.send_animation,
                 telebot_bot.send_sticker, telebot_bot.send_video_note):  # fmt: skip
        assert (await send(YOU, io.BytesIO(b"bytes"))).message_id
    assert await telebot_bot.send_chat_action(YOU, "upload_document")
    with pytest.raises(ApiTelegramException, match="wrong parameter action in request"):
        await telebot_bot.send_chat_action(YOU, "sing")


async def test_places_polls_and_passing_on(telebot_bot: Any) -> None:
    assert (await telebot_bot.send_location(YOU, 1.5, 2.5)).location.latitude == 1.5
    assert (await telebot_bot.send_venue(YOU, 1.5, 2.5, "t", "a")).venue.address == "a"
    assert (await telebot_bot.send_contact(YOU, "+1", "A")).contact.first_name == "A"
    assert (await telebot_bot.send_dice(YOU)).dice.value
    poll = await telebot_bot.send_poll(YOU, "Who?", ["a", "b"], type="quiz", correct_option_id=1, explanation="So.")
    assert poll.poll.explanation == "So."
    assert (await telebot_bot.stop_poll(YOU, poll.message_id)).is_closed
    text = await telebot_bot.send_message(YOU, "text")
    assert (await telebot_bot.forward_message(EDITOR, YOU, text.message_id)).forward_origin.type == "user"
    assert (await telebot_bot.copy_message(EDITOR, YOU, text.message_id)).message_id
    assert await telebot_bot.set_message_reaction(YOU, text.message_id, [ReactionTypeEmoji("🔥")])
    assert await telebot_bot.pin_chat_message(YOU, text.message_id)


async def test_chats_members_and_commands(sandbox: Sandbox, telebot_bot: Any) -> None:
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    assert (await telebot_bot.get_chat(GROUP)).title == "Friends abroad"
    assert {m.status for m in await telebot_bot.get_chat_administrators(GROUP)} == {"creator", "administrator"}
    assert await telebot_bot.get_chat_member_count(GROUP) == 3
    assert await telebot_bot.restrict_chat_member(GROUP, YOU, permissions=ChatPermissions(can_send_messages=False))
    assert (await telebot_bot.get_chat_member(GROUP, YOU)).status == "restricted"
    assert await telebot_bot.ban_chat_member(GROUP, YOU)
    assert await telebot_bot.unban_chat_member(GROUP, YOU)
    assert await telebot_bot.set_my_commands([BotCommand("help", "Help")], None, "en")
    assert [c.command for c in await telebot_bot.get_my_commands(None, "en")] == ["help"]
    assert await telebot_bot.delete_my_commands(None, "en")
    assert await telebot_bot.set_my_description("d")
    assert (await telebot_bot.get_my_description()).description == "d"
    assert await telebot_bot.export_chat_invite_link(GROUP)


async def test_errors_come_as_telebots_own(sandbox: Sandbox, telebot_bot: Any) -> None:
    sandbox.limits = Limits.preset("strict")
    await telebot_bot.send_message(YOU, "a")
    with pytest.raises(ApiTelegramException) as held:
        await telebot_bot.send_message(YOU, "b")
    assert (held.value.error_code, held.value.result_json["parameters"]) == (429, {"retry_after": 1})


async def test_what_people_hand_over_and_change_is_read(sandbox: Sandbox, telebot_bot: Any) -> None:
    wish = KeyboardButtonRequestUsers(request_id=4, request_name=True)
    markup = ReplyKeyboardMarkup(resize_keyboard=True)
    markup.add(KeyboardButton("Whom?", request_users=wish), KeyboardButton("Number", request_contact=True))
    await telebot_bot.send_message(YOU, "an editor?", reply_markup=markup)
    sandbox.acts.share_users(YOU, 4, [EDITOR])
    sandbox.acts.contact(YOU, of=EDITOR)
    said = sandbox.acts.send(EDITOR, "it is me", GROUP)["message_id"]
    sandbox.acts.change_person(EDITOR, hides_forwards=True)
    sandbox.acts.forward(YOU, said, GROUP)
    sandbox.acts.upload(EDITOR, "visas.yaml", b"kind: term")
    sandbox.acts.promote(GROUP, sandbox.world.bot.id, ["can_pin_messages"])
    shared, contact, forwarded, document, promoted = await telebot_bot.get_updates(timeout=0)
    assert shared.message.users_shared.users[0].first_name == "Editor"
    assert contact.message.contact.user_id == EDITOR
    origin = forwarded.message.forward_origin
    assert (origin.type, origin.sender_user_name) == ("hidden_user", "Editor")
    path = (await telebot_bot.get_file(document.message.document.file_id)).file_path
    assert await telebot_bot.download_file(path) == b"kind: term"
    assert promoted.my_chat_member.new_chat_member.can_pin_messages is True
    assert promoted.my_chat_member.old_chat_member.status == "member"
    await telebot_bot.set_my_commands([BotCommand("publish", "Publish")], BotCommandScopeChat(EDITOR))
    assert [c.command for c in await telebot_bot.get_my_commands(BotCommandScopeChat(EDITOR), None)] == ["publish"]
    await telebot_bot.delete_my_commands(BotCommandScopeChat(EDITOR))
    assert await telebot_bot.get_my_commands(BotCommandScopeChat(EDITOR), None) == []
    await telebot_bot.send_message(YOU, "thank you", reply_markup=ReplyKeyboardRemove())
    assert sandbox.world.chats[YOU].keyboard is None


async def test_a_whole_bot_of_telebot_talks_with_a_person(sandbox: Sandbox, telebot_bot: Any) -> None:
    done = asyncio.Event()

    async def start(message: Message) -> None:
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("more", callback_data="more")]])
        sent = await telebot_bot.reply_to(message, "hello", reply_markup=markup)
        sandbox.acts.press(YOU, sent.message_id, "more")

    async def more(query: CallbackQuery) -> None:
        await telebot_bot.answer_callback_query(query.id, "here")
        done.set()

    async def inline(query: InlineQuery) -> None:
        article = InlineQueryResultArticle("1", "One", InputTextMessageContent("one"))
        await telebot_bot.answer_inline_query(query.id, [article])

    telebot_bot.register_message_handler(start, commands=["start"])
    telebot_bot.register_callback_query_handler(more, lambda query: query.data == "more")
    telebot_bot.register_inline_handler(inline, lambda _: True)
    polling = asyncio.create_task(telebot_bot.polling(non_stop=True, timeout=2, request_timeout=10))
    try:
        sandbox.acts.send(YOU, "/start")
        await asyncio.wait_for(done.wait(), 20)
        answered = await asyncio.wait_for(sandbox.acts.ask_inline(YOU, "q"), 20)
        assert [result["title"] for result in answered["results"]] == ["One"]
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
