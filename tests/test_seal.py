from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.seal import KEY_BYTES, Seal, SealError, make_key, parse_key, read_key

SEAL = Seal(bytes(range(KEY_BYTES)))


@settings(deadline=None)
@given(st.integers(-(2**63), 2**63))
def test_a_sealed_id_opens_to_the_id_and_always_seals_alike(chat: int) -> None:
    sealed = SEAL.seal_id(chat)
    assert SEAL.open_id(sealed) == chat
    assert SEAL.seal_id(chat) == sealed
    assert str(chat).encode() not in sealed or abs(chat) < 1000


@settings(deadline=None)
@given(st.binary(), st.text(max_size=10))
def test_what_is_sealed_opens_for_its_purpose_alone(value: bytes, purpose: str) -> None:
    sealed = SEAL.seal(value, purpose)
    assert SEAL.open(sealed, purpose) == value
    with pytest.raises(SealError):
        SEAL.open(sealed, purpose + "x")


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 16, b"x" * 100])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(SealError):
        SEAL.open(sealed, "chat")


def test_a_changed_bit_or_another_key_does_not_open() -> None:
    sealed = SEAL.seal_id(5)
    with pytest.raises(SealError):
        SEAL.open_id(bytes([sealed[0] ^ 1]) + sealed[1:])
    with pytest.raises(SealError):
        Seal(bytes(KEY_BYTES)).open_id(sealed)


@pytest.mark.parametrize("length", [0, 32, 63, 65])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(SealError, match=f"{length} bytes; it must have 64"):
        Seal(bytes(length))


def test_a_key_is_read_from_base64_with_blanks_around_it() -> None:
    key = bytes(range(KEY_BYTES))
    assert parse_key(f"  {base64.b64encode(key).decode()}\n") == key


@pytest.mark.parametrize("text", ["", "geheim", "ключ", "a" * 88, base64.b64encode(bytes(63)).decode(), "a=b" * 30])
def test_a_malformed_key_is_not_repeated_but_explained(text: str) -> None:
    with pytest.raises(SealError, match="64 random bytes written as base64") as caught:
        parse_key(text)
    assert not text or text not in str(caught.value)


def test_a_made_key_is_read_back_is_random_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "seal.key"
    key = make_key(path)
    assert read_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        make_key(path)
    assert read_key(path) == key != make_key(tmp_path / "other.key")


def test_without_a_file_there_is_no_key(tmp_path: Path) -> None:
    assert read_key(tmp_path / "none") is None
