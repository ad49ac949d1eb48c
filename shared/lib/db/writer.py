"""The one writer: takes acts from a queue, commits them in batches, answers after the flush."""

import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from contextvars import Context, copy_context
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from shared.lib import clock
from shared.lib.db.acts import Act, Numbers, run_in
from shared.lib.db.changes import Changes
from shared.lib.errors import Refused, Unavailable
from shared.lib.i18n import _

log = logging.getLogger("foyer.db")
BATCH = 64
WAIT = 30.0
ADVISORY_LOCK = 0x464F594552  # "FOYER": one batch at a time over all processes on PostgreSQL


class Job:
    """One act on its way: what to do, for whom, since when, and where its result goes."""

    __slots__ = ("between", "context", "done", "error", "hooks", "result", "time", "work")

    def __init__(self, work: Callable[[], Any], *, between: bool = False) -> None:
        self.work, self.context, self.time, self.between = work, copy_context(), clock.now(), between
        self.done = threading.Lock()
        self.done.acquire()
        self.error: BaseException | None = None
        self.result: Any = None
        self.hooks: list[Callable[[], None]] = []


class Writer:
    """A thread with the only connection of this process that writes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.postgres = engine.dialect.name == "postgresql"
        self.jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self.after_batch: list[Callable[[], None]] = []
        self.closed, self.together = False, 0  # how many are in the batch that is being kept
        self.changes: Changes | None = None
        self.thread.start()

    def submit(self, work: Callable[[], Any]) -> Any:
        """Runs `work` as an act and gives its result once it is durable; Unavailable when it could not be kept."""
        return self._wait(Job(work))

    def between(self, work: Callable[[], Any]) -> Any:
        """Runs `work` in the writer's thread after a batch: nothing is being written meanwhile."""
        return self._wait(Job(work, between=True))

    def follow(self, path: Path) -> Changes:
        """From now on everything is taken before it is put back; `path` is the log. Call it between batches."""
        self._pragma("wal_autocheckpoint=0")
        self._pragma("schema_version")  # a look at the database makes the log
        self.changes = Changes(path)
        return self.changes

    def _wait(self, job: Job) -> Any:
        if self.closed:
            raise Unavailable(_("The desk is restarting. Try again in a moment."))
        self.jobs.put(job)
        if not job.done.acquire(timeout=WAIT):
            raise Unavailable(_("That is taking too long. Try again in a moment."))
        if job.error is not None:
            raise job.error
        return job.result

    def stop(self) -> None:
        self.closed = True
        self.jobs.put(None)
        self.thread.join(WAIT)

    def _work(self) -> None:
        while True:
            job = self.jobs.get()
            if job is None:
                return
            batch, stopping = [job], False
            while len(batch) < BATCH:
                try:
                    following = self.jobs.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    stopping = True
                    break
                batch.append(following)
            acts = [job for job in batch if not job.between]
            self.together = len(batch)
            if acts:
                self._keep(acts)
            for job in batch:
                if job.between:
                    _run_between(job)
            self._put_back()
            if stopping:
                return

    def _put_back(self) -> None:
        """What was written ahead goes into the database, once it has been taken by whoever follows."""
        if self.changes is None:
            return
        try:
            if self.changes.full():
                self.changes.take()
                self._pragma("wal_checkpoint(PASSIVE)")
        except Exception:
            log.exception("what was written ahead has to wait")

    def cut(self) -> None:
        """Puts everything back and cuts the log to nothing, in the writer's thread after a batch."""
        if self.changes is not None:
            self.changes.take()
        self._pragma("wal_checkpoint(TRUNCATE)")

    def _pragma(self, words: str) -> None:
        with contextlib.closing(self.engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            driver.execute(f"PRAGMA {words}").fetchall()

    def _keep(self, batch: list[Job]) -> None:
        """Writes a batch; once more when the connection was lost before COMMIT was sent."""
        for again in (False, True):
            try:
                with self.engine.connect() as connection:
                    self._transaction(connection, batch)
                break
            except _Lost:
                if again:
                    self._fail(batch)
                    return
            except Exception:
                log.exception("a batch of %d acts could not be committed", len(batch))
                self._fail(batch)
                return
        self._answer(batch)

    def _transaction(self, connection: Connection, batch: list[Job]) -> None:
        try:
            transaction = connection.begin()
            if self.postgres:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            numbers = Numbers(connection)
            for job in batch:
                _perform(connection, job, numbers, alone=len(batch) == 1)
            if len(batch) == 1 and batch[0].error is not None:
                transaction.rollback()
                return
            numbers.write_back()
            if self.postgres:
                connection.exec_driver_sql("NOTIFY foyer_journal")
        except Exception as error:
            if _is_lost(connection, error):
                raise _Lost from error
            raise
        try:
            transaction.commit()
        except Exception:
            with contextlib.suppress(Exception):  # SQLite may keep it open, and the next batch could not begin
                _driver(connection).rollback()
            raise

    def _fail(self, batch: list[Job]) -> None:
        if self.changes is not None:
            self.changes.lose()
        sentence = Unavailable(_("It could not be saved just now. Try again in a moment."))
        for job in batch:
            job.error = sentence
            job.done.release()

    def _answer(self, batch: list[Job]) -> None:
        for job in batch:
            for hook in job.hooks:
                try:
                    hook()
                except Exception:
                    log.exception("after a commit")
            job.done.release()
        for wake in self.after_batch:
            wake()


def _run_between(job: Job) -> None:
    try:
        job.result = job.context.run(job.work)
    except Exception as error:
        job.error = error
    job.done.release()


class _Lost(Exception):
    """The connection went away before COMMIT was sent."""


def _perform(connection: Connection, job: Job, numbers: Numbers, *, alone: bool) -> None:
    """One act in its savepoint, so that a refusal undoes only this act; `alone` it is the whole transaction."""
    this = Act(connection, job.time, numbers)
    before = dict(numbers.values)
    job.error, job.result, job.hooks = None, None, []
    if not alone:
        _driver(connection).execute("SAVEPOINT act")
    try:
        job.result = _in_context(job.context, this, job.work)
        this.finish()
        job.hooks = this.hooks
    except Exception as error:
        if _is_lost(connection, error):
            raise _Lost from error
        if not isinstance(error, Refused):
            log.warning("an act failed: %s", type(error).__name__)
        this.drop()
        job.error = error
        if alone:
            return
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT act")
        numbers.values.update(before)
        for name in numbers.values.keys() - before.keys():
            numbers.values[name] = numbers.stored[name]
    if not alone:
        _driver(connection).execute("RELEASE SAVEPOINT act")


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def _is_lost(connection: Connection, error: Exception) -> bool:
    """Whether the server is gone, told by SQLAlchemy or by the driver itself."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    dialect: Any = connection.dialect
    lost = isinstance(error, dialect.dbapi.Error) and dialect.is_disconnect(error, _driver(connection), None)
    if lost:
        connection.invalidate(error)
    return bool(lost)


def _in_context(context: Context, this: Act, work: Callable[[], Any]) -> Any:
    return context.copy().run(run_in, this, work)
