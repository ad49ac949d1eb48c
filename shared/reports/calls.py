"""The phone in a month (procedure 二.1, 二.3): answered in one ring, called back, passed on; the calls behind it.

Nothing of a number changes when its calls are forgotten: only times, outcomes and clocks are read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from shared import directory
from shared.deadlines import Deadline
from shared.lib import clock, db
from shared.lib.i18n import local
from shared.phone import ONE_RING, Call
from shared.relay.model import Relay
from shared.reports.month import Month

PHONE = "phone:"  # what the subject of a message about a call begins with
FIGURES = (
    "all", "one_ring", "slow", "missed", "called_back", "rang_again", "unreachable", "waiting", "messages", "in_time",
    "late", "not_told", "wrong", "complaints",
)  # fmt: skip
_C: Any = Call.__table__.c
_R: Any = Relay.__table__.c
_D: Any = Deadline.__table__.c
_CALLS = db.Prepared(
    select(
        _C.id, _C.token, _C.call_at, _C.outcome, _C.state, _C.rings, _C.answer_seconds, _C.complained, _C.wanted_id
    ).where(_C.call_at >= bindparam("start_"), _C.call_at < bindparam("end_"), _C.direction == "in")
)
_MESSAGES = db.Prepared(
    select(_R.token, _R.subject, _R.wrong_count).where(
        _R.recorded_at >= bindparam("start_"),
        _R.recorded_at < bindparam("end_"),
        func.substr(_R.subject, 1, len(PHONE)) == PHONE,
    )
)
_CLOCKS = db.Prepared(
    select(_D.subject, _D.state, _D.met_at, _D.breach_at).where(
        _D.starts_at >= bindparam("start_"), _D.starts_at < bindparam("end_"), _D.key == "T09"
    )
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A month of calls by their ids, the newest first: those behind each of FIGURES, and those of each hour."""

    month: Month
    calls: Mapping[str, list[int]]
    hours: Mapping[int, list[int]]

    def count(self, figure: str) -> int:
        return len(self.calls[figure])

    def share(self, figure: str, *others: str) -> float | None:
        """Its part of itself and the others together; None of nothing."""
        total = self.count(figure) + sum(map(self.count, others))
        return self.count(figure) / total if total else None


def calls(month: Month, departments: Collection[int] | None = None) -> Phone:
    """Everything that is counted of the calls that came in a month; of `departments` those for people of theirs."""
    span = {"start_": month.start, "end_": month.end}
    with db.looking() as on:
        rows, messages = _CALLS.all(span, on), _MESSAGES.all(span, on)
        clocks = _CLOCKS.all(span, on)
    if departments is not None:
        rows = [row for row in rows if _department_of(row.wanted_id) in departments]
    hours: dict[int, list[int]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.id, reverse=True):
        hours[local(row.call_at).hour].append(row.id)
    behind = {figure: sorted(set(ids), reverse=True) for figure, ids in _behind(rows, messages, clocks).items()}
    return Phone(month, behind, dict(sorted(hours.items())))


def _department_of(person_id: int | None) -> int | None:
    person = directory.person(person_id) if person_id is not None else None
    return person.department_id if person else None


def _behind(rows: Iterable[Any], messages: Iterable[Any], clocks: Iterable[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {figure: [] for figure in FIGURES}
    ids: dict[str, int] = {}
    for row in rows:
        ids[row.token] = row.id
        for figure in _of_call(row):
            found[figure].append(row.id)
    subjects = _by_message(messages, ids, found)
    for clock_row in clocks:
        call = subjects.get(clock_row.subject)
        if call is not None and (figure := _passed_on(clock_row)):
            found[figure].append(call)
    found["in_time"] = [call for call in found["in_time"] if call not in {*found["late"], *found["not_told"]}]
    return found


def _of_call(row: Any) -> list[str]:
    """What a call counts for."""
    figures = ["all", *(["complaints"] if row.complained else [])]
    if row.outcome == "missed":
        return [*figures, "missed", "waiting" if row.state == "missed" else row.state]
    seconds = row.answer_seconds
    if seconds is None and row.rings is not None:
        seconds = ONE_RING if row.rings <= 1 else 2 * ONE_RING
    if seconds is not None:
        figures.append("one_ring" if seconds <= ONE_RING else "slow")
    return figures


def _by_message(messages: Iterable[Any], ids: Mapping[str, int], found: dict[str, list[int]]) -> dict[str, int]:
    """The calls of the messages, by what a clock is about."""
    subjects = {}
    for message in messages:
        call = ids.get(message.subject.removeprefix(PHONE))
        if call is None:
            continue
        subjects[f"relay:{message.token}"] = call
        found["messages"].append(call)
        if message.wrong_count:
            found["wrong"].append(call)
    return subjects


def _passed_on(row: Any) -> str:
    """Whether a message was passed on in time, late, or not at all although its time is over."""
    if row.met_at is not None:
        return "in_time" if row.met_at <= row.breach_at else "late"
    return "not_told" if row.state == "open" and row.breach_at < clock.now() else ""
