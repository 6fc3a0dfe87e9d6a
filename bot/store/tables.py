"""The tables. What could lead to a person is sealed, and stands in one place; all else refers to a chat's random key.

Moments are whole seconds since 1970 in UTC unless the column says otherwise.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

CHAT_KEY = LargeBinary(16)
NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database counts up itself; on SQLite only an INTEGER does."""


def _chat(name: str, *, ondelete: str, primary_key: bool = False, nullable: bool = False) -> Column[bytes]:
    return Column(
        name, CHAT_KEY, ForeignKey("chats.key", ondelete=ondelete), primary_key=primary_key, nullable=nullable
    )


def _index_of_some(name: str, column: str, which: str) -> Index:
    return Index(name, column, sqlite_where=text(which), postgresql_where=text(which))


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
    Column("key", CHAT_KEY, primary_key=True),
    Column("sealed_id", LargeBinary, nullable=False, unique=True),
    Column("kind", String(8)),
    Column("language", String(2)),
    Column("unreachable_since", BigInteger, index=True),
    comment="Chats that chose something or subscribed: the one place of their sealed ids.",
)

spool = Table(
    "spool",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sealed_update", LargeBinary, nullable=False),
    comment="Updates taken from Telegram and not yet handled; a row goes when its update is handled.",
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("key", String(8), nullable=False, unique=True),
    _chat("chat", ondelete="CASCADE"),
    Column("thread", BigInteger, nullable=False),
    Column("language", String(2), nullable=False),
    Column("cadence", String(12), nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("timezone", String(40), nullable=False),
    Column("topics", Text, nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("skip_empty", Boolean, nullable=False),
    Column("links", Boolean, nullable=False),
    Column("sealed_header", LargeBinary),
    Column("sealed_hashtag", LargeBinary),
    Column("preview_hours", SmallInteger, nullable=False),
    Column("previewed", String(16)),
    Column("skipped", String(16)),
    _chat("told", ondelete="SET NULL", nullable=True),
    Column("state", String(12), nullable=False),
    Column("until", BigInteger),
    Column("since", BigInteger, nullable=False),
    Column("next_due", BigInteger),
    UniqueConstraint("chat", "thread", "language", name="one_per_place_and_language"),
    Index("subscriptions_due", "next_due", "id"),
    Index("subscriptions_told", "told"),
    _index_of_some("subscriptions_paused", "until", "until IS NOT NULL"),
    _index_of_some("subscriptions_previewed", "next_due", "preview_hours > 0"),
    comment="Who gets the digest, when, about what; topics are ids joined by commas, empty for all.",
)

editions = Table(
    "editions",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("cadence", String(12), nullable=False),
    Column("period", String(16), nullable=False),
    Column("topics", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("empty", Boolean, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("totals", JSON),
    UniqueConstraint("kind", "cadence", "period", "topics", "language", name="one_edition_of_a_kind"),
    comment="What goes out: a digest, an announcement, a correction; `totals` stay when its deliveries are pruned.",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", NUMBER, primary_key=True),
    Column("edition", NUMBER, ForeignKey("editions.id"), nullable=False),
    Column("subscription", NUMBER, ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False),
    Column("period", String(16), nullable=False),
    _chat("chat", ondelete="CASCADE"),
    Column("state", String(12), nullable=False),
    Column("parts_sent", SmallInteger, nullable=False),
    Column("message_ids", JSON, nullable=False),
    Column("holds", JSON(none_as_null=True)),
    Column("attempts", SmallInteger, nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("send_before", BigInteger, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("doubtful", SmallInteger, nullable=False, server_default="0"),
    Column("epoch", BigInteger),
    Column("settled", Float),
    Column("reason", String(24)),
    Column("version", BigInteger),
    UniqueConstraint("subscription", "period", name="one_per_subscription_and_period"),
    Index("outbox_waiting", "state", "not_before", "id"),
    Index("outbox_of_edition", "edition", "state"),
    Index("outbox_of_chat", "chat"),
    comment="One delivery per recipient and edition, from queued to its end; pruned after some weeks.",
)

leadership = Table(
    "leadership",
    metadata,
    Column("name", String(12), primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("since", Float, nullable=False),
    comment="Who may send: the number of the present leadership; an outcome of an earlier one does not count.",
)

versions = Table(
    "versions",
    metadata,
    Column("number", NUMBER, primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, index=True),
    Column("published", BigInteger, nullable=False, index=True),
    Column("origin", String(12), nullable=False),
    Column("pen_name", String(64)),
    Column("note", Text),
    comment="The published versions of the content, oldest first: only ever added to.",
)

blobs = Table(
    "blobs",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    comment="Contents of files of the versions, compressed, each stored once under the SHA-256 of what it holds.",
)

version_files = Table(
    "version_files",
    metadata,
    Column("version", NUMBER, ForeignKey("versions.number"), primary_key=True),
    Column("path", String(200), primary_key=True),
    Column("hash", LargeBinary(32), ForeignKey("blobs.hash"), nullable=False),
    comment="Which files a version holds, by paths such as content/topics/visas.yaml and seeds/usip-2023.yaml.",
)

card_changes = Table(
    "card_changes",
    metadata,
    Column("version", NUMBER, ForeignKey("versions.number"), primary_key=True),
    Column("card", String(48), primary_key=True),
    Column("what", String(12), nullable=False),
    Column("fields", JSON, nullable=False),
    comment="What a version changed for readers: added, changed (old and new by field and language), withdrawn.",
)

editorial = Table(
    "editorial",
    metadata,
    Column("week", String(16), primary_key=True),
    Column("what", String(8), primary_key=True),
    Column("subject", String(48), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What editors decide of a week's editions: cards pinned or held, the note in each language.",
)

editors = Table(
    "editors",
    metadata,
    _chat("chat", ondelete="CASCADE", primary_key=True),
    Column("pen_name", String(64), nullable=False, unique=True),
    Column("since", BigInteger, nullable=False),
    comment="Who may publish content, under a pen-name of their choice; the chat is their private one.",
)

drafts = Table(
    "drafts",
    metadata,
    _chat("chat", ondelete="CASCADE", primary_key=True),
    Column("base", BigInteger, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("checked", Boolean, nullable=False),
    Column("publish_at", BigInteger),
    Column("zone", String(40)),
    Column("notice", BigInteger),
    Column("refused", JSON),
    comment="What an editor has sent and not published: one draft each, made on the version `base`.",
)

draft_files = Table(
    "draft_files",
    metadata,
    Column("draft", CHAT_KEY, ForeignKey("drafts.chat", ondelete="CASCADE"), primary_key=True),
    Column("path", String(200), primary_key=True),
    Column("data", LargeBinary),
    comment="The files of a draft, compressed; without data where the draft takes the file away.",
)
