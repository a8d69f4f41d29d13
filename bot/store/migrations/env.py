"""Alembic's way in: the connection comes from ``database.migrate``."""

from alembic import context

from bot.store.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
