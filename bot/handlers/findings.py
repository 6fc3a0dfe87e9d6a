"""What a draft comes to, found out and told: in place of the message that said its files came, or as a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Bot, CallbackQuery

from bot.catalog.bundle import SEEDS
from bot.catalog.cards import Card
from bot.catalog.problems import Problem, ProblemsError
from bot.catalog.snapshot import card_key
from bot.editing.examination import Examined
from bot.handlers.answers import say, say_instead, send_file, take_away
from bot.handlers.desk import Desk
from bot.handlers.sheets import written
from bot.i18n import Language
from bot.layout.blocks import Screen
from bot.layout.telegram_html import print_html
from bot.store.drafts import Draft
from bot.views import drafts as shown
from bot.views.menus import note_screen
from bot.views.moments import zoned_name
from bot.views.reading import Reading
from bot.views.writing import with_astray as shown_with_astray
from bot.views.writing import with_sources

_FILE_NAME = "problems.txt"


@dataclass(frozen=True, slots=True)
class Finding:
    """What an editor is told of a draft; `listed` is the file that goes with it where not all fits into the message."""

    screen: Screen
    listed: str = ""


async def finding(desk: Desk, reading: Reading, user_id: int, draft: Draft, page: int = 0) -> Finding:
    """Everything that is wrong with a draft or was refused of it, the difference that it makes, or what was published
    under it; and which cards that were put into it are not there any more.
    """
    found = await _finding(desk, reading, user_id, draft, page)
    return replace(found, screen=await with_astray(desk, reading, user_id, found.screen))


async def with_astray(desk: Desk, reading: Reading, user_id: int, screen: Screen) -> Screen:
    """A screen, and the cards that were put into the draft and are not there as they were written."""
    astray = [written(reading, page) for page in await desk.writing.astray(user_id)]
    return shown_with_astray(reading, screen, astray)


async def _finding(desk: Desk, reading: Reading, user_id: int, draft: Draft, page: int) -> Finding:
    held = await described(desk, reading, draft)
    refused = shown.problems_text(reading, (), draft.refused) if len(draft.refused) > shown.NAMED else ""
    if draft.refused and not draft.files:
        return Finding(shown.refused_screen(reading, held), refused)
    if not draft.files:  # at most cards that are begun, or a text whose lines can be read
        key = "draft-only-writing" if draft.sheets else "draft-none"
        return Finding(note_screen(reading, key, count=len(draft.sheets)))
    if beneath := await desk.newsroom.beneath(draft):
        under = shown.BeneathShown(
            beneath.current.number,
            beneath.current.pen_name or reading.text("nameless"),
            beneath.differences,
            beneath.joined,
            beneath.apart,
        )
        return Finding(shown.beneath_screen(reading, held, under, page), refused)
    try:
        examined = await desk.newsroom.examine(draft)
    except ProblemsError as error:
        found = await _faulty(desk, reading, draft, held, error)
        sources = await _sources(desk, user_id, draft, error.problems)
        return replace(found, screen=with_sources(reading, found.screen, sources))
    if examined.bundle.digest == desk.library.digest:
        return Finding(shown.same_screen(reading, held), refused)
    previews = len(changed_cards(examined))
    return Finding(shown.draft_screen(reading, held, examined.differences, previews, page=page), refused)


async def _sources(desk: Desk, user_id: int, draft: Draft, problems: Sequence[Problem]) -> dict[str, bool]:
    """The sources of a draft with which something is wrong that can be put in order in the chat; of each whether its
    card still lacks something, or only lines are open.
    """
    found: dict[str, bool] = {}
    for each in problems:
        source_id = each.place.file.removeprefix(SEEDS).removesuffix(".yaml")
        if each.place.file.startswith(SEEDS) and draft.files.get(each.place.file):
            found[source_id] = found.get(source_id, False) or each.code != "line_not_covered"
    return {each: lacks for each, lacks in found.items() if await desk.writing.page(user_id, card_key(each))}


async def _faulty(desk: Desk, reading: Reading, draft: Draft, held: shown.DraftShown, error: ProblemsError) -> Finding:
    """All problems in one message or, where they do not fit it, as a file with it."""
    faults = await desk.newsroom.faults(draft, error.problems)
    screen = shown.faults_screen(reading, held, faults)
    if len(draft.refused) <= shown.NAMED and len(print_html(screen, card_url=reading.card_url)) == 1:
        return Finding(screen)
    listed = shown.problems_text(reading, faults, draft.refused)
    return Finding(shown.faults_screen(reading, held, faults, listed=False), listed)


async def described(desk: Desk, reading: Reading, draft: Draft) -> shown.DraftShown:
    """What a draft holds, as its screens show it."""
    touched = await desk.newsroom.touched(draft)
    at = zoned_name(reading, draft.publish_at, draft.zone or desk.timezone) if draft.publish_at else ""
    sent = tuple(sorted(path for path, data in draft.files.items() if data is not None))
    return shown.DraftShown(draft.key, touched.changed, touched.gone, sent, draft.refused, at)


def changed_cards(found: Examined) -> list[Card]:
    """The cards that a draft changes or adds, as they will be."""
    names = [*(change.card.id for change in found.differences.changed), *(card.id for card in found.differences.added)]
    return [found.catalog.by_id[name] for name in names]


async def show_draft(bot: Bot, desk: Desk, user_id: int, language: Language | None = None) -> None:
    """Tell an editor what their draft comes to, as a new message; in the language chosen where none is given."""
    desk.pauses.drop(user_id)
    draft = await desk.newsroom.drafts.of(user_id)
    if draft is None:
        return
    reading = desk.reading_in(language) if language else await desk.reading_for(user_id)
    await _tell(bot, desk, reading, user_id, draft, await finding(desk, reading, user_id, draft))


async def answer_files(bot: Bot, desk: Desk, user_id: int, language: Language | None = None, last: int = 0) -> None:
    """Turn the message that said that files came into what becomes of them; `last` is the message of the last file.

    Where that came below it, the answer is a new message at the end of the chat. Nothing is told of a draft that has
    become another one meanwhile, or was told of: whoever changed it tells of that.
    """
    draft = await desk.newsroom.drafts.of(user_id)
    if draft is None or draft.checked:
        return
    reading = desk.reading_in(language) if language else await desk.reading_for(user_id)
    found = await finding(desk, reading, user_id, draft)
    now = await desk.newsroom.drafts.of(user_id)
    if now is None or now.checked or now.key != draft.key:
        return
    in_place = now.notice if now.notice and now.notice > last else None
    await _tell(bot, desk, reading, user_id, now, found, in_place)


async def turn_to_draft(
    query: CallbackQuery, desk: Desk, reading: Reading, draft: Draft, page: int = 0, *, again: bool = False
) -> None:
    """Show a draft in place of the message whose button was pressed; `again`: what goes with it as a file is there."""
    desk.pauses.drop(query.from_user.id)
    found = await finding(desk, reading, query.from_user.id, draft, page)
    found = replace(found, listed="") if again else found
    in_place = query.message.message_id if query.message else None
    await _tell(query.get_bot(), desk, reading, query.from_user.id, draft, found, in_place)


async def _tell(
    bot: Bot, desk: Desk, reading: Reading, user_id: int, draft: Draft, found: Finding, in_place: int | None = None
) -> None:
    """Tell it, in place of a message where one is given; the one that said that files came does not stay beside it."""
    if draft.notice and draft.notice != in_place:
        await take_away(bot, user_id, draft.notice)
    if in_place:
        await say_instead(reading, bot, user_id, in_place, found.screen)
    else:
        await say(reading, bot, user_id, found.screen)
    if found.listed:
        await send_file(bot, user_id, found.listed.encode(), _FILE_NAME)
    await desk.newsroom.drafts.told(user_id, draft.key)
