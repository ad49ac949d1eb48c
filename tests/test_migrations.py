"""Migrations lead from nothing to what the models say, and back, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, insert, inspect, select, text

from shared.accounts.models import AccountRow, SessionRow
from shared.calendar import CalendarDay
from shared.journal import JournalRow
from shared.lib import db
from shared.lib.db.engine import MIGRATIONS
from shared.migrations import models
from shared.register.model import DayCount
from shared.visits import Visit

AT = datetime(2026, 11, 23, tzinfo=UTC)
ACCOUNT = {"id": 1, "token": "a", "name": "A", "login": "a", "language": "", "created_at": AT, "row_version": 1}
SESSION = {"id": 1, "token_hash": "t", "account_id": 1, "csrf": "c", "kind": "desk", "user_agent": "", "created_at": AT}
SESSION |= {"last_seen_at": AT, "expires_at": AT}


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


def test_whoever_is_signed_in_stays_so_through_the_lock_and_back(nothing: str) -> None:
    engine = opened(nothing)
    with engine.connect() as connection:
        command.upgrade(config(connection), "0001")
        connection.execute(insert(AccountRow).values(ACCOUNT))
        connection.execute(insert(SessionRow).values(SESSION))
        connection.commit()
        for step, going in (("head", command.upgrade), ("0001", command.downgrade), ("head", command.upgrade)):
            going(config(connection), step)
            connection.commit()
            assert connection.scalar(select(SessionRow.csrf)) == "c", step
        assert connection.scalar(select(SessionRow.locked_at)) is None
    engine.dispose()


def test_jobs_that_follow_each_other_live_through_a_table_that_is_copied(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    engine = opened(url)
    with engine.connect() as connection:
        command.upgrade(config(connection), "0003")
        connection.commit()
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        writes(connection, "visit", id=1, state="cancelled", host_text="front desk", party_size=1)
        writes(connection, "print_job", id=1, visit_id=1, job_name="first")
        writes(connection, "print_job", id=2, visit_id=1, job_name="second", reprint_of=1, reprint_reason="lost")
        connection.exec_driver_sql("UPDATE print_job SET state = 'queued', reprint_reason = '' WHERE id = 1")
        connection.exec_driver_sql("UPDATE print_job SET state = 'queued' WHERE id = 2")
        connection.commit()
    db.migrate(url)
    with engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT id, reprint_of FROM print_job ORDER BY id").all()
    engine.dispose()
    assert [tuple(row) for row in kept] == [(1, None), (2, 1)]


def test_days_that_somebody_wrote_are_told_from_those_of_a_file(nothing: str) -> None:
    engine, days = opened(nothing), ("2031-10-01", "2031-10-02")
    with engine.connect() as connection:
        command.upgrade(config(connection), "0009")
        for day in days:
            connection.execute(text("INSERT INTO calendar_day VALUES (:day, 'holiday', '')"), {"day": day})
        row = {"seq": 1, "at": AT, "actor": "account:1", "action": "calendar.changed", "subject": f"calendar:{days[0]}"}
        connection.execute(insert(JournalRow).values(row | {"data": {}}))
        connection.commit()
        for step, going in (("head", command.upgrade), ("0009", command.downgrade), ("head", command.upgrade)):
            going(config(connection), step)
            connection.commit()
        kept = connection.execute(select(CalendarDay.date, CalendarDay.imported).order_by(CalendarDay.date)).all()
        assert [(str(day), imported) for day, imported in kept] == [(days[0], False), (days[1], True)]
    engine.dispose()


def test_visits_that_are_there_are_counted_by_the_days_of_the_site(nothing: str) -> None:
    engine = opened(nothing)
    came = [datetime(2026, 11, 22, 15, 59, tzinfo=UTC), datetime(2026, 11, 22, 16, 0, tzinfo=UTC)]
    with engine.connect() as connection:
        command.upgrade(config(connection), "0011")
        for place, (at, purpose) in enumerate(
            [*((at, "business") for at in came), (came[1], "sales"), (None, "sales")]
        ):
            given = {"purpose": purpose, "arrived_at": at, "reg_no": at and str(place), "token": str(place)}
            plain = {"state": "left" if at else "no_show", "source": "kiosk", "language": "en", "visitor_name": "A"}
            plain |= {"visitor_key": "", "host_text": "front desk", "created_at": AT}
            connection.execute(insert(Visit), [given | plain])
        connection.commit()
        for step, going in (("head", command.upgrade), ("0011", command.downgrade), ("head", command.upgrade)):
            going(config(connection), step)
            connection.commit()
        query = select(DayCount.day, DayCount.count).order_by(DayCount.day)
        kept = [tuple(row) for row in connection.execute(query)]
    engine.dispose()
    first, second = date(2026, 11, 22), date(2026, 11, 23)
    assert kept == [(first, 1), (second, 2)]


def writes(connection: Connection, table: str, **given: object) -> None:
    """A row with something in every column that must hold something."""
    columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").mappings().all()
    needed = {
        one["name"]: 1 if "INT" in one["type"] or "BOOL" in one["type"] else "" for one in columns if one["notnull"]
    }
    values = needed | given
    marks = ", ".join(f":{name}" for name in values)
    connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", values)
