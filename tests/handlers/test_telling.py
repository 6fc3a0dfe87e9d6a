"""What administrators are told without having asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.digests.trouble import Trouble, TroubleKind, Unheard
from bot.handlers.telling import Teller
from bot.search.library import Library
from tests.handlers.administration import administered

SAID = {
    TroubleKind.HELD: "Telegram asks the bot to hold a digest back for 2 hours.",
    TroubleKind.SILENCED: "For 2 hours Telegram lets the bot write to nobody.",
}


async def test_of_a_hold_they_hear_how_long_it_is_and_what_it_keeps_back(
    library: Library, tmp_path: Path, home: str
) -> None:
    async with administered(library, tmp_path, home) as administrator:
        teller = Teller(administrator.bot.desk, administrator.bot.telegram)
        for kind, words in SAID.items():
            await teller.report(Trouble(kind, seconds=7200))
            assert words in administrator.messages[-1]["text"]


async def test_where_none_of_them_may_be_written_to_whoever_reports_learns_for_how_long(
    library: Library, tmp_path: Path, home: str
) -> None:
    async with administered(library, tmp_path, home) as administrator:
        administrator.sandbox.faults.add("too_many", chat_id=administrator.viewer, retry_after=7200)
        teller, before = Teller(administrator.bot.desk, administrator.bot.telegram), len(administrator.messages)
        with pytest.raises(Unheard) as held:
            await teller.report(Trouble(TroubleKind.SILENCED, seconds=7200))
        assert held.value.seconds == 7200
        assert len(administrator.messages) == before
