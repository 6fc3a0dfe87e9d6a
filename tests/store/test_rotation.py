"""The seal key is changed: all that is sealed opens with the new key and with no other, whenever it is broken off."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from base64 import b64encode
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select

from bot.i18n import Language
from bot.seal import Seal, SealError, read_key
from bot.store.chats import Chats
from bot.store.database import Database, open_database
from bot.store.keys import open_seal
from bot.store.rotation import rotate
from bot.store.sealed import SEALED
from bot.store.spool import UpdateSpool
from bot.store.subscriptions import SubscriptionStore
from bot.store.tables import chats, metadata
from bot.subscription import ChatKind, Choices

CHANNEL = -1_001_234_567_890
PEOPLE = range(5_000_000_000, 5_000_002_500)
CHOICES = Choices(header="Вести", hashtag="#колокол")


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "seal.key"


async def furnish(database: Database, seal: Seal, people: range = PEOPLE) -> None:
    """Put something into every sealed column, and more chats than are sealed anew at a time."""
    await SubscriptionStore(database, seal).subscribe(
        CHANNEL, ChatKind.CHANNEL, 0, Language.RU, CHOICES, people[0], 1, since=0
    )
    async with database.begin() as connection:
        rows = [{"key": os.urandom(16), "sealed_id": seal.seal_id(each), "language": "ru"} for each in people[1:]]
        await connection.execute(chats.insert(), rows)
    await UpdateSpool(database, seal).keep([(1, b"one"), (2, b"two")])


async def check_all(database: Database, seal: Seal, people: range = PEOPLE) -> None:
    """Everything is found and opened with this seal."""
    fresh = Chats(database, seal)
    assert [await fresh.language(each) for each in (people[1], people[-1], 7)] == [Language.RU, Language.RU, None]
    (channel,) = await SubscriptionStore(database, seal).of_chat(CHANNEL)
    assert channel.choices == CHOICES
    assert await SubscriptionStore(database, seal).told_to(people[0]) == (channel,)
    assert await UpdateSpool(database, seal).load() == [(1, b"one"), (2, b"two")]
    async with database.read() as connection:
        for column, purpose in SEALED.items():
            for value in (await connection.execute(select(column).where(column.is_not(None)))).scalars():
                seal.open(value, purpose)


def test_every_sealed_column_is_known() -> None:
    named = {column for table in metadata.tables.values() for column in table.c if column.name.startswith("sealed_")}
    assert named == set(SEALED)
    assert all(isinstance(column.type, LargeBinary) for column in named)


async def test_everything_is_sealed_anew_and_the_files_change_places(database: Database, key_file: Path) -> None:
    old = await open_seal(database, None, key_file)
    await furnish(database, old)
    done = await rotate(database, None, key_file)
    assert (done.values, done.key_file, done.old_key_file) == (
        len(PEOPLE) + 1 + 2 + 2,
        key_file,
        key_file.with_name("seal.key.old"),
    )
    new = await open_seal(database, None, key_file)
    await check_all(database, new)
    assert await Chats(database, old).language(PEOPLE[1]) is None
    assert sorted(path.name for path in key_file.parent.iterdir()) == ["seal.key", "seal.key.old"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in key_file.parent.iterdir()} == {0o600}
    await rotate(database, None, key_file)
    assert sorted(path.name for path in key_file.parent.iterdir()) == ["seal.key", "seal.key.old", "seal.key.old.2"]
    await check_all(database, await open_seal(database, None, key_file))


async def test_a_given_key_leaves_the_new_one_to_be_put_in_its_place(database: Database, key_file: Path) -> None:
    given = b64encode(os.urandom(64)).decode()
    await furnish(database, await open_seal(database, given, key_file))
    done = await rotate(database, given, key_file)
    assert done.key_file == key_file.with_name("seal.key.new")
    with pytest.raises(SealError, match=r"was changed: the new one stands in .+seal\.key\.new.+KOLOKOL_SEAL_KEY"):
        await open_seal(database, given, key_file)
    await check_all(database, await open_seal(database, done.key_file.read_text(), key_file))
    again = await rotate(database, given, key_file)
    assert again.values == 0
    await check_all(database, await open_seal(database, done.key_file.read_text(), key_file))


@pytest.mark.parametrize("there", [("seal.key", "seal.key.new"), ("seal.key.old", "seal.key.new")])
async def test_broken_off_while_the_files_change_places_the_next_start_ends_it(
    database: Database, key_file: Path, there: tuple[str, str]
) -> None:
    await furnish(database, await open_seal(database, None, key_file))
    await rotate(database, None, key_file)
    for now, before in zip(("seal.key.old", "seal.key"), there, strict=True):
        os.rename(key_file.with_name(now), key_file.with_name(f"{before}.moved"))
    for before in there:
        os.rename(key_file.with_name(f"{before}.moved"), key_file.with_name(before))
    await check_all(database, await open_seal(database, None, key_file))
    assert not key_file.with_name("seal.key.new").exists()
    assert key_file.with_name("seal.key.old").exists()


async def test_a_new_key_that_sealed_nothing_yet_is_used_by_the_next_try(database: Database, key_file: Path) -> None:
    await furnish(database, await open_seal(database, None, key_file))
    coming = b64encode(os.urandom(64)).decode()
    key_file.with_name("seal.key.new").write_text(coming)
    await check_all(database, await open_seal(database, None, key_file))
    await rotate(database, None, key_file)
    await check_all(database, await open_seal(database, coming, key_file))
    await check_all(database, await open_seal(database, None, key_file))


async def test_without_the_right_key_nothing_is_changed(database: Database, key_file: Path) -> None:
    with pytest.raises(SealError, match="Nothing is sealed yet"):
        await rotate(database, None, key_file)
    await furnish(database, seal := await open_seal(database, None, key_file))
    with pytest.raises(SealError, match="not the one"):
        await rotate(database, b64encode(bytes(64)).decode(), key_file)
    os.rename(key_file, key_file.with_name("elsewhere"))
    with pytest.raises(SealError, match="missing"):
        await rotate(database, None, key_file)
    await check_all(database, seal)


KILLED = """
import asyncio, sys
from pathlib import Path
from bot.store import rotation
from bot.store.database import open_database

slices = 0
reseal = rotation.Seal.seal

def seal(self, value, purpose):
    global slices
    slices += 1
    if slices == int(sys.argv[3]):
        print("now", flush=True)
        import time
        time.sleep(600)
    return reseal(self, value, purpose)

async def main():
    database = await open_database(sys.argv[1])
    rotation.Seal.seal = seal
    await rotation.rotate(database, None, Path(sys.argv[2]))

asyncio.run(main())
"""


@pytest.mark.parametrize("after", [3, 1500, 2503])
async def test_killed_in_the_middle_nothing_has_happened_and_the_next_try_does_it(
    url: str, key_file: Path, after: int
) -> None:
    database = await open_database(url)
    old = await open_seal(database, None, key_file)
    await furnish(database, old)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, url, str(key_file), str(after), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    assert await process.stdout.readline() == b"now\n"
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert await open_seal(database, None, key_file)
    await check_all(database, old)
    coming = read_key(key_file.with_name("seal.key.new"))
    await rotate(database, None, key_file)
    assert read_key(key_file) == coming
    await check_all(database, await open_seal(database, None, key_file))
    await database.close()


async def test_of_the_old_sealing_nothing_stays_in_the_files(sqlite_url: str, key_file: Path) -> None:
    database = await open_database(sqlite_url)
    old = await open_seal(database, None, key_file)
    await furnish(database, old, range(5_000_000_000, 5_000_000_050))
    await rotate(database, None, key_file)
    path = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
    whole = b"".join(each.read_bytes() for each in path.parent.glob("test.db*"))
    assert old.seal_id(CHANNEL) not in whole
    assert old.seal("Вести".encode(), "header") not in whole
    await database.close()
