"""A text that an editor sends becomes a source: its card joins the draft, the text itself is kept nowhere."""

from __future__ import annotations

from telegram import Bot, Document, Update

from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.handlers.answers import say
from bot.handlers.desk import Desk
from bot.handlers.fetching import fetched
from bot.store.drafts import Draft
from bot.views.drafts import broken_draft_screen, source_screen
from bot.views.reading import Reading


async def received(update: Update, desk: Desk, reading: Reading, document: Document) -> None:
    """Make the source card, and give its editor what they need to fill it in and to write cards."""
    user, bot = update.effective_user, update.get_bot()
    if user is None:
        return
    try:
        upload = await fetched(document)
        made = await desk.newsroom.add_source(user.id, upload.name, upload.data)
    except ProblemsError as error:
        await say(reading, bot, user.id, broken_draft_screen(reading, "", error.problems))
        return
    draft = await desk.newsroom.drafts.of(user.id)
    if draft is None:
        return
    seeded = made.seeded
    await bot.send_document(user.id, made.numbered.encode(), filename=f"{seeded.id}-lines.txt")
    await bot.send_document(user.id, seeded.data, filename=f"{seeded.id}.yaml", caption=seeded.path)
    screen = source_screen(reading, draft.key, seeded.id, seeded.path, seeded.lines, seeded.left_out)
    await say(reading, bot, user.id, screen)


async def send_skeleton(bot: Bot, desk: Desk, reading: Reading, user_id: int, draft: Draft, keys: str) -> None:
    """Send a file with a card to be written; `keys` are those of the source and the topic."""
    source_key, _, topic_key = keys.partition(":")
    source_id = next((each for each in await desk.newsroom.sources(draft) if card_key(each) == source_key), "")
    topic = next((each.id for each in reading.catalog.topics if card_key(each.id) == topic_key), "")
    try:
        made = await desk.newsroom.skeleton(draft, source_id, topic)
    except ProblemsError as error:
        await say(reading, bot, user_id, broken_draft_screen(reading, "", error.problems))
        return
    caption = reading.text("skeleton-caption", path=made.path)
    await bot.send_document(user_id, made.data, filename=made.path.rpartition("/")[2], caption=caption)
