"""What an operator has switched off, by whom and why."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "switches",
        sa.Column("id", counted, primary_key=True, autoincrement=True),
        sa.Column("name", sa.String(32), nullable=False, index=True),
        sa.Column("is_on", sa.Boolean, nullable=False),
        sa.Column("who", sa.String(128), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("turned_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("switches")
