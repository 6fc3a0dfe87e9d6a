"""What of a draft was refused, which message waits to become its answer, and in which timezone its moment was said.

`OLDEST_PROGRAM` stays: both sides of it are of the same version. A program that does not know the columns names those
that it reads and writes, and these may be empty; what it leaves in them may be out of date, such as what was refused.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply."""
    op.add_column("drafts", sa.Column("zone", sa.String(length=40), nullable=True))
    op.add_column("drafts", sa.Column("notice", sa.BigInteger(), nullable=True))
    op.add_column("drafts", sa.Column("refused", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take back: drafts stay, and what was refused of them is forgotten."""
    for column in ("refused", "notice", "zone"):
        op.drop_column("drafts", column)
