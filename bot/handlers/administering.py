"""Presses on the buttons of administrators: to everybody else such a button is one that is no longer known."""

from __future__ import annotations

from telegram import CallbackQuery

from bot.handlers import announcing, deliveries, recalling
from bot.handlers.desk import Desk
from bot.handlers.office import Office
from bot.views.reading import Reading
from bot.views.routes import Route

_RECALLS = {"recall", "recalls", "sure", "erase", "rewrite"}


async def press(query: CallbackQuery, desk: Desk, office: Office, reading: Reading, route: Route) -> None:
    """Answer a press of an administrator."""
    what, _, value = route.trail.partition(":")
    if route.key:
        await announcing.press(query, desk, office, reading, route.key, route.trail)
    elif what in _RECALLS:
        await recalling.press(query, desk, office, reading, what, value)
    else:
        await deliveries.press(query, desk, office, reading, what, value)
