from __future__ import annotations

import pytest

from bot.i18n import Language
from bot.seal import Seal
from bot.store.chats import Chats
from bot.store.database import Database
from bot.store.drafts import Drafts
from bot.store.editors import Editors, PenNameTakenError
from bot.store.subscriptions import SubscriptionStore
from bot.subscription import ChatKind, Choices

OGAREV, HERZEN = 5_187_302_644, 7_000_000_001


@pytest.fixture
def editors(database: Database, seal: Seal) -> Editors:
    return Editors(database, seal)


async def test_an_editor_is_known_by_a_pen_name_and_everybody_else_by_none(editors: Editors) -> None:
    assert await editors.add(OGAREV, "Ogarev", 1000)
    assert await editors.pen_name(OGAREV) == "Ogarev"
    assert await editors.pen_name(HERZEN) is None
    assert [(each.pen_name, each.since) for each in await editors.all()] == [("Ogarev", 1000)]
    assert await editors.ids() == (OGAREV,)


async def test_a_pen_name_may_change_and_belongs_to_one(editors: Editors) -> None:
    await editors.add(OGAREV, "Ogarev", 1000)
    await editors.add(HERZEN, "Iskander", 2000)
    assert not await editors.add(HERZEN, "Герцен", 3000)
    with pytest.raises(PenNameTakenError):
        await editors.add(HERZEN, "Ogarev", 3000)
    assert [(each.pen_name, each.since) for each in await editors.all()] == [("Ogarev", 1000), ("Герцен", 2000)]


async def test_a_pen_name_alone_makes_nobody_an_editor(editors: Editors) -> None:
    await editors.name(HERZEN, "Iskander")
    assert await editors.pen_name(HERZEN) == "Iskander"
    assert not await editors.edits(HERZEN)
    assert (await editors.all(), await editors.ids()) == ((), ())
    assert await editors.pen_names() == {"Iskander"}
    assert await editors.add(HERZEN, "Herzen", 2000)
    await editors.name(HERZEN, "Iskander")
    assert await editors.edits(HERZEN)
    assert [(each.pen_name, each.since) for each in await editors.all()] == [("Iskander", 2000)]
    with pytest.raises(PenNameTakenError):
        await editors.name(OGAREV, "Iskander")


async def test_who_is_removed_is_an_editor_no_more(editors: Editors) -> None:
    await editors.add(OGAREV, "Ogarev", 1000)
    await editors.add(HERZEN, "Herzen", 1000)
    herzen, _ = await editors.all()
    assert await editors.remove(herzen.key) == HERZEN
    assert await editors.remove(herzen.key) is None
    assert await editors.pen_name(HERZEN) is None
    assert await editors.ids() == (OGAREV,)


async def test_an_editor_who_unsubscribes_is_one_still(editors: Editors, database: Database, seal: Seal) -> None:
    await editors.add(OGAREV, "Ogarev", 1000)
    store, choices = SubscriptionStore(database, seal), Choices()
    subscribed = await store.subscribe(OGAREV, ChatKind.PRIVATE, 0, Language.EN, choices, None, 1, since=0)
    assert await store.unsubscribe(subscribed.key)
    assert await editors.pen_name(OGAREV) == "Ogarev"


async def test_who_has_everything_deleted_is_an_editor_no_more(
    editors: Editors, database: Database, seal: Seal
) -> None:
    await editors.add(OGAREV, "Ogarev", 1000)
    await Drafts(database, seal).put(OGAREV, {"content/actors.yaml": b"actors: []\n"}, 1, 1000)
    await Chats(database, seal).forget(OGAREV)
    assert await editors.all() == ()
    assert await Drafts(database, seal).of(OGAREV) is None
