"""Calls as the exchange tells of them while they happen: who rings, whether somebody answers, and the record of it.

Everything about one call carries the id of its first channel as `Linkedid` (Asterisk 12 and later). Somebody has
answered when a telephone that was dialled says so: not a machine that plays a greeting, nor a mailbox.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.lib.ami import Message
from shared.phone import cdr
from shared.phone.cdr import Record

LONGEST = timedelta(hours=24)  # after which a call whose end was never told is forgotten
MOST = 1000  # calls at once; more than that no exchange has, and the oldest of them is forgotten
SHOWN = 100  # characters of a number, more than any number has
NOBODY = "<unknown>"


@dataclass(slots=True)
class Ring:
    """A call that came in and is not over: which of the desk's numbers it reached, since when a telephone rings, and
    since when somebody speaks.
    """

    at: datetime
    number: str | None
    reached: frozenset[str] = frozenset()
    rang_at: datetime | None = None
    answered_at: datetime | None = None


class Ringing:
    """What goes on at the exchange, of the numbers that ring at the desk (`lines`; none: of all)."""

    def __init__(self, lines: frozenset[str] = frozenset()) -> None:
        self.lines = lines
        self.calls: dict[str, Ring] = {}

    def hear(self, said: Message, at: datetime) -> Record | None:
        """The call that is over by what was said; None while it goes on, or when it is none of the desk's."""
        event, call = said.get("event", ""), said.get("linkedid") or said.get("uniqueid", "")
        if event == "Newchannel":
            self._begins(said, at)
        elif event == "NewCallerid" and said.get("uniqueid") in self.calls:
            self.calls[said["uniqueid"]].number = _number(said.get("calleridnum", ""))
        elif event == "DialBegin" and call in self.calls:
            self._rings(self.calls[call], said, at)
        elif event == "DialEnd" and call in self.calls:
            self._answered(self.calls[call], said, at)
        elif event == "Hangup" and said.get("uniqueid") in self.calls:
            ring = self.calls.pop(said["uniqueid"])
            return _record(ring, said["uniqueid"], at) if self._ours(ring) else None
        return None

    def on_the_line(self) -> Iterator[Ring]:
        """The calls that ring or are spoken now and are the desk's."""
        return (ring for ring in list(self.calls.values()) if self._ours(ring))

    def _begins(self, said: Message, at: datetime) -> None:
        """The first channel of a call from outside; a telephone that is rung for it is another channel of it."""
        call = said.get("uniqueid", "")
        src, dst = said.get("calleridnum", ""), said.get("exten", "")
        if not call or call != said.get("linkedid", call):
            return
        if cdr.direction(src, dst, said.get("channel", ""), said.get("context", "")) != "in":
            return
        self.calls.pop(call, None)
        self._forget_old(at)
        self.calls[call] = Ring(at, _number(src), self.lines & {dst})

    def _forget_old(self, at: datetime) -> None:
        """The oldest stand first."""
        while self.calls:
            oldest = next(iter(self.calls))
            if len(self.calls) < MOST and at - self.calls[oldest].at <= LONGEST:
                return
            del self.calls[oldest]

    def _rings(self, ring: Ring, said: Message, at: datetime) -> None:
        ring.rang_at = ring.rang_at or at
        telephone = said.get("destchannel", "").partition("/")[2].rpartition("-")[0]
        ring.reached |= self.lines & {said.get("exten", ""), said.get("dialstring", ""), telephone}

    def _answered(self, ring: Ring, said: Message, at: datetime) -> None:
        if said.get("dialstatus") == "ANSWER":
            ring.answered_at = ring.answered_at or at

    def _ours(self, ring: Ring) -> bool:
        return not self.lines or bool(ring.reached)


def _record(ring: Ring, call: str, at: datetime) -> Record:
    """As a call list tells of it: how long it rang, and how long somebody spoke."""
    until = ring.answered_at or at
    rang = (until - (ring.rang_at or ring.at)).total_seconds()
    talked = (at - ring.answered_at).total_seconds() if ring.answered_at else 0.0
    return Record(ring.at, ring.number, ring.answered_at is not None, max(0.0, rang), max(0.0, talked), "in", call[:80])


def _number(told: str) -> str | None:
    """The number as numbers are compared; None when it is hidden."""
    try:
        return None if told == NOBODY else cdr.number(told[:SHOWN])
    except ValueError:
        return None
