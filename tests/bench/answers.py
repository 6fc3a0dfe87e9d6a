"""From one update to its full answer: the work alone, and through the sandbox over HTTP."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bot.app import open_bot
from bot.content import read_catalog, read_library
from bot.i18n import Language
from bot.layout.telegram_html import print_html
from bot.sandbox import Sandbox
from bot.search.index import Index
from bot.settings import Settings
from bot.views.reading import Reading, card_route
from bot.views.results import results_screen
from bot.views.screens import screen_of
from tests.conftest import settings_for
from tests.conversation import FREE_PACE, talking

QUESTIONS = ("how many people left russia", "визы", "brain drain", "навальный", "what should the EU do about visas")
ROUNDS = 40


def _percentiles(name: str, seconds: list[float]) -> list[tuple[str, float, str]]:
    ordered = sorted(seconds)
    return [
        (f"{name}, median", statistics.median(ordered) * 1000, "ms"),
        (f"{name}, 99 of 100", ordered[int(len(ordered) * 0.99) - 1] * 1000, "ms"),
    ]


def _alone() -> list[tuple[str, float, str]]:
    catalog = read_catalog(Settings(_env_file=None))
    index, reading = Index.build(catalog), Reading(catalog, Language.EN, "kolokol_bot")
    searches, cards = [], []
    for question in QUESTIONS * ROUNDS:
        begin = time.perf_counter()
        print_html(results_screen(reading, question, index.search(question)), card_url=reading.card_url)
        searches.append(time.perf_counter() - begin)
    for card in catalog.cards:
        begin = time.perf_counter()
        print_html(screen_of(reading, card_route(card)), card_url=reading.card_url)
        cards.append(time.perf_counter() - begin)
    return _percentiles("question to printed results", searches) + _percentiles("card printed", cards)


async def _through_the_sandbox() -> list[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(limits="off") as sandbox:
            settings = settings_for(sandbox, Path(folder))
            opened = open_bot(settings, read_library(settings), pace=FREE_PACE)
            async with opened as bot, talking(sandbox, bot) as conversation:
                await conversation.ask("/start")
                times = []
                for question in QUESTIONS * ROUNDS:
                    begin = time.perf_counter()
                    await conversation.ask(question)
                    times.append(time.perf_counter() - begin)
                return _percentiles("message to answer through the sandbox", times)


def measure() -> list[tuple[str, float, str]]:
    """Medians and the slow end."""
    return _alone() + asyncio.run(_through_the_sandbox())
