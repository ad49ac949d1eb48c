"""Rows are filed under their pieces when the desk has a moment: a check-in does not wait for that.

What is not filed yet (new rows, and rows that changed since) is known, and a search looks at it row by row.
"""

import logging
import struct
import threading
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, func, select, text

from shared import journal
from shared.directory.pinyin import sounds_alone
from shared.journal import Counter, JournalRow
from shared.lib import db
from shared.register.definition import Register, registers
from shared.register.grams import number, pieces
from shared.register.model import RowGrams

log = logging.getLogger("foyer.register")
AT_ONCE = 30  # rows an act, each with about twenty pieces
EVERY = 2.0
BUSY = 60  # events within that time: the desk has better things to do
BEHIND = 1000  # but not for ever: so many rows are looked at in no time when somebody searches
WHEN_BUSY = 3  # acts each time, which is more than a desk takes
_J: Any = JournalRow.__table__.c
_REACHED = db.Prepared(select(Counter.name, Counter.value).where(Counter.name.in_([bindparam("id"), bindparam("seq")])))
_FILE = text("INSERT INTO register_gram (gram, row_id) VALUES (:gram, :row) ON CONFLICT DO NOTHING")
_TAKE = text("DELETE FROM register_gram WHERE gram = :gram AND row_id = :row")


@db.act
def index(register: Register, at_once: int = AT_ONCE) -> int:
    """Files the next rows that are new or have changed; how many it looked at."""
    upto, seq = reached(register, db.connection())
    if seq is None:
        _reach(_seq_name(register), journal.last_seq())
    new = db.session().execute(_new(register, upto).limit(at_once)).all()
    for row in new:
        _file(register, row.id, pieces(register.held_by(row)))
    if new:
        _reach(_id_name(register), new[-1].id)
        return len(new)
    changes = db.session().execute(_changes(register, seq or 0).limit(at_once)).all() if seq is not None else []
    again = {change.data[register.key] for change in changes}
    for row in db.session().execute(register.rows(register.model.id.in_(again))).all():
        _file(register, row.id, pieces(register.held_by(row)))
    if changes:
        _reach(_seq_name(register), changes[-1].seq)
    return len(changes)


def searched() -> Iterator[Register]:
    """The registers whose rows are found by what they say."""
    return (register for register in registers() if register.texts is not None)


def refile(register: Register, row_ids: Iterable[int]) -> None:
    """These rows are found at once by what they say now, and by nothing they said before. Only inside an act."""
    if register.texts is None:
        return
    for row in db.session().execute(register.rows(register.model.id.in_(list(row_ids)))).all():
        _file(register, row.id, pieces(register.held_by(row)))


def reached(register: Register, on: Connection) -> tuple[int, int | None]:
    """Up to which row everything is filed, and up to which event changes are; None before the first time."""
    names = (_id_name(register), _seq_name(register))
    found = dict(_REACHED.all({"id": names[0], "seq": names[1]}, on))
    return found.get(names[0], 0), found.get(names[1])


def unfiled(register: Register, on: Connection) -> list[int]:
    """The rows that have to be looked at one by one, newest first."""
    upto, seq = reached(register, on)
    newer, altered = _unfiled(register)
    new = [row.id for row in newer.all({"upto": upto}, on)]
    changed = altered.all({"upto": seq}, on) if seq is not None else ()
    return sorted({*new, *(change.data[register.key] for change in changed)}, reverse=True)


@cache
def _unfiled(register: Register) -> tuple[db.Prepared, db.Prepared]:
    """The new rows, and the events since when rows have changed; each up to the last one that was looked at."""
    upto, row = bindparam("upto", type_=BigInteger), register.model.__table__.c
    actions: list[Any] = [bindparam(f"action{place}", action) for place, action in enumerate(register.altered)]
    altered = select(_J.seq, _J.data).where(_J.seq > upto, _J.action.in_(actions)).order_by(_J.seq)
    return db.Prepared(select(row.id).where(row.id > upto).order_by(row.id)), db.Prepared(altered)


def _new(register: Register, upto: int) -> Any:
    return register.rows(register.model.id > upto).order_by(register.model.id)


def _changes(register: Register, seq: int) -> Any:
    where = (JournalRow.seq > seq, JournalRow.action.in_(list(register.altered)))
    return select(JournalRow.seq, JournalRow.data).where(*where).order_by(JournalRow.seq)


def _file(register: Register, row_id: int, wanted: set[str]) -> None:
    """Only what differs is written."""
    grams = {number(register.key, piece) for piece in wanted}
    kept = db.session().get(RowGrams, (register.key, row_id))
    before = set(struct.unpack(f"<{len(kept.grams) // 4}I", kept.grams)) if kept is not None else set()
    if grams == before:
        return
    for statement, which in ((_TAKE, before - grams), (_FILE, grams - before)):
        if which:
            db.connection().execute(statement, [{"gram": gram, "row": row_id} for gram in sorted(which)])
    packed = struct.pack(f"<{len(grams)}I", *sorted(grams))
    if kept is None:
        db.session().add(RowGrams(register=register.key, row_id=row_id, grams=packed))
    elif grams:
        kept.grams = packed
    else:
        db.session().delete(kept)
    db.session().flush()


def _reach(name: str, value: int) -> None:
    row = db.session().get(Counter, name)
    if row is None:
        db.session().add(Counter(name=name, value=value))
    else:
        row.value = value
    db.session().flush()


def _id_name(register: Register) -> str:
    return f"filed:{register.key}:id"


def _seq_name(register: Register) -> str:
    return f"filed:{register.key}:seq"


_running: list["Indexing"] = []


def alive() -> bool:
    """Whether this process files what is written."""
    return bool(_running) and _running[-1].thread.is_alive()


class Indexing:
    """A thread that files rows of these registers while the desk rests, or when too many wait."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="register index", daemon=True)
        self.seen = 0

    def start(self) -> None:
        sounds_alone("一")  # the dictionary is read before anybody waits for this process
        self.thread.start()
        _running.append(self)

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(5)
        if self in _running:
            _running.remove(self)

    def work(self) -> None:
        """Files everything, unless the desk is busy and little waits."""
        newest = journal.last_seq()
        busy, self.seen = newest - self.seen > BUSY, newest
        for register in searched():
            if busy and _waiting(register) < BEHIND:
                continue
            acts = 0
            while index(register) and not (busy and (acts := acts + 1) >= WHEN_BUSY):
                if self.stopping.wait(0.2 if busy else 0.005):
                    return

    def _run(self) -> None:
        while not self.stopping.wait(EVERY):
            try:
                self.work()
            except Exception:
                log.exception("filing has to wait for the next time")


def _waiting(register: Register) -> int:
    with db.reading() as session:
        upto, _seq = reached(register, session.connection())
        newest = session.scalar(select(func.max(register.model.id))) or 0
    return int(newest) - upto
