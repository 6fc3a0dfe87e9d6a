"""The published content as editors see it: its history, its files, the way back; and another look at the folder."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Any

from telegram import Bot, CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.catalog.problems import ProblemsError
from bot.catalog.snapshot import card_key
from bot.editing.newsroom import FileState
from bot.handlers import roles
from bot.handlers.administrators import notice_screen
from bot.handlers.answers import say, send_file, settle, turn
from bot.handlers.desk import Desk
from bot.handlers.findings import show_draft
from bot.handlers.office import administers
from bot.handlers.roles import for_administrators, for_editors, refuse_press
from bot.layout.blocks import Screen
from bot.store.versions import ConflictError, Version
from bot.views import history as shown
from bot.views.menus import note_screen
from bot.views.notices import FOLDER, published_screen
from bot.views.problems import problems_screen
from bot.views.reading import Reading
from bot.views.roles import EDITORS, REMOVE, REMOVE_NOW
from bot.views.routes import Route

ZIP_NAME = "kolokol-content.zip"
_ADMINISTRATORS_ONLY = (FOLDER, EDITORS, REMOVE, REMOVE_NOW)


def handlers() -> list[BaseHandler[Update, Any, Any]]:
    """The commands."""
    new = filters.UpdateType.MESSAGE
    return [
        CommandHandler("history", for_editors(history), filters=new),
        CommandHandler("files", for_editors(files), filters=new),
        CommandHandler("rollback", for_editors(rollback), filters=new),
        CommandHandler("reload", for_administrators(reload), filters=new),
    ]


async def history(_update: Update, desk: Desk, reading: Reading, _message: Message, _words: str) -> Screen:
    """The versions, newest first."""
    return await _history(desk, reading, 0)


async def files(_update: Update, desk: Desk, reading: Reading, _message: Message, _words: str) -> Screen:
    """The files."""
    return shown.files_screen(reading, _facts(await _files(desk)), 0)


async def rollback(_update: Update, desk: Desk, reading: Reading, _message: Message, words: str) -> Screen:
    """What publishing an earlier version again would change, to be confirmed; the one before where none is named."""
    if words and not (words.isdecimal() and len(words) < 10):
        return note_screen(reading, "rollback-how")
    if not words and desk.library.version == 1:
        return note_screen(reading, "rollback-first")
    return await _restore(desk, reading, int(words or desk.library.version - 1), 0)


async def reload(_update: Update, desk: Desk, reading: Reading, _message: Message, _words: str) -> Screen | None:
    """Look at the folder now."""
    notice = await desk.newsroom.publisher.look(asked=True)
    return notice_screen(reading, notice, desk.library.version) if notice else note_screen(reading, "folder-restless")


async def pressed(update: Update, query: CallbackQuery, desk: Desk, reading: Reading, route: Route) -> None:
    """Answer a button of history, files, folder or roles, pressed by an editor."""
    what, _, value = route.trail.partition(":")
    number = int(value) if value.isdecimal() else 0
    if what in _ADMINISTRATORS_ONLY and not administers(desk, update):
        await refuse_press(query, reading)
        return
    if await roles.pressed(query, desk, reading, route):
        return
    await settle(query)
    if what == shown.FILE:
        await _send_file(query.get_bot(), desk, reading, query.from_user.id, route.key)
    elif what == shown.DELETE:
        await _delete_file(query, desk, reading, route.key)
    elif what == shown.ZIP:
        await send_file(query.get_bot(), query.from_user.id, _zipped(await _files(desk)), ZIP_NAME)
    else:
        await turn(reading, query, await _screen(query, desk, reading, what, number, route))


async def _screen(query: CallbackQuery, desk: Desk, reading: Reading, what: str, number: int, route: Route) -> Screen:
    if what == shown.FILES:
        return shown.files_screen(reading, _facts(await _files(desk)), route.page)
    if what == shown.VERSION:
        return await _version(desk, reading, number, route.page)
    if what == shown.RESTORE:
        return await _restore(desk, reading, number, route.page)
    if what == shown.RESTORE_NOW:
        return await _restore_now(desk, reading, query.from_user.id, number, route.key)
    if what == FOLDER:
        return await _publish_folder(desk, reading, query.from_user.id, route.key)
    return await _history(desk, reading, route.page)


async def _history(desk: Desk, reading: Reading, page: int) -> Screen:
    newest = desk.library.version
    pages = max(1, -(-newest // shown.ON_A_PAGE))
    page %= pages
    found = await desk.newsroom.told(newest + 1 - page * shown.ON_A_PAGE, shown.ON_A_PAGE)
    return shown.history_screen(reading, [_told(version, counts) for version, counts in found], page, pages)


def _told(version: Version, counts: Counter[str]) -> shown.Told:
    return shown.Told(
        version.number,
        version.published,
        version.origin.value,
        version.pen_name or "",
        version.note or "",
        counts["added"],
        counts["changed"],
        counts["withdrawn"],
    )


async def _one(desk: Desk, number: int) -> shown.Told | None:
    found = await desk.newsroom.told(number + 1, 1) if number > 0 else ()
    return _told(*found[0]) if found and found[0][0].number == number else None


async def _version(desk: Desk, reading: Reading, number: int, page: int) -> Screen:
    told = await _one(desk, number)
    if told is None:
        return note_screen(reading, "version-none")
    found = await desk.newsroom.change_between(number - 1, number)
    return shown.version_screen(reading, told, found, page, current=number == desk.library.version)


async def _restore(desk: Desk, reading: Reading, number: int, page: int) -> Screen:
    told, version = await _one(desk, number), await desk.newsroom.versions.get(number)
    if told is None or version is None:
        return note_screen(reading, "version-none")
    current = desk.library
    if version.digest == current.digest:
        return note_screen(reading, "version-current")
    found = await desk.newsroom.change_between(current.version, number)
    return shown.restore_screen(reading, told, current.version, found, page)


async def _restore_now(desk: Desk, reading: Reading, user_id: int, number: int, over: str) -> Screen:
    """Go back to a version; where something was published since it was asked, ask again with what that changes."""
    try:
        published = await desk.newsroom.roll_back(user_id, number, int(over) if over.isdecimal() else 0)
    except KeyError:
        return note_screen(reading, "version-none")
    except ConflictError:
        return await _restore(desk, reading, number, 0)
    except ProblemsError as error:
        return problems_screen(reading, error.problems)
    return published_screen(reading, published.version.number, published.differences, undo=True)


async def _publish_folder(desk: Desk, reading: Reading, user_id: int, key: str) -> Screen:
    newsroom = desk.newsroom
    try:
        published = await newsroom.publisher.accept(key, await newsroom.editors.pen_name(user_id))
    except ConflictError:
        published = None
    except ProblemsError as error:
        return problems_screen(reading, error.problems)
    if published is None:
        return note_screen(reading, "folder-other")
    return published_screen(reading, published.version.number, published.differences, undo=True)


async def _files(desk: Desk) -> tuple[FileState, ...]:
    return await desk.newsroom.files(desk.clock.now().date())


def _facts(found: Sequence[FileState]) -> list[shown.FileFacts]:
    return [
        shown.FileFacts(
            each.path,
            each.cards,
            each.changed.number,
            each.changed.published,
            each.stale,
            each.problems,
            each.on_disk,
        )
        for each in found
    ]


async def _send_file(bot: Bot, desk: Desk, reading: Reading, user_id: int, key: str) -> None:
    for each in await _files(desk):
        if card_key(each.path) == key:
            name, buttons = each.path.rpartition("/")[2], shown.file_buttons(reading, each.path)
            await send_file(bot, user_id, each.data, name, caption=each.path, buttons=buttons)


async def _delete_file(query: CallbackQuery, desk: Desk, reading: Reading, key: str) -> None:
    """Let the draft take a file away, and show what that comes to: nothing is deleted before it is published."""
    bot, user_id = query.get_bot(), query.from_user.id
    known = await desk.newsroom.versions.hashes(desk.library.version)
    path = next((each for each in known if card_key(each) == key), None)
    if path is None:
        await say(reading, bot, user_id, note_screen(reading, "file-none"))
        return
    try:
        await desk.newsroom.delete(user_id, path)
    except ProblemsError as error:
        await say(reading, bot, user_id, problems_screen(reading, error.problems))
        return
    await show_draft(bot, desk, user_id, reading.language)


def _zipped(found: Sequence[FileState]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in found:
            archive.writestr(each.path, each.data)
    return whole.getvalue()
