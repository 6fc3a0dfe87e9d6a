"""A card that is being written, shown in the chat: one field with the lines it stands on, or what is left of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from telegram import Bot, CallbackQuery, Message
from telegram.error import TelegramError

from bot.catalog.problems import Problem
from bot.catalog.sources import Source, split_lines
from bot.editing.fields import Field, Form
from bot.editing.proofing import ground_lines
from bot.editing.sheets import NEW, SOURCE
from bot.editing.writing import Page
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


@dataclass(frozen=True, slots=True)
class Writer:
    """An editor who writes in their chat with the bot, in a language; `query` is the press that is answered, if any."""

    bot: Bot
    desk: Desk
    reading: Reading
    user_id: int
    query: CallbackQuery | None = None

    @classmethod
    def who_pressed(cls, query: CallbackQuery, desk: Desk, reading: Reading) -> Writer:
        """Whoever pressed a button."""
        return cls(query.get_bot(), desk, reading, query.from_user.id, query)

    @classmethod
    def who_wrote(cls, message: Message, desk: Desk, reading: Reading) -> Writer:
        """Whoever sent a message."""
        return cls(message.get_bot(), desk, reading, message.chat_id)

    async def show(self, screen: Screen) -> None:
        """Show a screen, in place of the message whose button was pressed."""
        if self.query:
            await turn(self.reading, self.query, screen)
        else:
            await say(self.reading, self.bot, self.user_id, screen)

    async def ask(self, screen: Screen) -> None:
        """Ask for an answer in writing."""
        await ask(self.reading, self.bot, self.user_id, screen)


async def show_field(
    writer: Writer, page: Page, field: Field, *, number: int = 0, note: str = "", problems: Sequence[Problem] = ()
) -> None:
    """Show a field, and ask for it where it is answered in writing. `number` is the page of its choices."""
    reading, whole = writer.reading, written(writer.reading, page)
    place, quoted = page.place(field), await _cited(writer, page, field)
    await writer.show(field_screen(reading, whole, place, quoted, page=number, note=note, problems=problems))
    if not options_of(field):
        await writer.ask(ask_field_screen(reading, whole.fields[place], f"w-{page.key}-{page.key_of(field)}"))


async def show_left(
    writer: Writer, page: Page, *, number: int = 0, note: str = "", problems: Sequence[Problem] = ()
) -> None:
    """Show every field with what it holds and what is still to come."""
    await writer.show(left_screen(writer.reading, written(writer.reading, page), number, problems, note))


async def show_first(writer: Writer, page: Page) -> None:
    """Show what comes before anything else: that the source is gone, or lines to be chosen anew."""
    if page.gone:
        await writer.show(gone_screen(writer.reading, written(writer.reading, page)))
    elif page.first:
        await show_field(writer, page, page.first)


def written(reading: Reading, page: Page) -> Written:
    """A page as views take it."""
    sheet = page.sheet
    fields = tuple(_shown(reading, page, each) for each in page.fields)
    left = sum(each.pending for each in fields)
    stands, outdated = page.standing, page.outdated
    return Written(
        page.key, sheet.kind, sheet.source, fields, left, sheet.whole, sheet.lists, stands, outdated, page.title
    )


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
        page.key_of(field),
        name_of(reading, field.path, field.language),
        field.value or "",
        options,
        field.needed,
        tuple(labels),
        _how(page, field),
        field.language,
        pending=field.value == "",
        entry=name_of(reading, field.entry, None) if field.entry and not field.needed else "",
        last=field.form is Form.MEASURE,
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


async def _cited(writer: Writer, page: Page, field: Field) -> list[Cited]:
    """The lines on which a field must stand; in their words, where their writer has sent the text of the source."""
    found = []
    for name, lines in ground_lines(page.sheet, field).items():
        source = page.sources.get(name)
        if source is None:
            continue
        found.append(await quoted(writer, source, lines))
    return found


async def quoted(writer: Writer, source: Source, lines: Iterable[int]) -> Cited:
    """Those of these lines that a source has; in their words, where their writer has sent its text."""
    words = await _words(writer, source)
    there = [line for line in lines if line in source.lines]
    figures = {line: source.lines[line].figures for line in there}
    return Cited(source.id, {line: words[line] for line in there if line in words}, figures)


async def _words(writer: Writer, source: Source) -> dict[int, str]:
    """The lines of a source, from the file that its editor sent here: Telegram has it, and we keep only its name.

    Nothing where there is none, or where it is another text by now.
    """
    file_id = await writer.desk.newsroom.drafts.text_of(writer.user_id, source.id)
    if file_id is None:
        return {}
    try:
        data = bytes(await (await writer.bot.get_file(file_id)).download_as_bytearray())
    except TelegramError:  # Telegram need not keep it for ever
        return {}
    if sha256(data).hexdigest() != source.sha256:
        return {}
    return dict(enumerate(split_lines(data.decode("utf-8-sig", errors="replace")), start=1))
