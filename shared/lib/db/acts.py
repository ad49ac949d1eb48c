"""`@act`: every verb is one transaction, or joins the one it is called in."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar, cast

from sqlalchemy import BigInteger, Connection, DateTime, type_coerce
from sqlalchemy import cast as cast_as
from sqlalchemy.orm import Session

P = ParamSpec("P")
R = TypeVar("R")


class Act:
    """One act inside a batch: its connection, its time, and its Session once somebody asks for one."""

    __slots__ = ("_session", "connection", "hooks", "numbers", "time")

    def __init__(self, connection: Connection, time: datetime, numbers: "Numbers") -> None:
        self.connection, self.time, self.numbers = connection, time, numbers
        self._session: Session | None = None
        self.hooks: list[Callable[[], None]] = []

    def session(self) -> Session:
        if self._session is None:
            self._session = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        return self._session

    def finish(self) -> None:
        if self._session is not None:
            self._session.commit()
            self._session.close()

    def drop(self) -> None:
        if self._session is not None:
            self._session.close()


_KEEP_NUMBER = (
    "INSERT INTO counter (name, value) VALUES {values} ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


class Numbers:
    """Gapless counters of one batch: read once, counted in memory, written back before the commit."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.values: dict[str, int] = {}
        self.stored: dict[str, int] = {}

    def next(self, name: str) -> int:
        if name not in self.values:
            row = self._driver().execute(f"SELECT value FROM counter WHERE name = {self._mark()}", (name,)).fetchone()
            self.stored[name] = self.values[name] = row[0] if row else 0
        self.values[name] += 1
        return self.values[name]

    def write_back(self) -> None:
        changed = [(name, value) for name, value in self.values.items() if value != self.stored[name]]
        if changed:
            values = f"({self._mark()}, {self._mark()})"
            self._driver().cursor().executemany(_KEEP_NUMBER.format(values=values), changed)

    def _driver(self) -> Any:
        return self.connection.connection.dbapi_connection

    def _mark(self) -> str:
        return "?" if self.connection.dialect.name == "sqlite" else "%s"


_current: ContextVar[Act | None] = ContextVar("act", default=None)
_submit: Callable[[Callable[[], Any]], Any] | None = None


def set_writer(submit: Callable[[Callable[[], Any]], Any] | None) -> None:
    """Tells acts which writer takes them."""
    global _submit
    _submit = submit


def write(work: Callable[[], R]) -> R:
    """Runs `work` as one act: durable when this returns; inside another act it joins that one."""
    if _current.get() is not None:
        return work()
    if _submit is None:
        raise RuntimeError("the database is not started")
    return cast(R, _submit(work))


def act(verb: Callable[P, R]) -> Callable[P, R]:
    """Marks a verb: one durable transaction when called from outside, part of the caller's inside another act."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _current.get() is not None:
            return verb(*args, **kwargs)
        return write(partial(verb, *args, **kwargs))

    return run


def in_act() -> bool:
    """Whether the caller is inside an act."""
    return _current.get() is not None


def current() -> Act:
    """The act that is running; an error outside one."""
    now = _current.get()
    if now is None:
        raise RuntimeError("only inside an act")
    return now


def run_in(this: Act, work: Callable[[], R]) -> R:
    """Runs `work` with `this` as the current act."""
    mark = _current.set(this)
    try:
        return work()
    finally:
        _current.reset(mark)


def connection() -> Connection:
    """The act's connection, for statements built once."""
    return current().connection


def session() -> Session:
    """The act's ORM session, in the same transaction."""
    return current().session()


def act_time() -> datetime:
    """The moment the act was asked for: the same for everything it writes."""
    return current().time


def next_number(name: str) -> int:
    """The next number of a gapless series; an act that is undone gives its number back."""
    return current().numbers.next(name)


def on_commit(hook: Callable[[], None]) -> None:
    """Calls `hook` after this act is durable; it must only wake or remember something."""
    current().hooks.append(hook)


def moved(moment: Any, by: timedelta) -> Any:
    """The column `moment` (of type UTC), later by `by`: for the values of an update in this act."""
    if connection().dialect.name == "postgresql":
        return cast_as(moment, DateTime(timezone=True)) + by
    return type_coerce(moment, BigInteger) + round(by.total_seconds() * 1_000_000)
