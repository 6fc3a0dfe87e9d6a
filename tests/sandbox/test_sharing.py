"""What people hand to the bot: messages of others, contacts, users, chats and files, as aiogram reads them."""

import io
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    KeyboardButton,
    KeyboardButtonRequestChat,
    KeyboardButtonRequestUsers,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.sandbox import ActError, Sandbox
from bot.sandbox.files import DOWNLOAD_LIMIT
from tests.sandbox.conftest import CHANNEL, EDITOR, GROUP, YOU, png


async def heard(bot: Bot) -> Message:
    """The last message that the bot was sent."""
    message = (await bot.get_updates(offset=-1, timeout=0))[0].message
    assert message is not None
    return message


def keys(*buttons: KeyboardButton) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(keyboard=[list(buttons)])


async def test_what_is_forwarded_names_its_author_unless_they_hide(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    said = sandbox.acts.send(EDITOR, "I keep the content", GROUP)["message_id"]
    sandbox.acts.forward(YOU, said, GROUP)
    message = await heard(aiogram_bot)
    assert message.text == "I keep the content"
    assert isinstance(message.forward_origin, MessageOriginUser)
    assert message.forward_origin.sender_user.id == EDITOR
    sandbox.acts.change_person(EDITOR, hides_forwards=True)
    sandbox.acts.forward(YOU, said, GROUP)
    hidden = (await heard(aiogram_bot)).forward_origin
    assert isinstance(hidden, MessageOriginHiddenUser)
    assert hidden.sender_user_name == "Editor"
    passed = await aiogram_bot.forward_message(YOU, GROUP, said)
    assert isinstance(passed.forward_origin, MessageOriginHiddenUser), "the bot cannot look behind it, either"


async def test_what_a_chat_said_names_the_chat(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    post = sandbox.acts.send(EDITOR, "news", CHANNEL)["message_id"]
    sandbox.acts.forward(YOU, post, CHANNEL)
    channel = (await heard(aiogram_bot)).forward_origin
    assert isinstance(channel, MessageOriginChannel)
    assert (channel.chat.id, channel.message_id) == (CHANNEL, post)
    sandbox.acts.promote(GROUP, EDITOR, is_anonymous=True)
    said = sandbox.acts.send(EDITOR, "by the desk", GROUP)["message_id"]
    sandbox.acts.forward(YOU, said, GROUP)
    group = (await heard(aiogram_bot)).forward_origin
    assert isinstance(group, MessageOriginChat)
    assert group.sender_chat.id == GROUP
    with pytest.raises(ActError, match="cannot be forwarded"):
        sandbox.acts.forward(YOU, 999, GROUP)


async def test_users_are_shared_as_the_key_asks(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    wish = KeyboardButtonRequestUsers(request_id=7, max_quantity=2, request_name=True, request_username=True)
    await aiogram_bot.send_message(
        YOU, "whom?", reply_markup=keys(KeyboardButton(text="Choose people", request_users=wish))
    )
    sandbox.acts.share_users(YOU, 7, [EDITOR])
    shared = (await heard(aiogram_bot)).users_shared
    assert shared is not None
    assert [(user.user_id, user.first_name, user.username) for user in shared.users] == [
        (EDITOR, "Editor", "the_editor")
    ]
    for request, users, words in ((7, [], "1 to 2"), (7, [1, 2, 3], "1 to 2"), (8, [EDITOR], "requests a user with")):
        with pytest.raises(ActError, match=words):
            sandbox.acts.share_users(YOU, request, users)
    await aiogram_bot.send_message(YOU, "thank you", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(ActError, match="there is no key"):
        sandbox.acts.share_users(YOU, 7, [EDITOR])


async def test_a_contact_is_ones_own_or_another_persons(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    sandbox.acts.contact(YOU)
    own = await heard(aiogram_bot)
    assert own.contact is not None
    assert own.from_user is not None
    assert own.contact.user_id == own.from_user.id == YOU
    sandbox.acts.contact(YOU, of=EDITOR)
    other = (await heard(aiogram_bot)).contact
    assert other is not None
    assert (other.user_id, other.first_name) == (EDITOR, "Editor")


async def test_only_chats_that_fit_the_key_can_be_chosen(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    member = sandbox.acts.new_chat(YOU, "channel", "Yours")
    wish = KeyboardButtonRequestChat(
        request_id=1, chat_is_channel=True, chat_is_created=True, request_title=True, bot_is_member=True
    )
    await aiogram_bot.send_message(YOU, "which?", reply_markup=keys(KeyboardButton(text="Choose", request_chat=wish)))
    with pytest.raises(ActError, match="is not of the kind"):
        sandbox.acts.share_chat(YOU, 1, CHANNEL)
    sandbox.acts.share_chat(YOU, 1, member.id)
    shared = (await heard(aiogram_bot)).chat_shared
    assert shared is not None
    assert (shared.chat_id, shared.title) == (member.id, "Yours")
    assert sandbox.world.chats[member.id].member(sandbox.world.bot.id).is_present
    kinds: dict[str, tuple[dict[str, Any], int, bool]] = {
        "forum": ({"chat_is_channel": False, "chat_is_forum": True}, GROUP, False),
        "plain": ({"chat_is_channel": False, "chat_is_forum": False}, GROUP, True),
        "named": ({"chat_is_channel": True, "chat_has_username": True}, CHANNEL, True),
        "rights": ({"chat_is_channel": True, "user_administrator_rights": {"can_post_messages": True}}, CHANNEL, False),
        "private": ({"chat_is_channel": False}, YOU, False),
    }
    for asked, chat_id, fits in kinds.values():
        assert sandbox.acts.fits(asked, YOU, sandbox.world.chats[chat_id]) is fits


async def test_a_forced_reply_stands_until_it_is_given(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    asked = await aiogram_bot.send_message(YOU, "the new text?", reply_markup={"force_reply": True})  # type: ignore[arg-type]
    assert sandbox.world.chats[YOU].force_reply == asked.message_id
    sandbox.acts.send(YOU, "mended", reply_to=asked.message_id)
    reply = (await heard(aiogram_bot)).reply_to_message
    assert reply is not None
    assert reply.message_id == asked.message_id
    assert sandbox.world.chats[YOU].force_reply is None


async def test_files_arrive_whole_with_their_names_one_after_another_or_as_an_album(
    sandbox: Sandbox, aiogram_bot: Bot
) -> None:
    given = {"визы.yaml": b"kind: term\n", "content.zip": b"PK\x05\x06" + bytes(18), "source.txt": "текст".encode()}
    for name, content in given.items():
        sandbox.acts.upload(EDITOR, name, content, album="1", caption="draft" if name == "source.txt" else "")
    messages = [update.message for update in await aiogram_bot.get_updates(timeout=0)]
    for message, (name, content) in zip(messages, given.items(), strict=True):
        assert message is not None
        assert message.document is not None
        assert (message.document.file_name, message.document.file_size) == (name, len(content))
        assert message.media_group_id == "1"
        read = await aiogram_bot.download(message.document, io.BytesIO())
        assert read is not None
        assert read.read() == content
    picture = sandbox.acts.upload(EDITOR, "chart.png", png(), as_document=True)
    assert picture["document"]["mime_type"] == "image/png"


async def test_a_bot_downloads_up_to_twenty_megabytes(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    largest = sandbox.acts.upload(EDITOR, "largest.zip", bytes(DOWNLOAD_LIMIT))["document"]["file_id"]
    assert (await aiogram_bot.get_file(largest)).file_size == DOWNLOAD_LIMIT
    larger = sandbox.acts.upload(EDITOR, "larger.zip", bytes(DOWNLOAD_LIMIT + 1))["document"]["file_id"]
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await aiogram_bot.get_file(larger)


async def test_the_bot_sends_a_document_from_memory(sandbox: Sandbox, aiogram_bot: Bot) -> None:
    sent = await aiogram_bot.send_document(
        EDITOR, BufferedInputFile("визы: да\n".encode(), "problems.txt"), caption="three problems"
    )
    assert sent.document is not None
    stored = sandbox.world.files.by_id(sent.document.file_id)
    assert stored is not None
    assert (stored.content.decode(), stored.name, sent.caption) == ("визы: да\n", "problems.txt", "three problems")
