"""The tables. What could lead to a person is sealed: chat ids in `chats`, whole updates that wait in `spool`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, String, Table

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
    comment="Facts about this database, such as the check of the seal key.",
)

chats = Table(
    "chats",
    metadata,
    Column("sealed_id", LargeBinary, primary_key=True),
    Column("language", String(2), nullable=False),
    comment="What a chat chose; a chat that chose nothing has no row.",
)

spool = Table(
    "spool",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed_update", LargeBinary, nullable=False),
    comment="Updates taken from Telegram and not yet handled; a row goes when its update is handled.",
)
