"""Who works in the workspace, their sessions, and the log of what they did."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KEPT = "the audit log is only ever added to"


def upgrade() -> None:
    """Make the tables, and keep the log from being edited."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("key", sa.String(40), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("totp_secret", sa.Text),
        sa.Column("totp_step", sa.BigInteger, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("is_ready", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("account_id", sa.String(43), nullable=False, index=True),
        _of_account("recovery_codes"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("invited_by", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(43)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        _of_account("invitations"),
    )
    op.create_table(
        "work_sessions",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("account_id", sa.String(43), nullable=False, index=True),
        sa.Column("device", sa.String(80), nullable=False),
        sa.Column("has_passed", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        _of_account("work_sessions"),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("blocked_until", MOMENT),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(40), nullable=False),
        sa.Column("act", sa.String(40), nullable=False, index=True),
        sa.Column("about", sa.String(120), nullable=False, index=True),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    _refuse_edits()


def downgrade() -> None:
    """Drop them; the triggers go with their table."""
    tables = ("audit", "sign_in_failures", "work_sessions", "invitations", "recovery_codes")
    for name in (*tables, "accounts"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_audit()")


def _refuse_edits() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION keep_audit()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER keep_audit_{event.lower()} BEFORE {event} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
        )


def _of_account(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["accounts.id"], name=f"fk_{table}_account", ondelete="CASCADE"
    )
