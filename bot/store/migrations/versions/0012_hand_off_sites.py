"""A hand-off knows the site whose visitor asked, so that its own volunteers find it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("hand_offs", sa.Column("site", sa.String(64)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("hand_offs", "site")
