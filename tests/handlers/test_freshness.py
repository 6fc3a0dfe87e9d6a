"""Once a week editors are told which cards are due, and nobody else is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.handlers.freshness import tell_due
from tests.catalog.house import GLOSSARY
from tests.handlers.office import Office

STALE = GLOSSARY.replace("  - id: exile", "  - id: exile\n    review_by: 2024-01")


def noting(asked: list[str], *, new: bool) -> Callable[[str], Awaitable[bool]]:
    async def begins(week: str) -> bool:
        asked.append(week)
        return new

    return begins


async def test_editors_are_told_of_stale_cards_once_a_week(office: Office) -> None:
    await office.editor.press(await office.send(office.editor, "glossary.yaml", STALE), "✅ Publish now")
    desk, telegram = office.editor.bot.desk, office.editor.bot.telegram
    before = len(office.reader.messages)
    asked: list[str] = []
    await tell_due(telegram, desk, noting(asked, new=True))
    for who in (office.editor, office.admin):
        assert "Exile — to be reviewed by January 2024" in who.messages[-1]["text"]
    assert len(office.reader.messages) == before
    count = len(office.editor.messages)
    await tell_due(telegram, desk, noting(asked, new=False))
    assert len(office.editor.messages) == count


async def test_nobody_is_told_of_nothing(office: Office) -> None:
    before = len(office.editor.messages)
    await tell_due(office.editor.bot.telegram, office.editor.bot.desk, noting([], new=True))
    assert len(office.editor.messages) == before


async def test_a_week_begins_on_monday_at_nine(office: Office) -> None:
    asked: list[str] = []
    desk = office.editor.bot.desk

    class At:
        def __init__(self, moment: datetime) -> None:
            self.moment = moment

        def now(self) -> datetime:
            return self.moment

        def monotonic(self) -> float:
            return self.moment.timestamp()

        async def sleep(self, seconds: float) -> None:
            raise AssertionError

    real = desk.clock
    for moment in (datetime(2026, 3, 2, 8, 59, tzinfo=UTC), datetime(2026, 3, 2, 9, 0, tzinfo=UTC)):
        desk.clock = At(moment)
        await tell_due(office.editor.bot.telegram, desk, noting(asked, new=False))
    desk.clock = real
    assert asked == ["2026-w09", "2026-w10"]
