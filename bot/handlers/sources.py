"""A text that an editor sends becomes a source, or the new text of one; the text itself is kept nowhere.

What is kept with the draft is the name under which Telegram has it, so that its lines can be shown to who writes.
"""

from __future__ import annotations

from telegram import Bot, CallbackQuery, Document, Message, Update

from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.editing.moving import Moved
from bot.editing.sourcing import Renewed
from bot.editing.uploads import Upload
from bot.handlers.answers import reply, say, send_file, turn
from bot.handlers.desk import Desk
from bot.handlers.fetching import fetched
from bot.handlers.findings import show_draft
from bot.handlers.sheets import written
from bot.layout.blocks import Screen
from bot.views import sourcing as shown
from bot.views.drafts import broken_draft_screen
from bot.views.menus import note_screen
from bot.views.reading import Reading


async def received(update: Update, desk: Desk, reading: Reading, document: Document, caption: str) -> bool:
    """Make the source card, or move the citations of a source that is there. Whether the draft is to be shown then.

    The caption is the id of the source, or empty. A new card is not shown as a draft at once: it has gaps that only its
    editor can fill.
    """
    message, bot = update.message, update.get_bot()
    if message is None:
        return False
    user_id = message.chat_id
    try:
        upload = await fetched(document)
        meant = await desk.sourcing.meant(user_id, upload.name, caption)
        if meant:
            return await _renew(message, desk, reading, meant, upload, document)
        source_id = await _add(bot, desk, reading, user_id, upload, caption.strip())
        await desk.sourcing.note_text(user_id, source_id, document.file_id)
    except ProblemsError as error:
        await say(reading, bot, user_id, broken_draft_screen(reading, "", error.problems))
    return False


async def _add(bot: Bot, desk: Desk, reading: Reading, user_id: int, upload: Upload, source_id: str) -> str:
    made = await desk.sourcing.add(user_id, upload.name, upload.data, source_id)
    seeded = made.seeded
    await send_file(bot, user_id, made.numbered.encode(), f"{seeded.id}-lines.txt")
    await send_file(bot, user_id, seeded.data, f"{seeded.id}.yaml", caption=seeded.path)
    screen = shown.source_screen(reading, seeded.id, seeded.path, seeded.lines, seeded.left_out)
    await say(reading, bot, user_id, screen)
    return seeded.id


async def _renew(
    message: Message, desk: Desk, reading: Reading, source_id: str, upload: Upload, document: Document
) -> bool:
    """Take up a text that is sent for a source that is there; whether the draft is another one then. What may be the
    text of another source is asked about: the question is a reply to the file, where its answer finds it.
    """
    user_id = message.chat_id
    renewed = await desk.sourcing.renew(user_id, source_id, upload.name, upload.data)
    moved = renewed.moved
    if moved.doubtful:
        gone = len(moved.lost)
        screen = shown.doubtful_screen(reading, source_id, gone, gone + len(moved.lines))
        await reply(reading, message, screen, quote=True)
        return False
    await desk.sourcing.note_text(user_id, source_id, document.file_id)
    await _send_lines(message.get_bot(), user_id, source_id, renewed)
    if moved.same:
        begun = [each for each in await desk.writing.pages(user_id) if each.sheet.source == source_id]
        screen = shown.same_text_screen(reading, source_id, [written(reading, each) for each in begun])
        await reply(reading, message, screen)
        return False
    await desk.writing.move(user_id, source_id, moved)
    await reply(reading, message, _renewed_screen(reading, source_id, moved))
    return True


async def replace_text(query: CallbackQuery, desk: Desk, reading: Reading, source_id: str, *, sure: bool) -> None:
    """Put the text that was asked about under the source after all, or leave the one that is there."""
    user_id, bot = query.from_user.id, query.get_bot()
    asked = query.message.reply_to_message if isinstance(query.message, Message) else None
    document = asked.document if asked else None
    if not sure or document is None:
        await turn(reading, query, note_screen(reading, "source-text-lost" if sure else "source-text-kept"))
        return
    try:
        upload = await fetched(document)
        renewed = await desk.sourcing.renew(user_id, source_id, upload.name, upload.data, sure=True)
    except ProblemsError as error:
        await say(reading, bot, user_id, broken_draft_screen(reading, "", error.problems))
        return
    if renewed.moved.same:  # pressed twice
        return
    await desk.sourcing.note_text(user_id, source_id, document.file_id)
    await desk.writing.move(user_id, source_id, renewed.moved)
    await turn(reading, query, _renewed_screen(reading, source_id, renewed.moved))
    await _send_lines(bot, user_id, source_id, renewed)
    await show_draft(bot, desk, user_id, reading.language)


async def _send_lines(bot: Bot, user_id: int, source_id: str, renewed: Renewed) -> None:
    await send_file(bot, user_id, renewed.numbered.encode(), f"{source_id}-lines.txt")


def _renewed_screen(reading: Reading, source_id: str, moved: Moved) -> Screen:
    lost = [shown.LostLine(each.line, each.cards, each.near) for each in moved.lost]
    return shown.renewed_screen(reading, source_id, moved.moved, moved.added, lost)


async def outline(update: Update, desk: Desk, reading: Reading, message: Message, words: str) -> Screen | None:
    """What becomes of each line of a source, as a file, with a skeleton of a card for each topic."""
    known = await desk.sourcing.ids(message.chat_id)
    if words.strip() not in known:
        return shown.outline_which_screen(reading, known)
    try:
        source, lines = await desk.sourcing.outline(message.chat_id, words.strip())
    except ProblemsError as error:
        return broken_draft_screen(reading, "", error.problems)
    written = shown.outline_text(reading, source, lines)
    await send_file(update.get_bot(), message.chat_id, written.encode(), f"{source.id}-outline.txt")
    return shown.outline_screen(reading, source, lines)


async def send_skeleton(bot: Bot, desk: Desk, reading: Reading, user_id: int, keys: str) -> None:
    """Send a file with a card to be written; `keys` are those of the source and the topic."""
    source_key, _, topic_key = keys.partition(":")
    source_id = next((each for each in await desk.sourcing.ids(user_id) if card_key(each) == source_key), "")
    topics = await desk.sourcing.topics(user_id)
    topic = next((each.id for each in topics if card_key(each.id) == topic_key), "")
    try:
        made = await desk.sourcing.skeleton(user_id, source_id, topic)
    except ProblemsError as error:
        await say(reading, bot, user_id, shown.unfinished_screen(reading, source_id, error.problems))
        return
    caption = reading.text("skeleton-caption", path=made.path)
    await send_file(bot, user_id, made.data, made.path.rpartition("/")[2], caption=caption)
