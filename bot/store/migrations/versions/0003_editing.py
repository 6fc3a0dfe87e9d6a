"""Editors under their pen-names, and the drafts of what they have not published yet."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "editors",
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("pen_name", sa.String(length=64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["chat"], ["chats.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat"),
        sa.UniqueConstraint("pen_name"),
        comment="Who may publish content, under a pen-name of their choice; the chat is their private one.",
    )
    op.create_table(
        "drafts",
        sa.Column("chat", sa.LargeBinary(length=16), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.Column("publish_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["chat"], ["chats.key"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("chat"),
        comment="What an editor has sent and not published: one draft each, made on the version `base`.",
    )
    op.create_table(
        "draft_files",
        sa.Column("draft", sa.LargeBinary(length=16), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["draft"], ["drafts.chat"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("draft", "path"),
        comment="The files of a draft, compressed; without data where the draft takes the file away.",
    )


def downgrade() -> None:
    """Take back: roles and drafts are lost, what is published stays."""
    for table in ("draft_files", "drafts", "editors"):
        op.drop_table(table)
