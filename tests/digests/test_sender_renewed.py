"""The sender with an edition that is composed anew while it goes out: nothing told twice, nothing left out."""

from __future__ import annotations

import time

import pytest

from bot.sandbox import Sandbox
from bot.store.outbox import Holds
from bot.subscription import ChatKind, Subscription
from tests.digests.conftest import got
from tests.digests.post_office import Letter, Office, channels, groups, people, plan
from tests.digests.post_office import subscribe as keep
from tests.transport.queue import until


class Renewed:
    """A printer of an edition that changes: each part is one piece, and those told stand first without words."""

    def __init__(self, *pieces: str) -> None:
        self.pieces = list(pieces)

    async def __call__(self, _: int, __: Subscription, ___: ChatKind, told: Holds, *____: object) -> list[Letter]:
        gone = [name for message in told for name in message]
        left = [Letter(piece, holds=(piece,)) for piece in self.pieces if piece not in gone]
        return [*(Letter("", holds=names) for names in told), *left]


async def test_a_row_between_its_parts_goes_on_with_what_it_has_not_told_of_an_edition_composed_anew(
    office: Office, sandbox: Sandbox, readers: list[int], group: int, channel: int
) -> None:
    office.printing = printing = Renewed("one", "two", "three")
    await keep(office.database, office.seal, [*people(readers[0]), *groups(group), *channels(channel)])
    await plan(office.database)
    for chat in (readers[0], group, channel):
        sandbox.faults.add("slow", chat_id=chat, delay_ms=300)
    async with office.sending():
        await until(lambda: len(sandbox.journal.exchanges) >= 3)
        printing.pieces = ["zero", "three", "one"]
        await office.at_rest()
    for chat in (readers[0], group, channel):
        texts = [taken.text for taken in sandbox.journal.messages if taken.chat_id == chat]
        assert texts == ["one", "zero", "three"]
    assert await office.states() == {"sent": 3}


async def test_what_begun_rows_have_told_outlasts_a_restart(
    office: Office, sandbox: Sandbox, readers: list[int]
) -> None:
    office.printing = printing = Renewed("one", "two")
    await keep(office.database, office.seal, people(readers[0]))
    await plan(office.database)
    async with office.sending():
        await until(lambda: got(sandbox)[readers[0]] == 1)
    assert [(row.state, row.holds) for row in await office.rows()] == [("retry", [["one"]])]
    printing.pieces = ["two", "one"]
    await office.send_all()
    assert [taken.text for taken in sandbox.journal.messages] == ["one", "two"]


@pytest.mark.parametrize("there", [True, False])
async def test_what_a_doubtful_message_holds_is_told_once_somebody_says_that_it_is_there(
    office: Office, sandbox: Sandbox, channel: int, there: bool
) -> None:
    sandbox.faults.add("drop_after" if there else "drop_before", chat_id=channel)
    office.printing = printing = Renewed("one", "two")
    await keep(office.database, office.seal, channels(channel))
    await plan(office.database)
    await office.send_all()
    (waiting,) = await office.deliveries.unconfirmed()
    printing.pieces = ["new", "one", "two"]
    settle = office.deliveries.is_there if there else office.deliveries.post_now
    assert await settle(waiting.id, time.time(), 4_000_000_000)
    await office.send_all()
    expected = ["one", "new", "two"] if there else ["new", "one", "two"]
    assert [taken.text for taken in sandbox.journal.messages] == expected
