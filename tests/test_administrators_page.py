"""Administrators in a real browser: an announcement watched and taken back, and what is done when Telegram fails."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.i18n import Language
from bot.search.library import Library
from bot.subscription import ChatKind, Choices
from bot.transport.pacing import Pace
from tests.browser import OpenPage
from tests.conversation import CHANNEL, EDITOR, FREE_PACE, Conversation
from tests.visiting import opened_demo, visit

pytestmark = pytest.mark.browser

SIX_A_SECOND = Pace(overall=40, reserve=34, private_burst=100, private_interval=0.01, group=1000)
"""Slow enough to be watched."""
NEWS = "News of ours"


@pytest.fixture
async def demo(request: pytest.FixtureRequest, library: Library, tmp_path: Path) -> AsyncIterator[Conversation]:
    """The administrator reads English; the pace is one that a test chooses, or no pace at all."""
    async with opened_demo(library, tmp_path, getattr(request, "param", FREE_PACE)) as conversation:
        conversation.sandbox.acts.change_person(EDITOR, language_code="en")
        yield conversation


async def subscribe_crowd(demo: Conversation, people: int) -> None:
    """So many people more are subscribed, in English."""
    desk, choices = demo.bot.desk, Choices()
    for number in range(people):
        chat = demo.sandbox.world.add_person(f"Reader {number}", started=True).id
        due = desk.next_due(choices.schedule)
        await desk.subscriptions.subscribe(chat, ChatKind.PRIVATE, 0, Language.EN, choices, None, due, since=desk.now)


def received(demo: Conversation, words: str) -> int:
    """How many messages with these words Telegram took, but for the administrator."""
    return sum(words in taken.text for taken in demo.sandbox.journal.messages if taken.chat_id != EDITOR)


@pytest.mark.parametrize("demo", [SIX_A_SECOND], indirect=True, ids=["six a second"])
async def test_an_announcement_is_seen_counted_confirmed_watched_paused_and_stopped(
    demo: Conversation, open_page: OpenPage
) -> None:
    await subscribe_crowd(demo, 80)
    administrator = await visit(open_page, demo, "editor")
    await administrator.write("/announce")
    await expect(administrator.page.get_by_text("Reply to Kolokol")).to_be_visible()
    await administrator.write(NEWS)
    await administrator.sees("It goes to 80 subscriptions: people — 80")
    await administrator.finds(NEWS)
    await administrator.press("📨 Send…")
    await administrator.sees("Send it to 80 subscriptions?")
    assert received(demo, NEWS) == 0
    await administrator.press("📨 Yes, send it")
    await administrator.sees(re.compile(r"going out: [1-9]\d* of 80 done"))
    await administrator.press("⏸ Pause")
    await administrator.sees(re.compile(r"Paused: \d+ of 80 done"))
    await administrator.press("▶️ Resume")
    await administrator.sees("going out: ")
    await administrator.press("⏹ Stop for good")
    await administrator.sees("Stopped: it goes to nobody else")
    await administrator.sees(re.compile(r"cancelled: \d+.*sent: \d+", re.DOTALL))
    assert 0 < received(demo, NEWS) < 80


async def test_an_announcement_is_taken_back_where_it_stands(demo: Conversation, open_page: OpenPage) -> None:
    await demo.ask("/subscribe")
    administrator = await visit(open_page, demo, "editor")
    await administrator.write("/announce")
    await expect(administrator.page.get_by_text("Reply to Kolokol")).to_be_visible()
    await administrator.write(NEWS)
    await administrator.press("📨 Send…", "📨 Yes, send it")
    await administrator.sees("Finished. Recipients: 1.")
    await administrator.go("You")
    await administrator.finds(NEWS)
    await administrator.go("Editor")
    await administrator.write("/recall")
    await administrator.sees(f"Announcement “{NEWS}”")
    await administrator.press("1", "🗑 Delete everywhere")
    await administrator.sees("This cannot be undone.")
    await administrator.press("🗑 Yes, delete")
    await administrator.sees("Done: 1.")
    await administrator.go("You")
    await expect(administrator.log.get_by_text("Subscribed")).to_be_visible()
    await expect(administrator.log.get_by_text(NEWS)).to_have_count(0)


async def test_what_a_channel_may_have_missed_is_posted_by_a_press(demo: Conversation, open_page: OpenPage) -> None:
    administrator = await visit(open_page, demo, "editor")
    await administrator.write("/subscribe @news_from_exile")
    await administrator.sees("The digest of “News from exile”")
    await administrator.go("News from exile")
    await administrator.fails("drop_before")
    await administrator.ring()
    await administrator.go("Editor")
    await administrator.sees("Telegram was sent messages for channels and did not answer.")
    await administrator.write("/delivery")
    await administrator.sees("News from exile, part 1")
    await administrator.press("1. 📨 Post now")
    await administrator.dismiss("It is posted now.")
    await administrator.go("News from exile")
    await administrator.finds("🔔 Kolokol,")
    posted = [taken for taken in demo.sandbox.journal.messages if taken.chat_id == CHANNEL]
    assert len({taken.text for taken in posted}) == len(posted), "nothing twice"


@pytest.mark.parametrize(("fault", "times"), [("error", 1), ("drop_after", 2)])
async def test_a_person_gets_what_was_not_confirmed_rather_twice_than_never(
    demo: Conversation, open_page: OpenPage, fault: str, times: int
) -> None:
    you = await visit(open_page, demo)
    await you.write("/subscribe")
    await you.sees("Subscribed")
    await you.fails(fault)
    await you.ring()
    await expect(you.log.get_by_text("🔔 Kolokol,")).to_have_count(times)
    await expect(you.last.get_by_role("button", name="✖️ Unsubscribe")).to_be_visible()
