"""Who is not in, kept in memory: read once by every process, again when the journal says so or hours have passed."""

import threading
from bisect import bisect_right
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from shared import journal
from shared.lib import clock, db
from shared.lib.db.acts import Act, current
from shared.presence.model import BusyTime, Declared
from shared.presence.views import IN, PresenceView

AHEAD = timedelta(hours=6)
Span = tuple[datetime, datetime, str]
_DECLARED = select(Declared.person_id, Declared.state, Declared.until, Declared.source)
_BUSY = select(BusyTime.person_id, BusyTime.start_at, BusyTime.end_at, BusyTime.kind).order_by(BusyTime.start_at)


class Known:
    """What one process knows: what was declared and holds, and the busy times of the next hours."""

    def __init__(self, moment: datetime) -> None:
        self.since, self.until = moment, moment + AHEAD
        holds = or_(Declared.until.is_(None), Declared.until > moment)
        near = (BusyTime.end_at > moment, BusyTime.start_at < self.until)
        with db.reading() as session:
            rows: list[Any] = list(session.execute(_DECLARED.where(holds)))
            spans: list[Any] = list(session.execute(_BUSY.where(*near)))
        self.declared = {row.person_id: PresenceView(row.state, row.until, row.source) for row in rows}
        self.busy: dict[int, list[Span]] = defaultdict(list)
        for row in spans:
            self.busy[row.person_id].append((row.start_at, row.end_at, row.kind))

    def fresh(self, moment: datetime) -> bool:
        return self.since <= moment < self.until

    def of(self, person_id: int, moment: datetime) -> PresenceView:
        """What was declared as long as it holds, then the calendar, else in."""
        said = self.declared.get(person_id)
        if said is not None and (said.until is None or said.until > moment):
            return IN if said.is_in else said
        span = self.span(person_id, moment)
        return PresenceView(span[2], span[1], "calendar") if span else IN

    def span(self, person_id: int, moment: datetime) -> Span | None:
        """The busy time of the calendar around `moment`; a person's busy times do not overlap."""
        spans = self.busy.get(person_id, ())
        at = bisect_right(spans, moment, key=lambda span: span[0]) - 1
        return spans[at] if at >= 0 and spans[at][1] > moment else None

    def turns(self, person_id: int, moment: datetime) -> list[datetime]:
        """The moments from now on at which what somebody is may change by itself."""
        said = self.declared.get(person_id)
        times = [said.until] if said and said.until else []
        times += [end for span in self.busy.get(person_id, ()) for end in span[:2]]
        return [time for time in times if time > moment]


class _State:
    held: Known | None = None
    version = 0
    touched: Act | None = None
    lock = threading.Lock()


def known(moment: datetime | None = None) -> Known:
    """What holds at `moment`; inside the act that changes it, as that act sees it."""
    moment = moment or clock.now()
    if _State.touched is not None and db.in_act() and current() is _State.touched:
        return Known(moment)
    held = _State.held
    return held if held is not None and held.fresh(moment) else _load(moment)


def forget() -> None:
    """Reads it again when it is next asked for."""
    _State.version += 1
    _State.held = _State.touched = None


def touch() -> None:
    """Called by the verbs: this act sees its own changes, everybody else after the commit."""
    _State.touched = current()
    db.on_commit(forget)


def _load(moment: datetime) -> Known:
    with _State.lock:
        held = _State.held
        if held is not None and held.fresh(moment):
            return held
        version, fresh = _State.version, Known(moment)
        if version == _State.version and (_State.touched is None or not db.in_act()):
            _State.held = fresh
        return fresh


db.when_closed(forget)
journal.keep_fresh(forget, "presence")
