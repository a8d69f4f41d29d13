"""When a person was asked whether to delete everything, until he answers."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The question outlives the process that put it."""
    op.add_column("conversations", sa.Column("forget_asked_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Nobody waits for an answer."""
    op.drop_column("conversations", "forget_asked_at")
