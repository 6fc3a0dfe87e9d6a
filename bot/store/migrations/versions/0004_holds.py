"""What each message of a delivery holds, so that the next part neither repeats nor misses.

`OLDEST_PROGRAM` stays: both sides of it are of the same version. And a program that does not know the column does no
harm: it names the columns that it reads and writes, so what it sends holds nothing here, and goes on by its parts.
"""

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
