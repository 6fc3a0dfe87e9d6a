"""A card that is being written, shown in the chat: one field with the lines it stands on, or what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from telegram import Bot, CallbackQuery
from telegram.error import TelegramError

from bot.catalog.problems import Problem
from bot.catalog.sources import Source, split_lines
from bot.editing.fields import Field, Form
from bot.editing.proofing import ground_lines
from bot.editing.sheets import NEW, SOURCE
from bot.editing.writing import Page, field_key
from bot.handlers.answers import ask, say, turn
from bot.handlers.desk import Desk
from bot.layout.blocks import Screen
from bot.views.fields import FieldShown
from bot.views.reading import Reading
from bot.views.writing import (
    Cited,
    Written,
    ask_field_screen,
    choice_label,
    field_screen,
    gone_screen,
    left_screen,
    name_of,
)


async def show_field(
    bot: Bot,
    desk: Desk,
    reading: Reading,
    user_id: int,
    page: Page,
    field: Field,
    *,
    query: CallbackQuery | None = None,
    number: int = 0,
    note: str = "",
    problems: Sequence[Problem] = (),
) -> None:
    """Show a field, in place of the message whose button was pressed, and ask for it where it is answered in writing.

    `number` is the page of its choices.
    """
    whole = written(reading, page)
    place = page.place(field)
    quoted = await _cited(bot, desk, user_id, page, field)
    screen = field_screen(reading, whole, place, quoted, page=number, note=note, problems=problems)
    await _show(bot, reading, user_id, screen, query)
    if not options_of(field):
        name = f"w-{page.key}-{field_key(field)}"
        await ask(reading, bot, user_id, ask_field_screen(reading, whole.fields[place], name))


async def show_left(
    bot: Bot,
    reading: Reading,
    user_id: int,
    page: Page,
    *,
    query: CallbackQuery | None = None,
    number: int = 0,
    note: str = "",
    problems: Sequence[Problem] = (),
) -> None:
    """Show every field with what it holds and what is still to come."""
    await _show(bot, reading, user_id, left_screen(reading, written(reading, page), number, problems, note), query)


async def shown_first(
    bot: Bot, desk: Desk, reading: Reading, user_id: int, page: Page, query: CallbackQuery | None = None
) -> bool:
    """Show what comes before anything else, if something does: that the source is gone, or lines to be chosen anew."""
    if page.gone:
        await _show(bot, reading, user_id, gone_screen(reading, written(reading, page)), query)
    elif page.first:
        await show_field(bot, desk, reading, user_id, page, page.first, query=query)
    return page.gone or page.first is not None


async def _show(bot: Bot, reading: Reading, user_id: int, screen: Screen, query: CallbackQuery | None) -> None:
    if query:
        await turn(reading, query, screen)
    else:
        await say(reading, bot, user_id, screen)


def written(reading: Reading, page: Page) -> Written:
    """A page as views take it."""
    sheet = page.sheet
    fields = tuple(_shown(reading, page, each) for each in page.fields)
    left = sum(each.pending for each in fields)
    stands, outdated = page.standing, page.outdated
    return Written(page.key, sheet.kind, sheet.source, fields, left, sheet.whole, sheet.lists, stands, outdated)


def options_of(field: Field) -> tuple[str, ...]:
    """What a field of few values may hold."""
    if field.form is Form.FLAG:
        return ("true",)
    return (*field.choices, NEW) if field.form is Form.MEASURE else field.choices


def _shown(reading: Reading, page: Page, field: Field) -> FieldShown:
    options = options_of(field)
    if field.form is Form.MEASURE:
        titles = page.measures
        labels = [reading.of(titles[each]) if each in titles else reading.text("write-new-measure") for each in options]
    else:
        labels = [choice_label(reading, field.name, each) for each in options]
    return FieldShown(
        field_key(field),
        name_of(reading, field.path, field.language),
        field.value or "",
        options,
        field.needed,
        tuple(labels),
        _how(page, field),
        field.language,
        pending=field.value == "",
    )


def _how(page: Page, field: Field) -> str:
    """Which text says what belongs into a field."""
    bare = field.path[:-1] if field.language else field.path
    names = [part for part in bare if isinstance(part, str)]
    if "author" in names or "publisher" in names:
        return "credit"
    if names[-1] in ("attributed_to", "holder"):
        return "holder-text" if field.language else "holder"
    if names == ["measure"] and field.language:
        return "measure-title"
    if names == ["positions", "text"]:
        return "positions"
    if names == ["title"] and page.sheet.kind == SOURCE:
        return "source-title"
    return "date" if names[-1] in ("date", "as_of", "when", "until") else names[-1].replace("_", "-")


async def _cited(bot: Bot, desk: Desk, user_id: int, page: Page, field: Field) -> list[Cited]:
    """The lines on which a field must stand; in their words, where their writer has sent the text of the source."""
    found = []
    for name, lines in ground_lines(page.sheet, field).items():
        source = page.sources.get(name)
        if source is None:
            continue
        words = await _words(bot, desk, user_id, source)
        there = [line for line in lines if line in source.lines]
        figures = {line: source.lines[line].figures for line in there}
        found.append(Cited(name, {line: words[line] for line in there if line in words}, figures))
    return found


async def _words(bot: Bot, desk: Desk, user_id: int, source: Source) -> dict[int, str]:
    """The lines of a source, from the file that its editor sent here: Telegram has it, and we keep only its name.

    Nothing where there is none, or where it is another text by now.
    """
    file_id = await desk.newsroom.drafts.text_of(user_id, source.id)
    if file_id is None:
        return {}
    try:
        data = bytes(await (await bot.get_file(file_id)).download_as_bytearray())
    except TelegramError:  # Telegram need not keep it for ever
        return {}
    if sha256(data).hexdigest() != source.sha256:
        return {}
    return dict(enumerate(split_lines(data.decode("utf-8-sig", errors="replace")), start=1))
