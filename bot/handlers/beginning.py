"""Beginning a card in the chat: from which source, of what kind, in which topic, on which lines; leaving lines out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Message, Update

from bot.catalog.cards import Kind
from bot.catalog.problems import Place, Problem, ProblemsError
from bot.catalog.snapshot import card_key
from bot.catalog.values import parse_lines
from bot.handlers.answers import reply
from bot.handlers.desk import Desk
from bot.handlers.findings import show_draft
from bot.handlers.guesses import settle, show_guesses
from bot.handlers.sheets import Writer, quoted, show_field, written
from bot.layout.blocks import Screen
from bot.views import beginning as shown
from bot.views.menus import note_screen
from bot.views.reading import Reading
from bot.views.routes import Route
from bot.views.sourcing import skeletons_screen
from bot.views.trails import KIND_LETTERS
from bot.views.writing import ALL_OPEN, AS_FILE, GUESSED_BACK, GUESSED_RIGHT, LEAVE_ALL_OUT, LEAVE_OUT, Cited

_KINDS = {letter: kind for kind, letter in KIND_LETTERS.items()}
_WITHOUT_TOPIC = (Kind.ACTOR, Kind.TERM, Kind.SUMMARY)
_NONE = "0"
"""Stands for the topic of a card that has none."""


async def new_command(_update: Update, desk: Desk, reading: Reading, message: Message, _words: str) -> Screen:
    """The cards that are begun, and where to begin one."""
    return await new_screen(desk, reading, message.chat_id)


async def new_screen(desk: Desk, reading: Reading, user_id: int) -> Screen:
    """The same for whoever pressed a button."""
    begun = [written(reading, page) for page in await desk.writing.pages(user_id)]
    return shown.new_screen(reading, begun, await desk.sourcing.ids(user_id))


async def source_of(desk: Desk, user_id: int, key: str) -> str | None:
    """The id of a source by its key, one of the draft too."""
    return next((each for each in await desk.sourcing.ids(user_id) if card_key(each) == key), None)


async def pressed(writer: Writer, route: Route, source_id: str) -> None:
    """Answer a button that begins a card from a source, or leaves lines of it out."""
    what, *rest = route.trail.split(":")
    try:
        if what == AS_FILE:
            topics = await writer.desk.sourcing.topics(writer.user_id)
            await writer.show(skeletons_screen(writer.reading, source_id, topics))
        elif what == LEAVE_OUT:
            await _leave(writer, source_id, route.page)
        elif what == LEAVE_ALL_OUT:
            _, lines = await writer.desk.writing.open_lines(writer.user_id, source_id)
            await leave_out(_below(writer), source_id, route.page, lines)
        elif what in (GUESSED_RIGHT, GUESSED_BACK):
            if note := await settle(writer, source_id, route):
                await go_on(writer, source_id, note)
        elif what == ALL_OPEN:
            await begin(_below(writer), source_id, ":".join(rest), ())
        else:
            await _choose(writer, source_id, rest)
    except ProblemsError as error:
        await _refuse(_below(writer), source_id, error.problems)


def _below(writer: Writer) -> Writer:
    """What is shown comes as a new message: the one with the button stays as it is."""
    return replace(writer, query=None)


async def _refuse(writer: Writer, source_id: str, problems: Sequence[Problem]) -> None:
    reading = writer.reading
    if not any(each.place.file == f"seeds/{source_id}.yaml" for each in problems):
        await writer.show(shown.refused_screen(reading, problems))
        return
    page = await writer.desk.writing.page(writer.user_id, card_key(source_id))
    missing = [each.name for each in written(reading, page).fields if each.pending] if page else []
    await writer.show(shown.unready_screen(reading, source_id, missing, problems))


async def _open_lines(writer: Writer, source_id: str) -> Cited:
    """The lines of a source that nothing accounts for yet. Raises ProblemsError."""
    return await quoted(writer, *await writer.desk.writing.open_lines(writer.user_id, source_id))


async def _choose(writer: Writer, source_id: str, chosen: Sequence[str]) -> None:
    """The kind, then the topic, then the lines; whatever is not chosen yet."""
    reading = writer.reading
    found = await writer.desk.writing.open_lines(writer.user_id, source_id)
    kind = _KINDS.get(chosen[0]) if chosen else None
    if kind is None:
        kinds = [each for each in Kind if each is not Kind.SUMMARY or not reading.catalog.source_summary(source_id)]
        await writer.show(shown.kinds_screen(reading, source_id, kinds))
    elif len(chosen) == 1 and kind not in _WITHOUT_TOPIC:
        topics = await writer.desk.sourcing.topics(writer.user_id)
        await writer.show(shown.topics_screen(reading, source_id, kind, topics))
    else:
        topic = chosen[1] if len(chosen) > 1 else _NONE
        open_lines = await quoted(writer, *found)
        await writer.show(shown.lines_screen(reading, f"{KIND_LETTERS[kind]}:{topic}", open_lines))
        name = f"n-{card_key(source_id)}-{KIND_LETTERS[kind]}-{topic}"
        await writer.ask(shown.ask_lines_screen(reading, name))


async def begin(writer: Writer, source_id: str, trail: str, lines: Sequence[int]) -> None:
    """Begin a card and ask for its first field. `trail` names kind and topic as buttons do. Raises ProblemsError."""
    reading, writing = writer.reading, writer.desk.writing
    letter, _, topic_key = trail.partition(":")
    topics = await writer.desk.sourcing.topics(writer.user_id)
    topic = next((each.id for each in topics if card_key(each.id) == topic_key), "")
    kind = _KINDS.get(letter)
    if kind is None or not (topic or kind in _WITHOUT_TOPIC):
        await writer.show(note_screen(reading, "write-gone"))
        return
    key = await writing.begin(writer.user_id, source_id, kind, topic, lines)
    if page := await writing.page(writer.user_id, key):
        await show_field(writer, page, page.fields[0], note=reading.text("write-begun"))


async def lines_answered(desk: Desk, reading: Reading, message: Message, source_key: str, trail: str) -> None:
    """Begin a card on the lines that were written."""
    writer = Writer.who_wrote(message, desk, reading)
    source_id = await source_of(desk, writer.user_id, source_key)
    if source_id is None:
        await reply(reading, message, note_screen(reading, "write-gone"))
        return
    try:
        await begin(writer, source_id, trail, _lines(message.text))
    except ProblemsError as error:
        if not _about_lines(error.problems):
            await _refuse(writer, source_id, error.problems)
            return
        open_lines = await _open_lines(writer, source_id)
        await reply(reading, message, shown.lines_screen(reading, trail, open_lines, error.problems))
        await writer.ask(shown.ask_lines_screen(reading, f"n-{source_key}-{trail.replace(':', '-')}"))


def _about_lines(problems: Sequence[Problem]) -> bool:
    """Whether other lines would be taken."""
    return all(each.code in ("lines_form", "no_such_line", "line_cited") for each in problems)


def _lines(written: str | None) -> tuple[int, ...]:
    """The lines that somebody wrote. Raises ProblemsError where they are written in another form."""
    try:
        return parse_lines((written or "").strip())
    except ValueError:
        raise ProblemsError(Problem.at(Place(""), "lines_form")) from None


async def _leave(writer: Writer, source_id: str, number: int) -> None:
    """Ask why lines are left out, then which; before that, whether those are right that were left out by a guess."""
    open_lines = await _open_lines(writer, source_id)
    if not 1 <= number <= len(shown.REASONS):
        if not await show_guesses(writer, source_id):
            await writer.show(shown.reasons_screen(writer.reading, open_lines))
        return
    await writer.show(shown.leave_screen(writer.reading, number, open_lines))
    await writer.ask(shown.ask_lines_screen(writer.reading, f"o-{card_key(source_id)}-{number}"))


async def leave_answered(desk: Desk, reading: Reading, message: Message, source_key: str, number: int) -> None:
    """Leave the lines out that were written."""
    writer = Writer.who_wrote(message, desk, reading)
    source_id = await source_of(desk, writer.user_id, source_key)
    if source_id is None or not 1 <= number <= len(shown.REASONS):
        await reply(reading, message, note_screen(reading, "write-gone"))
        return
    try:
        await leave_out(writer, source_id, number, _lines(message.text))
    except ProblemsError as error:
        if not _about_lines(error.problems):
            await _refuse(writer, source_id, error.problems)
            return
        open_lines = await _open_lines(writer, source_id)
        await reply(reading, message, shown.leave_screen(reading, number, open_lines, error.problems))
        await writer.ask(shown.ask_lines_screen(reading, f"o-{source_key}-{number}"))


async def leave_out(writer: Writer, source_id: str, number: int, lines: Sequence[int]) -> None:
    """Leave lines out, and show what is open still, or the draft. Raises ProblemsError."""
    await writer.desk.writing.leave_out(writer.user_id, source_id, lines, shown.REASONS[number - 1])
    await go_on(writer, source_id, "leave-done")


async def go_on(writer: Writer, source_id: str, note: str) -> None:
    """Show the lines of a source that are open still, without which nothing is published; where none is, the draft."""
    reading = writer.reading
    source, open_lines = await writer.desk.writing.open_lines(writer.user_id, source_id)
    draft = await writer.desk.newsroom.drafts.of(writer.user_id)
    key = draft.key if draft else ""
    if open_lines:
        await writer.show(shown.open_screen(reading, await quoted(writer, source, open_lines), note, key))
        return
    if writer.query:
        await writer.show(shown.done_screen(reading, note, key))
    await show_draft(writer.bot, writer.desk, writer.user_id, reading.language)
