"""How many copies of a delivery may stand in its chat whose numbers nobody knows.

`OLDEST_PROGRAM` stays: both sides of it are of the same version. A program that does not know the column leaves it as
it is: what it cannot confirm is not counted, as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply."""
    op.add_column("outbox", sa.Column("doubtful", sa.SmallInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take back: that a message may stand twice is forgotten."""
    op.drop_column("outbox", "doubtful")
