"""Alembic's entrance: runs on the connection that was handed over."""

from alembic import context
from sqlalchemy import Connection

from shared.lib.db import Base
from shared.migrations import models

models.load()


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        user_module_prefix="types.",
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
