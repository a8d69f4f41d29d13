"""Telegram's updates, the outbox and the chats being worked on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "telegram_updates",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("draft_id", sa.BigInteger),
        sa.Column("waiting", sa.Boolean, nullable=False, index=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Index("ix_telegram_updates_chat", "chat_id", "update_id"),
    )
    op.create_table(
        "telegram_outbox",
        sa.Column("id", counted, primary_key=True, autoincrement=True),
        sa.Column("chat_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "telegram_chats",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("owner", sa.String(128)),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("silent_until", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("telegram_chats", "telegram_outbox", "telegram_updates"):
        op.drop_table(table)
