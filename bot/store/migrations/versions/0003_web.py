"""Who may speak in a web conversation, and the answers that can be sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "web_conversations",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("site", sa.String(64)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "web_answers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(43), nullable=False, index=True),
        sa.Column("run", sa.String(16), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("events", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["web_conversations.id"],
            name="fk_web_answers_conversation",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Drop the two tables."""
    for name in ("web_answers", "web_conversations"):
        op.drop_table(name)
