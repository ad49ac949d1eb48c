"""One row for everything that happens; screens, alerts and the audit trail follow from it."""

import logging
import math
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, Integer, String, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import UTC, Base, JSONText

log = logging.getLogger("foyer.journal")


class Counter(Base):
    """Gapless series: journal, register numbers, badge numbers."""

    __tablename__ = "counter"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)


class JournalRow(Base):
    """What happened: when, who, what, to what, and whom it concerns. No personal data."""

    __tablename__ = "journal"
    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(UTC)
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSONText)


@dataclass(frozen=True, slots=True)
class Event:
    """A journal row as everybody reads it."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    person_id: int | None
    data: dict[str, Any]

    @property
    def topic(self) -> str:
        """`visits` of `visits.checked_in`."""
        return self.action.partition(".")[0]


_INSERT = db.PreparedInsert(JournalRow)
_J: Any = JournalRow.__table__.c
_NEWER = db.Prepared(
    select(JournalRow.__table__).where(_J.seq > bindparam("after")).order_by(_J.seq).limit(bindparam("limit"))
)
_LAST = db.Prepared(select(func.max(_J.seq).label("seq")))
_within: dict[str, list[Callable[[Event], None]]] = defaultdict(list)
_after_commit: list[Callable[[Event], None]] = []
_caches: list[tuple[Callable[[], None], tuple[str, ...]]] = []


def within(action: str, handler: Callable[[Event], None]) -> None:
    """`handler` runs in the same transaction as every `action`: pure database work."""
    if handler not in _within[action]:
        _within[action].append(handler)


def after_commit(handler: Callable[[Event], None]) -> None:
    """`handler` hears every event of every process once it is durable, once: it only wakes threads."""
    if handler not in _after_commit:
        _after_commit.append(handler)


def keep_fresh(forget: Callable[[], None], *topics: str) -> None:
    """`forget` runs whenever an event of these topics is heard: what is kept in memory is read anew."""
    _caches.append((forget, topics))


def forget_reactions() -> None:
    """Nobody reacts any more, and caches only stay fresh; for tests."""
    _within.clear()
    _after_commit.clear()


def record(action: str, subject: str, *, person_id: int | None = None, **data: Any) -> Event:
    """Writes what happened, in the act's own transaction, and lets the reactions follow."""
    seq = db.next_number("journal")
    event = Event(seq, db.act_time(), actor().ref, action, subject, person_id, data)
    _INSERT.run(
        {
            "seq": seq,
            "at": event.at,
            "actor": event.actor,
            "action": action,
            "subject": subject,
            "person_id": person_id,
            "data": data,
        }
    )
    for handler in _within.get(action, ()):
        handler(event)
    db.on_commit(partial(_committed, event))
    return event


class _Heard:
    """How far this process has heard: the live pump from `began` up to `upto`, and own events `ahead` of the pump."""

    began = upto = math.inf  # no pump: everything is heard at its commit
    ahead: ClassVar[set[int]] = set()
    turn = threading.Lock()


def follow() -> int:
    """From now on a live pump passes to `hear` what comes after the seq that this gives."""
    with _Heard.turn:
        _Heard.ahead.clear()
        _Heard.began = _Heard.upto = last_seq()
        return int(_Heard.began)


def follow_no_more() -> None:
    """The live pump has stopped, or another database is opened."""
    with _Heard.turn:
        _Heard.ahead.clear()
        _Heard.began = _Heard.upto = math.inf


def hear(event: Event) -> None:
    """The live pump passes every event, in order; it is heard here unless it was at its commit."""
    with _Heard.turn:
        _Heard.upto = event.seq
        if event.seq in _Heard.ahead:
            _Heard.ahead.remove(event.seq)
        else:
            _spread(event)


def _committed(event: Event) -> None:
    """An event of this process, before its act returns; waits while the pump, which was quicker, lets it be heard."""
    with _Heard.turn:
        if _Heard.began < event.seq <= _Heard.upto:
            return
        if event.seq > _Heard.upto:
            _Heard.ahead.add(event.seq)
        _spread(event)


def _spread(event: Event) -> None:
    for forget, topics in _caches:
        if event.topic in topics:
            forget()
    for handler in _after_commit:
        try:
            handler(event)
        except Exception:
            log.exception("somebody who heard %s stumbled", event.action)


db.when_closed(follow_no_more)


def events(after: int = 0, limit: int = 200) -> list[Event]:
    """Events with a higher seq than `after`, in order."""
    with db.looking() as on:
        return [_event(row) for row in _NEWER.all({"after": after, "limit": limit}, on)]


def at(seq: int) -> Event | None:
    """The event with this seq; None when there is none."""
    found = events(seq - 1, 1)
    return found[0] if found and found[0].seq == seq else None


def about(subject: str, limit: int = 200) -> list[Event]:
    """What happened to one subject, oldest first."""
    with db.reading() as session:
        found = select(JournalRow).where(JournalRow.subject == subject).order_by(JournalRow.seq.desc()).limit(limit)
        return [_event(row) for row in session.scalars(found)][::-1]


def newest(limit: int = 50, before: int | None = None, topics_wanted: Iterable[str] = ()) -> list[Event]:
    """The last events, newest first; `before` continues an earlier page."""
    query = select(JournalRow).order_by(JournalRow.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(JournalRow.seq < before)
    topics = [JournalRow.action.like(f"{topic}.%") for topic in topics_wanted]
    if topics:
        query = query.where(or_(*topics))
    with db.reading() as session:
        return [_event(row) for row in session.scalars(query)]


def between(start: datetime, end: datetime, actions: Iterable[str], limit: int = 200) -> list[Event]:
    """What happened of these kinds from `start` on and before `end`, newest first."""
    query = select(JournalRow).where(*_within_time(start, end, actions)).order_by(JournalRow.seq.desc()).limit(limit)
    with db.reading() as session:
        return [_event(row) for row in session.scalars(query)]


def counts(start: datetime, end: datetime, actions: Iterable[str]) -> dict[str, int]:
    """How often each of these kinds happened in that time."""
    query = select(JournalRow.action, func.count().label("often")).where(*_within_time(start, end, actions))
    with db.reading() as session:
        return {row.action: row.often for row in session.execute(query.group_by(JournalRow.action))}


def _within_time(start: datetime, end: datetime, actions: Iterable[str]) -> tuple[Any, ...]:
    return JournalRow.action.in_(list(actions)), JournalRow.at >= start, JournalRow.at < end


def last_seq() -> int:
    """The newest seq there is."""
    with db.looking() as on:
        return _LAST.first({}, on).seq or 0


def first_seq() -> int:
    """The oldest seq still kept; 0 when there is none."""
    with db.reading() as session:
        return session.scalar(select(func.min(JournalRow.seq))) or 0


def _event(row: Any) -> Event:
    return Event(row.seq, row.at, row.actor, row.action, row.subject, row.person_id, row.data or {})
