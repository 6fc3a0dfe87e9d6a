"""Languages of chats, the spool of updates, facts about the database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "facts",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
        comment="Facts about this database, such as the check of the seal key.",
    )
    op.create_table(
        "chats",
        sa.Column("sealed_id", sa.LargeBinary, primary_key=True),
        sa.Column("language", sa.String(2), nullable=False),
        comment="What a chat chose; a chat that chose nothing has no row.",
    )
    op.create_table(
        "spool",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sealed_update", sa.LargeBinary, nullable=False),
        comment="Updates taken from Telegram and not yet handled; a row goes when its update is handled.",
    )


def downgrade() -> None:
    """Take back."""
    for table in ("spool", "chats", "facts"):
        op.drop_table(table)
