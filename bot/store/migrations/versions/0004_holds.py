"""What each message of a delivery holds, so that the next part neither repeats nor misses."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    op.add_column("outbox", sa.Column("holds", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take back: what lies between its parts goes on by the number of parts sent."""
    op.drop_column("outbox", "holds")
