"""Conversations, messages, answers and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("transport", sa.String(16), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("transport", "key", name="uq_conversations_transport_key"),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("conversation_id", sa.String(43), nullable=False, index=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_messages_conversation",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("question_id", sa.String(43), nullable=False, index=True),
        sa.Column("message_id", sa.String(43), nullable=False, index=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("risk", sa.String(16), nullable=False),
        sa.Column("engine", sa.String(24), nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("passages", sa.JSON, nullable=False),
        sa.Column("actions", sa.JSON, nullable=False),
        sa.Column("timings_ms", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["messages.id"], name="fk_answers_question", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_answers_message", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("answer_id", sa.String(43), nullable=False, unique=True),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_feedback_answer", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Drop the four tables."""
    for name in ("feedback", "answers", "messages", "conversations"):
        op.drop_table(name)
