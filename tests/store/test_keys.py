from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

import pytest

from bot.seal import SealError, parse_key
from bot.store.database import Database
from bot.store.keys import open_seal
from tests.store.conftest import KEY

TEXT = base64.b64encode(KEY).decode()
OTHER = base64.b64encode(bytes(64)).decode()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "seal.key"


def write(path: Path, key: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(key, encoding="utf-8")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def files(path: Path) -> list[str]:
    return [each.name for each in path.parent.glob("*")]


async def test_an_empty_database_gets_a_key_that_only_its_owner_reads(database: Database, key_file: Path) -> None:
    seal = await open_seal(database, None, key_file)
    assert mode(key_file) == 0o600
    again = await open_seal(database, None, key_file)
    assert again.open_id(seal.seal_id(-100)) == -100


async def test_a_key_that_is_given_makes_no_file(database: Database, key_file: Path) -> None:
    seal = await open_seal(database, TEXT, key_file)
    assert files(key_file) == []
    assert (await open_seal(database, TEXT, key_file)).open_id(seal.seal_id(1)) == 1


async def test_a_key_that_is_given_counts_before_the_file(database: Database, key_file: Path) -> None:
    await open_seal(database, None, key_file)
    with pytest.raises(SealError, match="not the one"):
        await open_seal(database, TEXT, key_file)


async def test_a_key_file_that_is_there_already_is_used(database: Database, key_file: Path) -> None:
    write(key_file, TEXT + "\n")
    seal = await open_seal(database, None, key_file)
    assert (await open_seal(database, TEXT, Path("nowhere"))).open_id(seal.seal_id(7)) == 7


async def test_a_wrong_key_is_refused(database: Database, key_file: Path) -> None:
    await open_seal(database, TEXT, key_file)
    with pytest.raises(SealError, match="not the one this database was sealed with"):
        await open_seal(database, OTHER, key_file)


async def test_a_missing_key_is_refused_and_no_other_is_made(database: Database, key_file: Path) -> None:
    await open_seal(database, None, key_file)
    os.unlink(key_file)
    with pytest.raises(SealError, match=r"missing.+KOLOKOL_SEAL_KEY.+seal\.key"):
        await open_seal(database, None, key_file)
    assert files(key_file) == []


@pytest.mark.parametrize("key", ["secret words", "c2hvcnQ=", "ключ", TEXT[:-4], TEXT + TEXT])
async def test_a_malformed_key_says_what_would_be_right_and_not_what_it_is(
    database: Database, key_file: Path, key: str
) -> None:
    write(key_file, key)
    for given in (key, None):
        with pytest.raises(SealError, match="openssl rand -base64 64") as caught:
            await open_seal(database, given, key_file)
        assert key not in str(caught.value)


async def test_a_key_file_that_cannot_be_used_is_explained(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "seal.key"):
        with pytest.raises(SealError, match="KOLOKOL_KEY_FILE"):
            await open_seal(database, None, path)
    await open_seal(database, None, tmp_path / "good.key")
    assert len(parse_key((tmp_path / "good.key").read_text())) == 64
