"""The phone of the demo desk until yesterday: who called, who was missed, and what became of it (procedure 5.2)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any, TypeVar

from cli.demo import callers, messages
from cli.demo.callers import Caller, Callers
from cli.demo.days import working_days
from cli.demo.history import SOMEBODY
from cli.demo.staff import People
from shared.deadlines import history as old_clocks
from shared.lib import db, text
from shared.lib.config import settings
from shared.phone import history
from shared.relay import history as old_messages

DAYS = 2  # an act: with journal rows, messages and clocks below 500 rows
CALLS = 23.6  # a day; with those who are called back or ring again 25
OUTCOMES = {"answered": 23, "transferred": 24, "absent": 26, "wrong_number": 4, "spam": 10, "missed": 13}
RINGS = {1: 84, 2: 10, 3: 4, 4: 2}
RING = 5.0  # seconds
MISSED = {"called_back": 70, "rang_again": 16, "unreachable": 14}
LATE, HIDDEN, SILENT, COMPLAINED = 0.09, 0.05, 0.06, 0.003
Row = dict[str, Any]
T = TypeVar("T")


def keep(seed: int, after: date, until: date, people: People, desk: Sequence[int]) -> None:
    """Writes the calls of every working day from `after` on and before `until`; there is nobody without a desk."""
    days, known, nth = list(working_days(after, until)), Callers(seed), count(messages.LATE // 2)
    for begin in range(0, len(days) if desk else 0, DAYS):
        some = [Day(seed, day, known, people, desk) for day in days[begin : begin + DAYS]]
        _write([row for day in some for row in day.calls()], nth)


@db.act
def _write(rows: list[Row], nth: Iterator[int]) -> None:
    """The calls, the messages that were left, and the clocks that ran for them."""
    left = [messages.left(row, next(nth)) for row in rows if row["offer"] in ("message", "call_back")]
    history.insert_many(rows)
    old_messages.insert_many(sorted(left, key=lambda one: one["recorded_at"]))
    old_clocks.insert_many(
        [clock for row in rows for clock in _clock(row)] + [clock for one in left for clock in messages.clocks(one)]
    )


def _clock(row: Row) -> Iterator[Row]:
    """T08 of whoever was missed and could be called back."""
    if row["outcome"] != "missed" or row["number"] is None:
        return
    ran = {"key": "T08", "subject": f"phone:{row['token']}", "starts_at": row["call_at"]}
    if row["state"] == "called_back":
        yield {**ran, "met_at": row["settled_at"], "met_by": row["by"]}
    else:
        yield {**ran, "dropped_at": row["settled_at"], "reason": row["state"], "met_by": ""}


class Day:
    """One day on the phone, with its own dice."""

    def __init__(self, seed: int, day: date, known: Callers, people: People, desk: Sequence[int]) -> None:
        self.random, self.day, self.known = Random(f"{seed} phone {day}"), day, known
        self.people, self.desk = people, desk

    def calls(self) -> list[Row]:
        """Every call of the day in order of time."""
        calls = max(8, round(self.random.gauss(CALLS, math.sqrt(CALLS))))
        moments = sorted(self._moment() for _ in range(calls))
        return sorted((row for at in moments for row in self._call(at)), key=lambda row: row["call_at"])

    def _moment(self) -> datetime:
        """Most call around 10:15 or 15:00, nobody before 9:00 or after 17:30."""
        peak, width = (615, 70) if self.random.random() < 0.55 else (900, 75)
        minute = 0.0
        while not 540 <= minute <= 1050:
            minute = self.random.gauss(peak, width)
        return datetime.combine(self.day, time(), settings().zone) + timedelta(seconds=round(minute * 60))

    def _call(self, at: datetime) -> Iterator[Row]:
        outcome = self._one_of(OUTCOMES)
        if outcome == "missed":
            yield from self._missed(at)
        elif outcome == "wrong_number":
            yield self._answered(at, Caller("", "", "", self._unknown()), outcome, talk=(8, 20))
        elif outcome == "spam":
            seller = self.known.seller(self.random)
            what = {"wanted_text": self.random.choice(SOMEBODY), "content": callers.about(self.random, seller)}
            yield self._answered(at, seller, outcome, talk=(10, 40), **what)
        else:
            yield self._talked(at, self.known.somebody(self.random), outcome)

    def _talked(self, at: datetime, caller: Caller, outcome: str) -> Row:
        """Somebody with a matter: answered at once, put through, or whoever they want is not there."""
        employee = callers.wanted(self.random, caller)
        person = self.people.get(employee.place)
        if outcome == "answered" or person is None:
            content = callers.about(self.random, caller) if caller.foreign else self.random.choice(callers.ASKED)
            return self._answered(at, caller, "answered", content=content)
        what: Row = {"wanted_id": person.id, "content": callers.about(self.random, caller)}
        if outcome == "transferred":
            return self._answered(at, caller, outcome, transfer_result="connected", **what)
        what["offer"] = self._one_of({"message": 66, "call_back": 24, "declined": 10})
        what["transfer_result"] = self._one_of({"": 70, "nobody": 22, "busy": 8})
        return self._answered(at, caller, outcome, talk=(50, 170), **what)

    def _answered(
        self, at: datetime, caller: Caller, outcome: str, *, talk: tuple[int, int] = (25, 140), **what: Any
    ) -> Row:
        rings = self._one_of(RINGS)
        seconds = round((rings - 1) * RING + self.random.uniform(1, RING - 0.2), 1)
        said = self.random.random() >= SILENT
        saved = at + timedelta(seconds=round(seconds) + self.random.randint(*talk))
        complaint = self.random.choice(callers.COMPLAINTS) if self.random.random() < COMPLAINED else None
        return self._row(at, saved, caller.number, outcome) | {
            "state": "handled", "caller_name": caller.name if said else "",
            "caller_company": caller.company, "spoken": self._spoken(caller),
            "caller_title": self.random.choice(callers.TITLES) if said and caller.company else "",
            "rings": rings, "answer_seconds": seconds, "complaint": complaint, "complained": complaint is not None,
            **what,
        }  # fmt: skip

    def _missed(self, at: datetime) -> Iterator[Row]:
        """Nobody answered: most are called back within ten minutes, some ring again before that."""
        caller = self.known.somebody(self.random)
        row = self._row(at, at, caller.number, "missed") | {"rings": self.random.randint(4, 9), "answered_by": None}
        if self.random.random() < HIDDEN:
            yield row | {"state": "unreachable", "number": None}
            return
        state = self._one_of(MISSED)
        if state == "rang_again":
            again = self._talked(at + timedelta(seconds=self.random.randint(60, 360)), caller, "transferred")
            yield row | {"state": state, "settled_at": again["created_at"]}
            yield again
        elif state == "unreachable":
            tries = [self._try(row, minutes, self._failure()) for minutes in (2, 5, 8)]
            yield row | {"state": state, "settled_at": tries[-1]["at"], "tries": tries}
        else:
            yield from self._called_back(row, caller)

    def _called_back(self, row: Row, caller: Caller) -> Iterator[Row]:
        """By the second try at the latest; half of what was said then is written down as a call of its own."""
        minutes = self.random.triangular(2, 9.5, 4)
        if self.random.random() < LATE:
            minutes = self.random.triangular(10.2, 25, 12)
        reached = self._try(row, minutes, "reached")
        first = [self._try(row, minutes / 2, self._failure())] if self.random.random() < 0.2 else []
        yield row | {"state": "called_back", "settled_at": reached["at"], "tries": [*first, reached]}
        if self.random.random() < 0.5:
            out = self._talked(reached["at"] - timedelta(seconds=50), caller, "answered")
            own = {"rings": None, "answer_seconds": None, "created_at": reached["at"], "settled_at": reached["at"]}
            yield out | own | {"direction": "out", "answers": row["token"], "answered_by": row["desk"], "by": row["by"]}

    def _row(self, at: datetime, saved: datetime, number: str, outcome: str) -> Row:
        who = self.random.choice(self.desk)
        return {
            "token": text.token(12), "source": "demo", "direction": "in", "call_at": at, "created_at": saved,
            "settled_at": saved, "number": number, "caller_name": "", "caller_company": "", "caller_title": "",
            "spoken": "mandarin", "rings": None, "answer_seconds": None, "wanted_id": None, "wanted_text": "",
            "content": "", "outcome": outcome, "transfer_result": "", "offer": "", "complaint": None,
            "complained": False, "answered_by": who, "desk": who, "by": f"account:{who}", "tries": [], "answers": None,
        }  # fmt: skip

    def _try(self, row: Row, minutes: float, result: str) -> Row:
        return {"at": row["call_at"] + timedelta(seconds=round(minutes * 60)), "by": row["by"], "result": result}

    def _failure(self) -> str:
        return self._one_of({"no_answer": 60, "busy": 30, "off": 10})

    def _spoken(self, caller: Caller) -> str:
        return "english" if caller.foreign else self._one_of({"mandarin": 95, "dialect": 5})

    def _unknown(self) -> str:
        return callers.stranger(self.random.randint(2000, 8999))

    def _one_of(self, shares: Mapping[T, int]) -> T:
        return self.random.choices(list(shares), list(shares.values()))[0]
