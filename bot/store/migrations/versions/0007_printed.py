"""From which version of its edition the first message of a delivery was printed.

`OLDEST_PROGRAM` stays: both sides of it are of the same version. A program that does not know the column leaves it
empty, and what is empty counts as printed from a version before any other: rather told twice than never.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply."""
    op.add_column("outbox", sa.Column("version", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Take back: what was sent counts as printed from an earlier version."""
    op.drop_column("outbox", "version")
