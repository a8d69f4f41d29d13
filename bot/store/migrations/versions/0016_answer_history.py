"""Exact answers keep their history: a question has many rows over time, and publications name them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NAMED = {"uq": "%(table_name)s_%(column_0_name)s_key"}  # as PostgreSQL calls it
UNIQUE, INDEX = "exact_answers_key_key", "ix_exact_answers_key"


def upgrade() -> None:
    """A question may be settled anew; what a publication changed is kept with it."""
    with op.batch_alter_table("exact_answers", naming_convention=NAMED) as table:
        table.drop_constraint(UNIQUE, type_="unique")
    op.create_index(INDEX, "exact_answers", ["key"])
    op.add_column("publications", sa.Column("answers", sa.JSON))


def downgrade() -> None:
    """One row for each question again: the live one, else the newest."""
    op.drop_column("publications", "answers")
    op.execute(
        "DELETE FROM exact_answers WHERE EXISTS (SELECT 1 FROM exact_answers AS other "
        "WHERE other.key = exact_answers.key AND other.id <> exact_answers.id AND "
        "((other.state = 'published') > (exact_answers.state = 'published') OR "
        "((other.state = 'published') = (exact_answers.state = 'published') AND "
        "(other.created_at > exact_answers.created_at OR "
        "(other.created_at = exact_answers.created_at AND other.id > exact_answers.id)))))"
    )
    op.drop_index(INDEX, "exact_answers")
    with op.batch_alter_table("exact_answers") as table:
        table.create_unique_constraint(UNIQUE, ["key"])
