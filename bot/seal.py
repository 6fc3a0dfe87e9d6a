"""Sealing of what must be kept: deterministic authenticated encryption (AES-256-SIV); a sealed id can be looked up."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

KEY_BYTES = 64
"""AES-256-SIV takes two 256-bit keys (RFC 5297)."""


class SealError(Exception):
    """A key is missing, malformed or not the one that sealed; the message says what to do."""


class Seal:
    """Seals and opens with one key. `purpose` binds a value to its column: a chat id does not open as another thing."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise SealError(f"The seal key has {len(key)} bytes; it must have {KEY_BYTES}.")
        self._cipher = AESSIV(key)

    def seal(self, value: bytes, purpose: str) -> bytes:
        """Encrypt; the same value always seals to the same bytes."""
        return self._cipher.encrypt(value, [purpose.encode()])

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt. Raises SealError where another key or purpose sealed it."""
        try:
            return self._cipher.decrypt(sealed, [purpose.encode()])
        except InvalidTag:
            raise SealError("This was sealed with another key.") from None

    def seal_id(self, chat_id: int) -> bytes:
        """Seal a chat id for storage and look-up."""
        return self.seal(str(chat_id).encode(), "chat")

    def open_id(self, sealed: bytes) -> int:
        """The chat id behind a sealed one."""
        return int(self.open(sealed, "chat"))


def parse_key(text: str) -> bytes:
    """Read a key written as base64. Raises SealError for another form."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SealError(
            f"The seal key must be {KEY_BYTES} random bytes written as base64. Make one with: "
            f"openssl rand -base64 {KEY_BYTES} | tr -d '\\n'"
        )
    return key


def read_key(path: Path) -> bytes | None:
    """The key of a key file, or None where there is no file."""
    return parse_key(path.read_text(encoding="ascii", errors="replace")) if path.exists() else None


def make_key(path: Path) -> bytes:
    """Make a key file that only its owner can read. Raises FileExistsError rather than replace one."""
    key = os.urandom(KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(base64.b64encode(key).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())  # a database sealed with a key that a power cut took could never be read again
    return key
