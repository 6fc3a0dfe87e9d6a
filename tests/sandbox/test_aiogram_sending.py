"""Sending through aiogram, whose response models are strict about what they are given."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.types import (
    BufferedInputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    MessageEntity,
    ReplyParameters,
)

from bot.sandbox import Limits, Sandbox
from tests.sandbox.aiogram_pieces import PHOTO, buttons, plain
from tests.sandbox.conftest import EDITOR, YOU, png


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
