"""Engines: one connection that writes and checkpoints, read-only connections for everything else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from shared.lib.db import acts
from shared.lib.db.changes import PUT_BACK_AT, Changes
from shared.lib.db.writer import Writer

R = TypeVar("R")

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


_look: ContextVar[Connection | None] = ContextVar("look", default=None)


class _State:
    reader: Engine | None = None
    writing: Engine | None = None
    writer: Writer | None = None
    url = ""
    lock = threading.Lock()
    last_words: ClassVar[list[Callable[[], None]]] = []
    closing: ClassVar[list[Callable[[], None]]] = []


def start(url: str) -> Writer:
    """Opens the database at `url` for this process and starts its writer."""
    with _State.lock:
        if _State.writer is not None:
            raise RuntimeError("the database is already open")
        _State.url = url
        _State.writing = _engine(url, writing=True)
        _State.reader = _engine(url, writing=False)
        _State.writer = Writer(_State.writing)
        acts.set_writer(_State.writer.submit)
        return _State.writer


def start_reading(url: str) -> None:
    """Opens the database at `url` for a process that only looks."""
    _State.reader = _engine(url, writing=False)


def stop() -> None:
    """Finishes what is queued, then closes every connection."""
    with _State.lock:
        acts.set_writer(None)
        if _State.writer is not None:
            _State.writer.stop()
        for last in _State.last_words:
            last()
        _State.last_words.clear()
        for engine in (_State.reader, _State.writing):
            if engine is not None:
                engine.dispose()
        _State.writer = _State.reader = _State.writing = None
    for forget in _State.closing:
        forget()


def when_closed(forget: Callable[[], None]) -> None:
    """Calls `forget` whenever the database is closed: nothing remembered of one database is said of the next."""
    _State.closing.append(forget)


def after_batch(wake: Callable[[], None]) -> None:
    """Calls `wake` after every commit of this process."""
    if _State.writer is None:
        raise RuntimeError("the database is not started")
    _State.writer.after_batch.append(wake)


def awaited() -> bool:
    """Whether somebody of this process waits while an act runs, for its batch or for the next: a long act ends then."""
    writer = _State.writer
    return writer is not None and (writer.together > 1 or not writer.jobs.empty())


def cut_log() -> None:
    """Whatever was overwritten is overwritten in SQLite's write-ahead log too: that is copied back and cut to nothing.

    Readers that are still looking are waited for; when one looks for long, it is done the next time.
    """
    writer = _State.writer
    if writer is not None and not writer.postgres:
        acts.write(lambda: acts.on_commit(writer.cut))


def between(work: Callable[[], R]) -> R:
    """Runs `work` in the writer's thread after a batch: nothing is being written meanwhile. It must be quick."""
    if _State.writer is None:
        raise RuntimeError("the database is not started")
    return cast(R, _State.writer.between(work))


def follow_changes() -> Changes:
    """Everything that is written from now on is taken before it may be overwritten (SQLite); empty it regularly."""
    writer, path = _State.writer, make_url(_State.url).database
    if writer is None or path is None:
        raise RuntimeError("the database is not started")

    log = Path(f"{path}-wal")
    return cast(Changes, writer.between(lambda: writer.follow(log)))


def before_close(last: Callable[[], None]) -> None:
    """Calls `last` once when the writer has stopped and the database is still open."""
    _State.last_words.append(last)


@contextmanager
def reading() -> Iterator[Session]:
    """A read-only session; inside an act it is the act's own, so that it sees what the act wrote."""
    if acts.in_act():
        yield acts.session()
        return
    if _State.reader is None:
        raise RuntimeError("the database is not started")
    with Session(_State.reader, expire_on_commit=False, autoflush=False) as session:
        yield session


@contextmanager
def looking() -> Iterator[Connection]:
    """A read-only connection for statements built once; one look for all that is asked inside, or the act's own."""
    if acts.in_act():
        acts.session().flush()
        yield acts.connection()
        return
    if _State.reader is None:
        raise RuntimeError("the database is not started")
    outer = _look.get()
    if outer is not None:
        yield outer
        return
    with _State.reader.connect() as connection:
        mark = _look.set(connection)
        try:
            yield connection
        finally:
            _look.reset(mark)


def ready() -> bool:
    """Whether the database answers and the writer lives."""
    try:
        with reading() as session:
            session.connection().exec_driver_sql("SELECT value FROM counter LIMIT 1")
    except Exception:
        return False
    return _State.writer is not None and _State.writer.thread.is_alive()


def migrate(url: str) -> None:
    """Brings the tables at `url` to the present version; does nothing when they are."""
    engine = _engine(url, writing=True)
    try:
        with engine.connect() as connection:
            if _is_current(connection):
                return
            from alembic import command  # only when there is something to do: it is large and stays in memory
            from alembic.config import Config

            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            with _tables_may_be_copied(connection):
                command.upgrade(config, "head")
                connection.commit()
    finally:
        engine.dispose()


@contextmanager
def _tables_may_be_copied(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it: rows that point to others are looked at afterwards, and must all do so."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.rollback()
    plain: Any = connection.connection.driver_connection
    plain.execute("PRAGMA foreign_keys=OFF")
    yield
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("after the migration some rows point to nothing")
    connection.rollback()
    plain.execute("PRAGMA foreign_keys=ON")


def _is_current(connection: Connection) -> bool:
    """Whether the newest migration has been run."""
    newest = max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == newest


def _engine(url: str, *, writing: bool) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(make_url(url).database or "", writing)
    return create_engine(
        url,
        pool_size=1 if writing else 16,
        max_overflow=0 if writing else 64,
        pool_pre_ping=writing,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={} if writing else {"options": "-c default_transaction_read_only=on"},
    )


def _sqlite(path: str, writing: bool) -> Engine:
    mode = "rwc" if writing else "ro"
    options: dict[str, Any] = (
        {"poolclass": StaticPool} if writing else {"poolclass": QueuePool, "pool_size": 16, "max_overflow": 64}
    )
    engine = create_engine(
        f"sqlite:///file:{path}?mode={mode}&uri=true",
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": 5, "cached_statements": 512},
        **options,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        if writing:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA wal_autocheckpoint={PUT_BACK_AT}")
            connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
