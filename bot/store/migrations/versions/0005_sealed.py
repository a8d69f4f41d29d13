"""What people wrote is sealed; columns of JSON become text that only the keys open."""

import sqlalchemy as sa
from alembic import op

from bot.store.encryption import SealedBytes, SealedJson, SealedText
from bot.store.reseal import reseal_batch

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON_COLUMNS = (("answers", "actions"), ("web_answers", "events"), ("telegram_outbox", "body"))
SEALED = (
    ("messages", "id", "text", SealedText),
    ("answers", "id", "actions", SealedJson),
    ("feedback", "id", "reason", SealedText),
    ("interviews", "conversation_id", "state", SealedText),
    ("web_answers", "id", "events", SealedJson),
    ("telegram_updates", "update_id", "body", SealedText),
    ("telegram_outbox", "id", "body", SealedJson),
    ("telegram_outbox", "id", "content", SealedBytes),
)


def upgrade() -> None:
    """Seal every value there is."""
    for table, name in JSON_COLUMNS:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                name, existing_type=sa.JSON, type_=sa.Text, postgresql_using=f"{name}::text"
            )
    for table, identity, name, sealed in SEALED:
        place = sa.table(table, sa.column(identity), sa.column(name, sealed(f"{table}.{name}")))
        while reseal_batch(op.get_bind(), [place.c[identity]], place.c[name]):
            pass


def downgrade() -> None:
    """Open every value again."""
    for table, identity, name, sealed in SEALED:
        plain = sa.LargeBinary() if sealed is SealedBytes else sa.Text()
        written = SealedText if sealed is SealedJson else sealed
        opened = sa.table(table, sa.column(identity), sa.column(name, written(f"{table}.{name}")))
        stored = sa.table(table, sa.column(identity), sa.column(name, plain))
        rows = op.get_bind().execute(sa.select(opened).where(opened.c[name].is_not(None))).all()
        for key, value in rows:
            change = sa.update(stored).where(stored.c[identity] == key)
            op.get_bind().execute(change.values({name: value}))
    for table, name in JSON_COLUMNS:
        with op.batch_alter_table(table) as batch:
            batch.alter_column(
                name, existing_type=sa.Text, type_=sa.JSON, postgresql_using=f"{name}::json"
            )
