"""Talks handed over to volunteers, and what was told to whom in them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "hand_offs",
        sa.Column("number", counted, primary_key=True, autoincrement=True),
        sa.Column("conversation_id", sa.String(43), nullable=False, index=True),
        sa.Column("stage", sa.String(16), nullable=False, index=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("volunteer", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_hand_offs_conversation",
            ondelete="CASCADE",
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "hand_off_lines",
        sa.Column("id", counted, primary_key=True, autoincrement=True),
        sa.Column("number", counted, nullable=False, index=True),
        sa.Column("to", sa.String(16), nullable=False),
        sa.Column("by", sa.String(16)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("carried", sa.Boolean, nullable=False, index=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["hand_offs.number"], name="fk_hand_off_lines_number", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("hand_off_lines")
    op.drop_table("hand_offs")
