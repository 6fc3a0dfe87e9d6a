"""Writing in the chat: a field is asked for, answered, checked; the whole goes into the draft.

Nothing is remembered between messages but the sheet in the draft: a button or a prompt says which field it means, so
that a restart in between loses nothing.
"""

from __future__ import annotations

from telegram import Bot, CallbackQuery, Message

from bot.editing.fields import Field, Form
from bot.editing.sheets import SOURCE
from bot.editing.writing import Page
from bot.handlers import beginning
from bot.handlers.answers import reply, settle, turn
from bot.handlers.desk import Desk
from bot.handlers.sheets import options_of, show_field, show_left, shown_first, written
from bot.views import writing as shown
from bot.views.menus import note_screen
from bot.views.reading import Reading
from bot.views.routes import Route

_OF_SOURCE = {shown.NEW, shown.ALL_OPEN, shown.LEAVE_OUT, shown.LEAVE_ALL_OUT, shown.AS_FILE}


async def pressed(query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a button of the writing, pressed by an editor."""
    user_id, what = query.from_user.id, route.trail.partition(":")[0]
    await settle(query)
    if not route.key:
        await turn(reading, query, await beginning.new_screen(desk, reading, user_id))
    elif what in _OF_SOURCE:
        source_id = await beginning.source_of(desk, user_id, route.key)
        if source_id:
            await beginning.pressed(query, desk, reading, route, source_id)
        else:
            await turn(reading, query, note_screen(reading, "write-gone"))
    elif page := await desk.writing.page(user_id, route.key):
        await _on_page(query, desk, reading, route, page)
    else:
        await turn(reading, query, note_screen(reading, "write-gone"))


async def _on_page(query: CallbackQuery, desk: Desk, reading: Reading, route: Route, page: Page) -> None:
    bot, user_id = query.get_bot(), query.from_user.id
    what, _, rest = route.trail.partition(":")
    field = page.field(rest)
    gives_up = what in (shown.GIVE_UP, shown.GIVE_UP_NOW)
    if not gives_up and (page.gone or (what and page.first not in (None, field))):
        await shown_first(bot, desk, reading, user_id, page, query)
    elif field and what == shown.ASK:
        await show_field(bot, desk, reading, user_id, page, field, query=query, number=route.page)
    elif field and what == shown.CHOOSE:
        await _choose(query, desk, reading, page, field, route.page)
    elif field and what == shown.EMPTY and not field.needed:
        page, _ = await desk.writing.answer(user_id, page, field, "-")
        await _next(bot, desk, reading, user_id, page, field, query=query)
    elif what == shown.MORE and route.page < len(page.sheet.lists):
        await _more(query, desk, reading, page, page.sheet.lists[route.page])
    elif what == shown.ENTER and page.sheet.kind != SOURCE:
        await _enter(query, desk, reading, page)
    elif what == shown.GIVE_UP and page.sheet.kind != SOURCE:
        await turn(reading, query, shown.give_up_screen(reading, written(reading, page)))
    elif what == shown.GIVE_UP_NOW:
        await desk.writing.give_up(user_id, page.key)
        await turn(reading, query, note_screen(reading, "write-given-up"))
    else:
        await show_left(bot, reading, user_id, page, query=query, number=route.page)


async def answered(desk: Desk, reading: Reading, message: Message, key: str, field_key: str) -> None:
    """Write what was sent for the field that a prompt asked for, and ask for the next; or say what is wrong with it."""
    bot, user_id = message.get_bot(), message.chat_id
    page = await desk.writing.page(user_id, key)
    if page is None:
        await reply(reading, message, note_screen(reading, "write-gone"))
        return
    field = page.field(field_key)
    if field is None:  # another answer has made another thing of it
        await show_left(bot, reading, user_id, page)
        return
    if page.gone or (page.first and field.form is not Form.LINES):
        await shown_first(bot, desk, reading, user_id, page)
        return
    page, problems = await desk.writing.answer(user_id, page, field, message.text or "")
    if problems:
        await show_field(bot, desk, reading, user_id, page, field, problems=problems)
    else:
        await _next(bot, desk, reading, user_id, page, field)


async def _next(
    bot: Bot,
    desk: Desk,
    reading: Reading,
    user_id: int,
    page: Page,
    field: Field,
    *,
    query: CallbackQuery | None = None,
) -> None:
    """Ask for what comes behind a field that was written; where nothing is left, show the whole."""
    name = shown.name_of(reading, field.path, field.language)
    note = reading.text("write-taken", field=name)
    if behind := page.beside(field, 1):
        await show_field(bot, desk, reading, user_id, page, behind, query=query, note=note)
    else:
        await show_left(bot, reading, user_id, page, query=query, note=note)


async def _choose(query: CallbackQuery, desk: Desk, reading: Reading, page: Page, field: Field, number: int) -> None:
    """Take a choice; of a field that holds several, take it in or out and stay there."""
    bot, user_id, options = query.get_bot(), query.from_user.id, options_of(field)
    if number >= len(options):
        await show_left(bot, reading, user_id, page, query=query)
        return
    sent = options[number]
    if field.form is Form.WORDS:
        held = [each for each in (field.value or "").split(", ") if each]
        chosen = [each for each in options if (each in held) != (each == sent)]
        page, _ = await desk.writing.answer(user_id, page, field, ", ".join(chosen or held))
        now = page.fields[page.place(field)]
        await show_field(bot, desk, reading, user_id, page, now, query=query, number=number // shown.ON_A_PAGE)
        return
    page, problems = await desk.writing.answer(user_id, page, field, sent)
    if problems:
        await show_field(bot, desk, reading, user_id, page, field, query=query, problems=problems)
    else:
        await _next(bot, desk, reading, user_id, page, field, query=query)


async def _more(query: CallbackQuery, desk: Desk, reading: Reading, page: Page, name: str) -> None:
    """One more entry in a list: ask for the first that is to be written in it."""
    page = await desk.writing.add_entry(query.from_user.id, page, name)
    last = len(page.sheet.values[name]) - 1
    first = next(each for each in page.fields if each.path[:2] == (name, last))
    await show_field(query.get_bot(), desk, reading, query.from_user.id, page, first, query=query)


async def _enter(query: CallbackQuery, desk: Desk, reading: Reading, page: Page) -> None:
    """Put the card into the draft; then what its source still lacks, or the draft."""
    bot, user_id = query.get_bot(), query.from_user.id
    problems = await desk.writing.enter(user_id, page) if page.sheet.whole else ()
    if problems or not page.sheet.whole:
        await show_left(bot, reading, user_id, page, query=query, problems=problems)
        return
    await beginning.go_on(bot, desk, reading, user_id, page.sheet.source, "write-entered", query=query)
