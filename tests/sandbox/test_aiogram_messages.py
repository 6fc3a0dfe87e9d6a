"""Editing, deleting, passing on and marking what was sent, through aiogram."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    MessageOriginUser,
    ReactionTypeEmoji,
)

from bot.sandbox import Sandbox
from tests.sandbox.aiogram_pieces import PHOTO, buttons, plain
from tests.sandbox.conftest import EDITOR, YOU


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
