"""Writing in the chat: a field is asked for, answered, checked; the whole goes into the draft.

Nothing is remembered between messages but the sheet in the draft: a button or a prompt says which field it means, so
that a restart in between loses nothing.
"""

from __future__ import annotations

from telegram import CallbackQuery, Message

from bot.editing.fields import LEFT_EMPTY, Field, Form, parse
from bot.editing.sheets import SOURCE
from bot.editing.writing import Page
from bot.handlers import beginning, sources
from bot.handlers.answers import reply, settle, turn
from bot.handlers.desk import Desk
from bot.handlers.guesses import show_guesses
from bot.handlers.sheets import Writer, options_of, show_field, show_first, show_left, written
from bot.views import writing as shown
from bot.views.menus import note_screen
from bot.views.numbers import figure_taken
from bot.views.reading import Reading
from bot.views.routes import Route

_OF_SOURCE = {
    *(shown.NEW, shown.ALL_OPEN, shown.LEAVE_OUT, shown.LEAVE_ALL_OUT, shown.AS_FILE),
    *(shown.REPLACE_TEXT, shown.KEEP_TEXT, shown.GUESSED_RIGHT, shown.GUESSED_BACK),
}


async def pressed(query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a button of the writing, pressed by an editor."""
    user_id, what = query.from_user.id, route.trail.partition(":")[0]
    await settle(query)
    if not route.key:
        await turn(reading, query, await beginning.new_screen(desk, reading, user_id))
    elif what in _OF_SOURCE:
        source_id = await beginning.source_of(desk, user_id, route.key)
        if source_id and what in (shown.REPLACE_TEXT, shown.KEEP_TEXT):
            await sources.replace_text(query, desk, reading, source_id, sure=what == shown.REPLACE_TEXT)
        elif source_id:
            await beginning.pressed(Writer.who_pressed(query, desk, reading), route, source_id)
        else:
            await turn(reading, query, note_screen(reading, "write-gone"))
    elif page := await desk.writing.page(user_id, route.key):
        await _on_page(Writer.who_pressed(query, desk, reading), route, page)
    else:
        await turn(reading, query, note_screen(reading, "write-gone"))


async def _on_page(writer: Writer, route: Route, page: Page) -> None:
    writing = writer.desk.writing
    what, _, rest = route.trail.partition(":")
    field = page.field(rest)
    gives_up = what in (shown.GIVE_UP, shown.GIVE_UP_NOW)
    if not gives_up and (page.gone or (what and page.first not in (None, field))):
        await show_first(writer, page)
    elif field and what == shown.ASK:
        await show_field(writer, page, field, number=route.page)
    elif field and what == shown.CHOOSE:
        await _choose(writer, page, field, route.page)
    elif field and what == shown.EMPTY and not field.needed:
        await _answer(writer, page, field, LEFT_EMPTY)
    elif what == shown.MORE and route.page < len(page.sheet.lists):
        await _more(writer, page, page.sheet.lists[route.page])
    elif what == shown.ENTER and page.sheet.kind != SOURCE:
        await _enter(writer, page)
    elif what == shown.GIVE_UP and page.sheet.kind != SOURCE:
        await writer.show(shown.give_up_screen(writer.reading, written(writer.reading, page)))
    elif what == shown.GIVE_UP_NOW:
        await writing.give_up(writer.user_id, page.key)
        await writer.show(note_screen(writer.reading, "write-given-up"))
    else:
        await show_left(writer, page, number=route.page)


async def answered(desk: Desk, reading: Reading, message: Message, key: str, field_key: str) -> None:
    """Write what was sent for the field that a prompt asked for, and ask for the next; or say what is wrong with it."""
    writer = Writer.who_wrote(message, desk, reading)
    page = await desk.writing.page(writer.user_id, key)
    if page is None:
        await reply(reading, message, note_screen(reading, "write-gone"))
        return
    field = page.field(field_key)
    if field is None:  # another answer has made another thing of it, or its entry is taken out
        await reply(reading, message, shown.field_gone_screen(reading, message.text or ""))
        await show_left(writer, page)
    elif page.gone or (page.first and field.form is not Form.LINES):
        await show_first(writer, page)
    else:
        await _answer(writer, page, field, message.text or "")


async def _answer(writer: Writer, page: Page, field: Field, sent: str) -> None:
    before = page.before_entry(field)
    page, problems = await writer.desk.writing.answer(writer.user_id, page, field, sent)
    if problems:
        await show_field(writer, page, field, problems=problems)
    elif field.entry and parse(field, sent) is None:
        gone = shown.name_of(writer.reading, field.entry, None)
        await _next(writer, page, before, writer.reading.text("write-taken-out", entry=gone))
    elif field.form is Form.FIGURE and parse(field, sent):
        await _next(writer, page, field, figure_taken(writer.reading, page.sheet.values))
    else:
        name = shown.name_of(writer.reading, field.path, field.language)
        await _next(writer, page, field, writer.reading.text("write-taken", field=name))


async def _next(writer: Writer, page: Page, field: Field | None, note: str) -> None:
    """Say what became of a field, and ask for what comes behind it; where nothing is left, show the whole."""
    if behind := page.beside(field, 1):
        await show_field(writer, page, behind, note=note)
    elif page.sheet.kind != SOURCE or not await show_guesses(writer, page.sheet.source, note):
        await show_left(writer, page, note=note)


async def _choose(writer: Writer, page: Page, field: Field, number: int) -> None:
    """Take a choice; of a field that holds several, take it in or out and stay there."""
    options = options_of(field)
    if number >= len(options):
        await show_left(writer, page)
    elif field.form is Form.WORDS:
        held = [each for each in (field.value or "").split(", ") if each]
        chosen = [each for each in options if (each in held) != (each == options[number])]
        page, _ = await writer.desk.writing.answer(writer.user_id, page, field, ", ".join(chosen or held))
        await show_field(writer, page, page.fields[page.place(field)], number=number // shown.ON_A_PAGE)
    else:
        await _answer(writer, page, field, options[number])


async def _more(writer: Writer, page: Page, name: str) -> None:
    """One more entry in a list: ask for the first that is to be written in it."""
    page = await writer.desk.writing.add_entry(writer.user_id, page, name)
    last = len(page.sheet.values[name]) - 1
    await show_field(writer, page, next(each for each in page.fields if each.path[:2] == (name, last)))


async def _enter(writer: Writer, page: Page) -> None:
    """Put the card into the draft; then what its source still lacks, or the draft."""
    problems = await writer.desk.writing.enter(writer.user_id, page) if page.sheet.whole else ()
    if problems or not page.sheet.whole:
        await show_left(writer, page, problems=problems)
    else:
        await beginning.go_on(writer, page.sheet.source, "write-entered")
