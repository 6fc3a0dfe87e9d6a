"""Chats under a key of their own; subscriptions, what goes out to them, and the versions of the content."""

import os

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    _give_chats_keys()
    op.create_table(
        "subscriptions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("cadence", sa.String(length=12), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("skip_empty", sa.Boolean(), nullable=False),
        sa.Column("links", sa.Boolean(), nullable=False),
        sa.Column("sealed_header", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_hashtag", sa.LargeBinary(), nullable=True),
        sa.Column("preview_hours", sa.SmallInteger(), nullable=False),
        sa.Column("previewed", sa.String(length=16), nullable=True),
        sa.Column("skipped", sa.String(length=16), nullable=True),
        sa.Column("told", sa.LargeBinary(length=16), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("next_due", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chat"], ["chats.key"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["told"], ["chats.key"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("chat", "thread", "language", name="one_per_place_and_language"),
        sa.UniqueConstraint("key"),
        comment="Who gets the digest, when, about what; topics are ids joined by commas, empty for all.",
    )
    op.create_index("subscriptions_due", "subscriptions", ["next_due", "id"], unique=False)
    op.create_index("subscriptions_told", "subscriptions", ["told"], unique=False)
    _index_some("subscriptions_paused", "until", "until IS NOT NULL")
    _index_some("subscriptions_previewed", "next_due", "preview_hours > 0")

    op.create_table(
        "editions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cadence", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("empty", sa.Boolean(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "cadence", "period", "topics", "language", name="one_edition_of_a_kind"),
        comment="What goes out: a digest, an announcement, a correction; `totals` stay when its deliveries are pruned.",
    )

    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("edition", NUMBER, nullable=False),
        sa.Column("subscription", NUMBER, nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("parts_sent", sa.SmallInteger(), nullable=False),
        sa.Column("message_ids", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("send_before", sa.BigInteger(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=True),
        sa.Column("settled", sa.Float(), nullable=True),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.ForeignKeyConstraint(["chat"], ["chats.key"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["edition"],
            ["editions.id"],
        ),
        sa.ForeignKeyConstraint(["subscription"], ["subscriptions.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subscription", "period", name="one_per_subscription_and_period"),
        comment="One delivery per recipient and edition, from queued to its end; pruned after some weeks.",
    )
    op.create_index("outbox_of_chat", "outbox", ["chat"], unique=False)
    op.create_index("outbox_of_edition", "outbox", ["edition", "state"], unique=False)
    op.create_index("outbox_waiting", "outbox", ["state", "not_before", "id"], unique=False)

    op.create_table(
        "leadership",
        sa.Column("name", sa.String(length=12), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        comment="Who may send: the number of the present leadership; an outcome of an earlier one does not count.",
    )

    op.create_table(
        "versions",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("published", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("pen_name", sa.String(length=64), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        comment="The published versions of the content, oldest first: only ever added to.",
    )
    op.create_index("ix_versions_digest", "versions", ["digest"], unique=False)
    op.create_index("ix_versions_published", "versions", ["published"], unique=False)

    op.create_table(
        "blobs",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash"),
        comment="Contents of files of the versions, compressed, each stored once under the SHA-256 of what it holds.",
    )

    op.create_table(
        "version_files",
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["hash"],
            ["blobs.hash"],
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.number"],
        ),
        sa.PrimaryKeyConstraint("version", "path"),
        comment="Which files a version holds, by paths such as content/topics/visas.yaml and seeds/usip-2023.yaml.",
    )

    op.create_table(
        "card_changes",
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("card", sa.String(length=48), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.number"],
        ),
        sa.PrimaryKeyConstraint("version", "card"),
        comment="What a version changed for readers: added, changed (old and new by field and language), withdrawn.",
    )

    op.create_table(
        "editorial",
        sa.Column("week", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=48), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("week", "what", "subject"),
        comment="What editors decide of a week's editions: cards pinned or held, the note in each language.",
    )


def _index_some(name: str, column: str, which: str) -> None:
    where = sa.text(which)
    op.create_index(name, "subscriptions", [column], sqlite_where=where, postgresql_where=where)


def _give_chats_keys() -> None:
    """The chats of before keep their language, now under a random key."""
    connection = op.get_bind()
    before = connection.execute(sa.text("SELECT sealed_id, language FROM chats")).all()
    op.drop_table("chats")
    op.create_table(
        "chats",
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed_id", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("unreachable_since", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("sealed_id"),
        comment="Chats that chose something or subscribed: the one place of their sealed ids.",
    )
    op.create_index("ix_chats_unreachable_since", "chats", ["unreachable_since"], unique=False)

    if before:
        chats = sa.table("chats", sa.column("key"), sa.column("sealed_id"), sa.column("language"))
        rows = [{"key": os.urandom(16), "sealed_id": sealed, "language": language} for sealed, language in before]
        op.bulk_insert(chats, rows)


def downgrade() -> None:
    """Take back: languages stay, all else is lost."""
    connection = op.get_bind()
    kept = connection.execute(sa.text("SELECT sealed_id, language FROM chats WHERE language IS NOT NULL")).all()
    for table in (
        "editorial",
        "card_changes",
        "version_files",
        "blobs",
        "versions",
        "leadership",
        "outbox",
        "editions",
        "subscriptions",
        "chats",
    ):
        op.drop_table(table)
    op.create_table(
        "chats",
        sa.Column("sealed_id", sa.LargeBinary, primary_key=True),
        sa.Column("language", sa.String(2), nullable=False),
        comment="What a chat chose; a chat that chose nothing has no row.",
    )
    if kept:
        chats = sa.table("chats", sa.column("sealed_id"), sa.column("language"))
        op.bulk_insert(chats, [{"sealed_id": sealed, "language": language} for sealed, language in kept])
