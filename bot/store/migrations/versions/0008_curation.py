"""The knowledge as volunteers keep it: entries, their versions, what is live and who said so."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "entries",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("topic", sa.String(80), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("live_version", sa.Integer),
        sa.Column("file_version", sa.Integer),
        sa.Column("file_hash", sa.String(64)),
        sa.Column("file_text", sa.Text),
        sa.Column("review_due", sa.Date),
        sa.Column("weak", sa.Boolean, nullable=False),
        sa.Column("check_instrument", sa.String(80)),
        sa.Column("publish_at", MOMENT),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("searched", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    op.create_index("ix_entries_topic", "entries", ["topic", "id"])
    for name in ("state", "review_due", "check_instrument", "publish_at", "changed_at"):
        op.create_index(f"ix_entries_{name}", "entries", [name])
    op.create_table(
        "entry_versions",
        sa.Column("entry_id", sa.String(80), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.Column("retires", sa.Boolean, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("approved_by", sa.String(80)),
        sa.Column("approved_at", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        _of_entry("entry_versions"),
    )
    op.create_table(
        "entry_remarks",
        sa.Column("id", COUNTED, primary_key=True, autoincrement=True),
        sa.Column("entry_id", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _of_entry("entry_remarks"),
    )
    op.create_index("ix_entry_remarks_entry_id", "entry_remarks", ["entry_id"])
    op.create_table(
        "publications",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(43), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("evaluation", sa.JSON),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "instrument_marks",
        sa.Column("instrument", sa.String(80), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "exact_answers",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("entry_id", sa.String(80), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("approved_by", sa.String(80)),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        _of_entry("exact_answers"),
    )
    for name in ("entry_id", "state"):
        op.create_index(f"ix_exact_answers_{name}", "exact_answers", [name])
    op.create_table(
        "entry_uses",
        sa.Column("entry_id", sa.String(80), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("unhelpful", sa.Integer, nullable=False),
    )
    op.create_table(
        "curation_notes",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables; those that point to an entry first."""
    for name in (
        "curation_notes",
        "entry_uses",
        "exact_answers",
        "instrument_marks",
        "publications",
        "entry_remarks",
        "entry_versions",
        "entries",
    ):
        op.drop_table(name)


def _of_entry(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["entry_id"], ["entries.id"], name=f"fk_{table}_entry", ondelete="CASCADE"
    )
