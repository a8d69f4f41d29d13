"""The instalments people want to be reminded of."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reminders",
        sa.Column("conversation_id", sa.String(43), primary_key=True),
        sa.Column("instalments", sa.Text, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("next_number", sa.Integer, nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), index=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_reminders_conversation",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("reminders")
