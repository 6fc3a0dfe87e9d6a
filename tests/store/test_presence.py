"""Any number of bots may use a database, or one program alone."""

from __future__ import annotations

import pytest

from bot.store.database import StoreError, open_database
from bot.store.presence import present


async def test_several_may_use_it_and_one_may_have_it_alone_when_they_are_gone(url: str) -> None:
    one, other = await open_database(url), await open_database(url)
    async with present(one), present(other):
        with pytest.raises(StoreError, match="Stop it first"):
            async with present(other, alone=True):
                pass
    async with present(one, alone=True):
        with pytest.raises(StoreError, match="keys of this database are being changed"):
            async with present(other):
                pass
    async with present(other):
        pass
    for database in (one, other):
        await database.close()
