"""When a site's own volunteers are there."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("sites", sa.Column("volunteer_hours", sa.String(120)))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("sites", "volunteer_hours")
