"""Migrations lead from nothing to what the models say, and back, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect

from shared.lib import db
from shared.lib.db.engine import MIGRATIONS
from shared.migrations import models


@pytest.fixture(params=["sqlite", "postgresql"])
def nothing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'desk.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": False})
    return [change for change in compare_metadata(context, db.Base.metadata) if "use_alter" not in repr(change)]


def config(connection: Connection) -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def opened(url: str) -> Engine:
    return create_engine(url)


def test_the_tables_are_what_the_models_say(nothing: str) -> None:
    models.load()
    db.migrate(nothing)
    db.migrate(nothing)
    engine = opened(nothing)
    with engine.connect() as connection:
        found = differences(connection)
    engine.dispose()
    assert not found


def test_every_step_leads_back(nothing: str) -> None:
    db.migrate(nothing)
    engine = opened(nothing)
    with engine.connect() as connection:
        command.downgrade(config(connection), "base")
        connection.commit()
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
        command.upgrade(config(connection), "head")
        connection.commit()
    engine.dispose()
