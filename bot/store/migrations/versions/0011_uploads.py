"""Sources taken in for rewriting, and answers by the time they were given."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("taken_in", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_uploads_state", "uploads", ["state"])
    op.create_index("ix_answers_created_at", "answers", ["created_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_answers_created_at", "answers")
    op.drop_table("uploads")
