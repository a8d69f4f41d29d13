"""Associations' sites, their local notes, and what happened on their pages by day."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNTS = ("conversations", "messages", "answered", "unanswered", "useful", "not_useful")


def upgrade() -> None:
    """Make the three tables; a conversation counts its messages."""
    op.create_table(
        "sites",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("origins", sa.JSON, nullable=False),
        sa.Column("accent", sa.String(7)),
        sa.Column("theme", sa.String(8)),
        sa.Column("label", sa.String(20)),
        sa.Column("hotline", sa.String(60)),
        sa.Column("hours", sa.String(60)),
        sa.Column("session_minutes", sa.Integer, nullable=False),
        sa.Column("session_messages", sa.Integer),
        sa.Column("daily_messages", sa.Integer),
        sa.Column("logo_type", sa.String(16)),
        sa.Column("logo", sa.LargeBinary),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "site_notes",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("site", sa.String(64), nullable=False, index=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("questions", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["site"], ["sites.key"], name="fk_site_notes_site", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "site_days",
        sa.Column("site", sa.String(64), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in COUNTS),
    )
    op.add_column(
        "web_conversations", sa.Column("asked", sa.Integer, nullable=False, server_default="0")
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_column("web_conversations", "asked")
    op.drop_table("site_days")
    op.drop_table("site_notes")
    op.drop_table("sites")
