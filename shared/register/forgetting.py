"""The retention schedule at work: what is due is erased, a few rows an act; whoever asks is forgotten at once."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from shared import journal, volumes
from shared.lib import clock, control, db
from shared.lib.actor import SYSTEM, acting_as, actor
from shared.lib.i18n import local
from shared.register import purged
from shared.register.definition import Register, Rule, logs, registers
from shared.register.holding import forget, held
from shared.register.indexing import refile
from shared.register.model import RetentionRun
from shared.register.views import forget_names

log = logging.getLogger("foyer.register")
AT_ONCE = 40
NIGHT = (2, 30)
LOOK = 300.0


@dataclass(frozen=True, slots=True)
class Run:
    """What a run erased, or would have: rows by code; rows that are due and held."""

    at: datetime
    by: str
    rehearsal: bool
    counts: dict[str, int]
    held: int


def run(*, rehearsal: bool = False) -> Run:
    """Erases everything whose time is over, or counts it; kept as a row either way. Twice gives nothing new."""
    at, counts, kept = clock.now(), dict[str, int](), 0
    for register in registers():
        for rule in register.rules:
            due = rule.due(at - timedelta(days=rule.days()))
            kept += _count(register, [*due, held(register)])
            if rehearsal:
                counts[rule.code] = counts.get(rule.code, 0) + _count(register, [*due, ~held(register)])
                continue
            counts.setdefault(rule.code, 0)
            while some := _some(register, rule, due):
                counts[rule.code] += some
    for line in logs():
        before = at - timedelta(days=line.days())
        counts[line.code] = line.count(before) if rehearsal else _all(line.erase, before)
    done = _note(at, rehearsal, counts, kept)
    if not rehearsal:
        db.cut_log()
    return done


def erase(register: Register, rule: Rule, rows: Sequence[Any]) -> None:
    """Takes from these rows what `rule` is about, and what finds them with it. Only inside an act."""
    if not rows:
        return
    purged.note(db.act_time(), register.key, rule.code, [row.token for row in rows])
    _erase(register, rule, rows)


def _erase(register: Register, rule: Rule, rows: Sequence[Any]) -> None:
    before, ids = [register.held_by(row) for row in rows], [row.id for row in rows]
    rule.erase(rows)
    db.session().flush()
    refile(register, ids)
    forget(register, ids)
    forget_names(register, before, [register.held_by(row) for row in rows])
    if register.book is not None:
        volumes.unseal(register.book, ids)


def replay() -> int:
    """After a back-up was put back: what was erased since then is erased again; how many rows that were there."""
    known = {(register.key, rule.code): (register, rule) for register in registers() for rule in register.rules}
    again = 0
    for line in purged.lines():
        if (line.register, line.code) in known:
            register, rule = known[line.register, line.code]
            for start in range(0, len(line.tokens), AT_ONCE):
                again += _again(register, rule, line.tokens[start : start + AT_ONCE])
    return again


def runs(limit: int = 30) -> list[Run]:
    """What was erased lately, the newest run first."""
    with db.reading() as session:
        rows = session.scalars(select(RetentionRun).order_by(RetentionRun.id.desc()).limit(limit))
        return [Run(row.at, row.by, row.rehearsal, row.counts, row.held) for row in rows]


def _all(erase: Callable[[datetime], int], before: datetime) -> int:
    return sum(iter(lambda: erase(before), 0))


@db.act
def _some(register: Register, rule: Rule, due: Sequence[Any]) -> int:
    query = select(register.model).where(*due, ~held(register)).order_by(register.model.id).limit(AT_ONCE)
    rows = db.session().scalars(query).all()
    erase(register, rule, rows)
    return len(rows)


@db.act
def _again(register: Register, rule: Rule, tokens: list[str]) -> int:
    rows = db.session().scalars(select(register.model).where(register.model.token.in_(tokens))).all()
    _erase(register, rule, rows)
    return len(rows)


def _count(register: Register, where: Sequence[Any]) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(register.model).where(*where)) or 0


@db.act
def _note(at: datetime, rehearsal: bool, counts: dict[str, int], kept: int) -> Run:
    db.session().add(RetentionRun(at=at, by=actor().ref, rehearsal=rehearsal, counts=counts, held=kept))
    journal.record("retention.rehearsed" if rehearsal else "retention.run", "retention", counts=counts, held=kept)
    return Run(at, actor().ref, rehearsal, counts, kept)


class Forgetting:
    """A thread that runs the schedule when the desk starts, and every night at half past two."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="retention", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(5)

    def _run(self) -> None:
        due = clock.now()
        while not self.stopping.is_set():
            if clock.now() >= due:
                try:
                    with acting_as(SYSTEM):
                        run()
                    due = next_night(clock.now())
                except Exception:
                    log.exception("the retention run has to wait for the next time")
            self.stopping.wait(min(LOOK, max(1.0, (due - clock.now()).total_seconds())))


def next_night(moment: datetime) -> datetime:
    """The next half past two at the site."""
    here = local(moment)
    tonight = here.replace(hour=NIGHT[0], minute=NIGHT[1], second=0, microsecond=0)
    return tonight if tonight > here else tonight + timedelta(days=1)


def _operated(rehearsal: bool = False) -> dict[str, Any]:
    """For the operator's command."""
    done = run(rehearsal=rehearsal)
    return {"counts": done.counts, "held": done.held}


control.operator("register.purge", _operated)
