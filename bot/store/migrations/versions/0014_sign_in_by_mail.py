"""The mail address by which a sign-in provider may vouch for somebody, as a hash."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

HASHES = ("email_hash", "subject_hash")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("invitations", sa.Column("email_hash", sa.String(64), nullable=True))
    for name in HASHES:
        op.add_column("accounts", sa.Column(name, sa.String(64), nullable=True))
        op.create_index(f"ix_accounts_{name}", "accounts", [name], unique=True)


def downgrade() -> None:
    """Drop them."""
    for name in HASHES:
        op.drop_index(f"ix_accounts_{name}", "accounts")
        op.drop_column("accounts", name)
    op.drop_column("invitations", "email_hash")
