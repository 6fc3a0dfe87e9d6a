"""The sandbox through aiogram, whose response models are strict about what they are given."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    CallbackQuery,
    ChatAdministratorRights,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatPermissions,
    ChatShared,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    KeyboardButton,
    KeyboardButtonRequestChat,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    MessageEntity,
    MessageOriginUser,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from pydantic import BaseModel

from bot.sandbox import Limits, Sandbox
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, png

PHOTO = BufferedInputFile(png(640, 480), "photo.png")


def buttons(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=d, callback_data=d) for d in data]])


def plain(*models: BaseModel | None) -> list[dict[str, Any]]:
    """Models as plain data: aiogram's own are equal only within one bot."""
    return [model.model_dump() for model in models if model is not None]


async def test_the_bot_knows_itself(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    me = await aiogram_bot.get_me()
    assert (me.id, me.is_bot, me.username, me.supports_inline_queries) == (
        sandbox.world.bot.id,
        True,
        "kolokol_sandbox_bot",
        True,
    )
    assert await aiogram_bot.log_out()
    assert (await aiogram_bot.get_webhook_info()).url == ""


async def test_texts_with_everything_on_them(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    first = await aiogram_bot.send_message(YOU, "question")
    sent = await aiogram_bot.send_message(
        YOU,
        "<b>Bold</b> and <a href='https://example.org'>link</a> 🔔 #визы",
        parse_mode="HTML",
        reply_markup=buttons("a", "b"),
        reply_parameters=ReplyParameters(message_id=first.message_id, quote="quest"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        protect_content=True,
    )
    assert [(e.type, e.extract_from(sent.text or "")) for e in sent.entities or []] == [
        ("bold", "Bold"),
        ("text_link", "link"),
        ("hashtag", "#визы"),
    ]
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == first.message_id
    assert sent.quote is not None
    assert (sent.quote.text, sent.has_protected_content) == ("quest", True)
    assert sent.link_preview_options is not None
    assert sent.link_preview_options.is_disabled
    assert sent.date.timestamp() == sandbox.world.clock()
    entities = [MessageEntity(type="italic", offset=0, length=2)]
    marked = await aiogram_bot.send_message(YOU, "ab", entities=entities)
    assert plain(*marked.entities or []) == plain(*entities)


async def test_every_kind_of_file_goes_up_and_comes_down(aiogram_bot: Bot) -> None:
    content = b"some bytes \0\xff"
    file = BufferedInputFile(content, "notes.yaml")
    sent = [
        (await aiogram_bot.send_document(YOU, file, caption="<i>c</i>", parse_mode="HTML")).document,
        (await aiogram_bot.send_audio(YOU, file, title="t", performer="p", duration=3)).audio,
        (await aiogram_bot.send_video(YOU, file, width=10, height=20)).video,
        (await aiogram_bot.send_animation(YOU, file)).animation,
        (await aiogram_bot.send_voice(YOU, file)).voice,
        (await aiogram_bot.send_video_note(YOU, file)).video_note,
        (await aiogram_bot.send_sticker(YOU, file)).sticker,
    ]
    for media in sent:
        assert media is not None
        assert media.file_size == len(content)
        info = await aiogram_bot.get_file(media.file_id)
        got = await aiogram_bot.download_file(info.file_path or "")
        assert got is not None
        assert got.read() == content
    photo = (await aiogram_bot.send_photo(YOU, PHOTO, has_spoiler=True)).photo or []
    assert [(size.width, size.height) for size in photo] == [(640, 480)]
    again = await aiogram_bot.send_photo(EDITOR, photo[-1].file_id)
    assert (again.photo or [])[-1].file_unique_id == photo[-1].file_unique_id
    with pytest.raises(TelegramBadRequest, match="can't use file of type Photo as Document"):
        await aiogram_bot.send_document(YOU, photo[-1].file_id)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier"):
        await aiogram_bot.send_document(YOU, "nonsense")
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await aiogram_bot.send_photo(YOU, file)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await aiogram_bot.send_photo(YOU, PHOTO, caption="a" * 1025)
    with pytest.raises(TelegramBadRequest, match="PHOTO_INVALID_DIMENSIONS"):
        await aiogram_bot.send_photo(YOU, BufferedInputFile(png(9000, 1001), "large.png"))


async def test_an_album(aiogram_bot: Bot) -> None:
    album: list[Any] = [
        InputMediaPhoto(media=PHOTO, caption="<b>one</b>", parse_mode="HTML"),
        InputMediaPhoto(media=PHOTO),
    ]
    sent = await aiogram_bot.send_media_group(YOU, album)
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in sent] == ["one", None]
    mixed: list[Any] = [InputMediaPhoto(media=PHOTO), InputMediaDocument(media=PHOTO)]
    with pytest.raises(TelegramBadRequest, match="can't use the media of the specified type in the album"):
        await aiogram_bot.send_media_group(YOU, mixed)
    with pytest.raises(TelegramBadRequest, match="too many messages to send as an album"):
        await aiogram_bot.send_media_group(YOU, [InputMediaPhoto(media=PHOTO)] * 11)


async def test_places_contacts_dice_and_polls(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    location = (await aiogram_bot.send_location(YOU, 41.7, 44.8)).location
    assert location is not None
    assert (location.latitude, location.longitude) == (41.7, 44.8)
    venue = (await aiogram_bot.send_venue(YOU, 41.7, 44.8, "Café", "Tbilisi")).venue
    assert venue is not None
    assert venue.title == "Café"
    contact = (await aiogram_bot.send_contact(YOU, "+995", "A")).contact
    assert contact is not None
    assert contact.phone_number == "+995"
    dice = (await aiogram_bot.send_dice(YOU, emoji="🎯")).dice
    assert dice is not None
    assert 1 <= dice.value <= 6
    asked = await aiogram_bot.send_poll(YOU, "Who?", ["a", "b"], is_anonymous=False)
    assert asked.poll is not None
    sandbox.acts.vote(YOU, asked.poll.id, [1])
    updates = await aiogram_bot.get_updates(allowed_updates=["poll", "poll_answer"])
    assert updates[-1].poll_answer is not None
    assert updates[-1].poll_answer.option_ids == [1]
    closed = await aiogram_bot.stop_poll(YOU, asked.message_id)
    assert [option.voter_count for option in closed.options] == [0, 1]
    with pytest.raises(TelegramBadRequest, match="poll has already been closed"):
        await aiogram_bot.stop_poll(YOU, asked.message_id)


async def test_edits_keep_to_their_kind(aiogram_bot: Bot) -> None:
    text = await aiogram_bot.send_message(YOU, "one", reply_markup=buttons("a"))
    where: dict[str, Any] = {"chat_id": YOU, "message_id": text.message_id}
    edited = await aiogram_bot.edit_message_text("two", **where)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("two", None)
    assert edited.edit_date is not None
    changed = await aiogram_bot.edit_message_reply_markup(**where, reply_markup=buttons("b"))
    assert isinstance(changed, Message)
    assert plain(changed.reply_markup) == plain(buttons("b"))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await aiogram_bot.edit_message_text("two", **where, reply_markup=buttons("b"))
    with pytest.raises(TelegramBadRequest, match="message media can't be edited"):
        await aiogram_bot.edit_message_media(InputMediaPhoto(media=PHOTO), **where)
    photo = await aiogram_bot.send_photo(YOU, PHOTO, caption="one")
    where = {"chat_id": YOU, "message_id": photo.message_id}
    with pytest.raises(TelegramBadRequest, match="there is no text in the message to edit"):
        await aiogram_bot.edit_message_text("two", **where)
    captioned = await aiogram_bot.edit_message_caption(**where, caption="two")
    assert isinstance(captioned, Message)
    assert (captioned.caption, captioned.photo) == ("two", photo.photo)
    other = InputMediaDocument(media=BufferedInputFile(b"x", "x.txt"), caption="three")
    replaced = await aiogram_bot.edit_message_media(other, **where)
    assert isinstance(replaced, Message)
    assert (replaced.photo, replaced.caption) == (None, "three")
    assert replaced.document is not None


async def test_deleting_forwarding_copying_pinning_and_reacting(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    theirs = sandbox.acts.send(YOU, "hello")["message_id"]
    forwarded = await aiogram_bot.forward_message(EDITOR, YOU, theirs)
    assert isinstance(forwarded.forward_origin, MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == YOU
    copied = await aiogram_bot.copy_message(EDITOR, YOU, theirs)
    assert sandbox.world.chats[EDITOR].messages[copied.message_id]["text"] == "hello"
    assert len(await aiogram_bot.forward_messages(EDITOR, YOU, [theirs, theirs + 90])) == 1
    with pytest.raises(TelegramBadRequest, match="message to forward not found"):
        await aiogram_bot.forward_message(EDITOR, YOU, 999)
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await aiogram_bot.copy_message(EDITOR, YOU, 999)
    with pytest.raises(TelegramBadRequest, match="strictly increasing"):
        await aiogram_bot.copy_messages(EDITOR, YOU, [5, 4])
    assert await aiogram_bot.pin_chat_message(YOU, theirs)
    pinned = (await aiogram_bot.get_chat(YOU)).pinned_message
    assert pinned is not None
    assert pinned.message_id == theirs
    assert await aiogram_bot.unpin_chat_message(YOU)
    with pytest.raises(TelegramBadRequest, match="message to unpin not found"):
        await aiogram_bot.unpin_chat_message(YOU)
    assert await aiogram_bot.unpin_all_chat_messages(YOU)
    assert await aiogram_bot.set_message_reaction(YOU, theirs, [ReactionTypeEmoji(emoji="👍")])
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await aiogram_bot.set_message_reaction(YOU, theirs, [ReactionTypeEmoji(emoji="🪿")])
    assert await aiogram_bot.delete_message(YOU, theirs)
    assert await aiogram_bot.delete_messages(EDITOR, [copied.message_id, 998])
    assert copied.message_id not in sandbox.world.chats[EDITOR].messages


async def test_commands_by_scope_and_language(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    english, russian = [BotCommand(command="help", description="Help")], [BotCommand(command="help", description="Да")]
    private = BotCommandScopeAllPrivateChats()
    await aiogram_bot.set_my_commands(english)
    await aiogram_bot.set_my_commands(russian, scope=private, language_code="ru")
    await aiogram_bot.set_my_commands([BotCommand(command="own", description="Own")], BotCommandScopeChat(chat_id=YOU))
    assert plain(*await aiogram_bot.get_my_commands()) == plain(*english)
    assert plain(*await aiogram_bot.get_my_commands(private, "ru")) == plain(*russian)
    assert await aiogram_bot.get_my_commands(private) == []

    def menu(user: int, language: str, kind: str = "private") -> list[str]:
        shown = sandbox.world.profile.commands_for(kind, user, user, False, language)
        return [command["description"] for command in shown]

    assert (menu(EDITOR, "ru"), menu(EDITOR, "en"), menu(YOU, "ru")) == (["Да"], ["Help"], ["Own"])
    assert menu(EDITOR, "ru", "supergroup") == ["Help"]
    await aiogram_bot.delete_my_commands()
    assert await aiogram_bot.get_my_commands() == []
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await aiogram_bot.set_my_commands([BotCommand(command="Help", description="Help")])
    with pytest.raises(TelegramBadRequest, match="command description must be non-empty"):
        await aiogram_bot.set_my_commands([BotCommand(command="help", description=" ")])
    with pytest.raises(TelegramBadRequest, match="invalid language code specified"):
        await aiogram_bot.set_my_commands(english, language_code="english")


async def test_what_the_bot_says_about_itself(aiogram_bot: Bot) -> None:
    await aiogram_bot.set_my_name("Bell")
    await aiogram_bot.set_my_description("Long", language_code="ru")
    await aiogram_bot.set_my_short_description("Short")
    assert (await aiogram_bot.get_my_name()).name == "Bell"
    assert (await aiogram_bot.get_my_description(language_code="ru")).description == "Long"
    assert (await aiogram_bot.get_my_description()).description == ""
    assert (await aiogram_bot.get_my_short_description(language_code="ru")).short_description == "Short"
    await aiogram_bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await aiogram_bot.get_chat_menu_button()).type == "commands"
    flags = [name for name, field in ChatAdministratorRights.model_fields.items() if field.is_required()]
    rights = ChatAdministratorRights(**(dict.fromkeys(flags, False) | {"can_post_messages": True}))
    await aiogram_bot.set_my_default_administrator_rights(rights, for_channels=True)
    assert (await aiogram_bot.get_my_default_administrator_rights(for_channels=True)).can_post_messages


async def test_chats_and_their_members(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    guest = sandbox.world.add_person("Guest")
    administrators = await aiogram_bot.get_chat_administrators(CHANNEL)
    assert {type(member) for member in administrators} == {ChatMemberOwner, ChatMemberAdministrator}
    assert (await aiogram_bot.get_chat_member(GROUP, YOU)).status == "member"
    assert await aiogram_bot.get_chat_member_count(GROUP) == 3
    assert (await aiogram_bot.get_chat("@news_from_exile")).id == CHANNEL
    assert (await aiogram_bot.get_user_profile_photos(YOU)).total_count == 0
    with pytest.raises(TelegramBadRequest, match="there are no administrators in the private chat"):
        await aiogram_bot.get_chat_administrators(YOU)
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await aiogram_bot.ban_chat_member(GROUP, YOU)
    sandbox.acts.member(GROUP, sandbox.world.bot.id, "administrator")
    sandbox.acts.member(GROUP, guest.id, "member")
    await aiogram_bot.restrict_chat_member(GROUP, guest.id, ChatPermissions(can_send_messages=False))
    restricted = await aiogram_bot.get_chat_member(GROUP, guest.id)
    assert isinstance(restricted, ChatMemberRestricted)
    assert (restricted.is_member, restricted.can_send_messages) == (True, False)
    await aiogram_bot.promote_chat_member(GROUP, guest.id, can_pin_messages=True)
    await aiogram_bot.promote_chat_member(GROUP, guest.id)
    assert (await aiogram_bot.get_chat_member(GROUP, guest.id)).status == "member"
    await aiogram_bot.ban_chat_member(GROUP, guest.id)
    assert (await aiogram_bot.get_chat_member(GROUP, guest.id)).status == "kicked"
    await aiogram_bot.unban_chat_member(GROUP, guest.id)
    assert (await aiogram_bot.get_chat_member(GROUP, guest.id)).status == "left"
    with pytest.raises(TelegramBadRequest, match="can't remove chat owner"):
        await aiogram_bot.ban_chat_member(GROUP, EDITOR)
    assert (await aiogram_bot.export_chat_invite_link(GROUP)).startswith("https://t.me/+")
    await aiogram_bot.set_chat_title(GROUP, "New")
    await aiogram_bot.set_chat_description(GROUP, "About")
    group = await aiogram_bot.get_chat(GROUP)
    assert (group.title, group.description) == ("New", "About")
    with pytest.raises(TelegramBadRequest, match="chat description is not modified"):
        await aiogram_bot.set_chat_description(GROUP, "About")
    assert await aiogram_bot.leave_chat(GROUP)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await aiogram_bot.send_message(GROUP, "a")


async def test_forum_topics(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    forum = sandbox.world.add_chat("supergroup", "Forum", creator=EDITOR, bot="administrator", forum=True)
    topic = await aiogram_bot.create_forum_topic(forum.id, "Visas")
    sent = await aiogram_bot.send_message(forum.id, "a", message_thread_id=topic.message_thread_id)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic.message_thread_id, True)
    assert sent.chat.is_forum
    said = sandbox.acts.send(EDITOR, "b", forum.id, thread=topic.message_thread_id)
    assert said["message_thread_id"] == topic.message_thread_id
    assert await aiogram_bot.edit_forum_topic(forum.id, topic.message_thread_id, name="Papers")
    assert await aiogram_bot.close_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await aiogram_bot.close_forum_topic(forum.id, topic.message_thread_id)
    sandbox.acts.member(forum.id, sandbox.world.bot.id, "member", by=EDITOR)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await aiogram_bot.send_message(forum.id, "a", message_thread_id=topic.message_thread_id)
    sandbox.acts.member(forum.id, sandbox.world.bot.id, "administrator", by=EDITOR)
    assert await aiogram_bot.reopen_forum_topic(forum.id, topic.message_thread_id)
    assert await aiogram_bot.hide_general_forum_topic(forum.id)
    assert await aiogram_bot.delete_forum_topic(forum.id, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await aiogram_bot.send_message(forum.id, "a", message_thread_id=topic.message_thread_id)


async def test_errors_come_as_aiograms_own(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    sandbox.limits = Limits.preset("strict")
    await aiogram_bot.send_message(YOU, "a")
    with pytest.raises(TelegramRetryAfter) as held:
        await aiogram_bot.send_message(YOU, "b")
    assert held.value.retry_after == 1
    group = sandbox.world.add_chat("group", "Small", creator=YOU)
    new = sandbox.acts.migrate(group.id)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await aiogram_bot.send_message(group.id, "a")
    assert moved.value.migrate_to_chat_id == new.id


async def test_a_chat_is_shared_through_a_key(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    wish = KeyboardButtonRequestChat(request_id=7, chat_is_channel=True, request_title=True, request_username=True)
    markup = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Which?", request_chat=wish)]])
    await aiogram_bot.send_message(EDITOR, "Choose", reply_markup=markup)
    sandbox.acts.share_chat(EDITOR, 7, CHANNEL)
    message = (await aiogram_bot.get_updates())[-1].message
    assert message is not None
    assert message.chat_shared is not None
    shared = ChatShared(request_id=7, chat_id=CHANNEL, title="News from exile", username="news_from_exile")
    assert plain(message.chat_shared) == plain(shared)
    await aiogram_bot.send_message(EDITOR, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert sandbox.world.chats[EDITOR].keyboard is None


async def run_for(dispatcher: Dispatcher, bot: Bot, done: asyncio.Event) -> None:
    """Poll as a bot does until something has happened."""
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5))
    try:
        await asyncio.wait_for(done.wait(), 20)
    finally:
        await dispatcher.stop_polling()
        await polling


async def test_a_whole_bot_of_aiogram_talks_with_a_person(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    dispatcher, shown, done = Dispatcher(), asyncio.Event(), asyncio.Event()

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"card {command.args}", reply_markup=buttons("more"))
        shown.set()

    @dispatcher.message(Command("help"))
    async def help_(message: Message) -> None:
        await message.reply("helped")
        done.set()

    @dispatcher.callback_query(F.data == "more")
    async def more(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("the rest")
        await query.answer("here", show_alert=True)
        sandbox.acts.send(YOU, "/help@kolokol_sandbox_bot", GROUP)

    async def press_when_shown() -> str:
        async with asyncio.timeout(10):
            await shown.wait()
        message = next(m for m in sandbox.world.chats[YOU].messages.values() if "reply_markup" in m)
        return sandbox.acts.press(YOU, message["message_id"], "more")

    sandbox.acts.send(YOU, "/start visas")
    pressing = asyncio.create_task(press_when_shown())
    await run_for(dispatcher, aiogram_bot, done)
    assert sandbox.acts.answer_of(await pressing) == {"text": "here", "show_alert": True, "url": None}
    assert [taken.text for taken in sandbox.journal.messages] == ["card visas", "helped"]
    assert "the rest" in [m.get("text") for m in sandbox.world.chats[YOU].messages.values()]


async def test_inline_queries_from_typing_to_pressing(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    dispatcher, done = Dispatcher(), asyncio.Event()

    @dispatcher.inline_query()
    async def answer(query: InlineQuery) -> None:
        content = InputTextMessageContent(message_text=f"<b>{query.query}</b>", parse_mode="HTML")
        found: Sequence[InlineQueryResultArticle] = [
            InlineQueryResultArticle(id="1", title="One", input_message_content=content, reply_markup=buttons("x"))
        ]
        await query.answer(list(found), cache_time=1, is_personal=True, next_offset="2")

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery, bot: Bot) -> None:
        assert query.message is None
        assert await bot.edit_message_text("edited", inline_message_id=query.inline_message_id) is True
        await query.answer()
        done.set()

    async def ask() -> None:
        answered = await sandbox.acts.ask_inline(YOU, "visa")
        assert (answered["next_offset"], answered["is_personal"]) == ("2", True)
        message = sandbox.acts.choose(YOU, "1", GROUP)
        assert (message["text"], message["via_bot"]["id"]) == ("visa", sandbox.world.bot.id)
        sandbox.acts.press(YOU, message["message_id"], "x", GROUP)

    asking = asyncio.create_task(ask())
    await run_for(dispatcher, aiogram_bot, done)
    await asking
    assert [m["text"] for m in sandbox.world.chats[GROUP].messages.values()] == ["edited"]


async def test_inline_answers_have_limits(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    def article(identifier: str) -> InlineQueryResultArticle:
        content = InputTextMessageContent(message_text="a")
        return InlineQueryResultArticle(id=identifier, title="t", input_message_content=content)

    for results, words in (
        ([article(str(i)) for i in range(51)], "too many inline query results specified"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("1")], "query is too old and response timeout expired or query ID is invalid"),
    ):
        with pytest.raises(TelegramBadRequest, match=words):
            await aiogram_bot.answer_inline_query("1", list(results))
    with pytest.raises(TimeoutError):
        await sandbox.acts.ask_inline(YOU, "nobody answers", wait=0.05)
