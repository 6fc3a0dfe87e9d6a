"""What is wrong with a database, in a line that says what would help: full, read-only, locked, damaged, away."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DBAPIError

_FULL: Final = "its disk is full. Free some space; what was begun is taken back, nothing is half written"
_READ_ONLY: Final = "it may only be read. See who may write to the file and its folder, and whether the disk allows it"
_LOCKED: Final = "another program holds it locked. End that program, such as a backup or a database shell left open"
_DAMAGED: Final = "the file is damaged, or is no database. Put a backup in its place"
_FAILING: Final = "its disk fails at reading or writing. Look at the disk; a backup may be needed"
_AWAY: Final = "the database server is not there, or takes no more connections"
_SQLITE: Final = (
    ("SQLITE_FULL", _FULL),
    ("SQLITE_READONLY", _READ_ONLY),
    ("SQLITE_BUSY", _LOCKED),
    ("SQLITE_LOCKED", _LOCKED),
    ("SQLITE_CORRUPT", _DAMAGED),
    ("SQLITE_NOTADB", _DAMAGED),
    ("SQLITE_IOERR", _FAILING),
)
"""Beginnings of SQLite's names of errors (sqlite.org/rescode.html)."""
_POSTGRESQL: Final = (
    ("53100", _FULL),
    ("25006", _READ_ONLY),
    ("55P03", _LOCKED),
    ("XX001", _DAMAGED),
    ("XX002", _DAMAGED),
    ("58030", _FAILING),
    ("53300", _AWAY),
    ("57P", _AWAY),
    ("08", _AWAY),
)
"""Beginnings of PostgreSQL's codes (postgresql.org/docs/current/errcodes-appendix.html)."""


def trouble_of(error: DBAPIError) -> str | None:
    """What is wrong with the database; None where the error is about what was asked of it."""
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", None) or ""
    code = getattr(cause, "sqlstate", None) or ""
    for known, given in ((_SQLITE, name), (_POSTGRESQL, code)):
        found = next((words for beginning, words in known if given and given.startswith(beginning)), None)
        if found:
            return found
    return _AWAY if error.connection_invalidated else None
