"""Deadlines as everybody reads them: frozen values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from shared import procedure
from shared.deadlines.model import Deadline
from shared.procedure import Clause, Clock

_D: Any = Deadline.__table__.c
DUE = (
    _D.id, _D.key, _D.clause, _D.subject, _D.visit_id, _D.person_id, _D.starts_at, _D.warn_at, _D.due_at, _D.red_at,
    _D.breach_at, _D.stage, _D.data,
)  # fmt: skip
DONE = (*DUE, _D.state, _D.met_at, _D.met_by, _D.dropped_at, _D.reason)
Colour = Literal["calm", "soon", "over", "late"]


@dataclass(frozen=True, slots=True)
class Due:
    """A clock that runs. Amber from `warn`, a closed amber ring after `due`, red after `red`, late after `breach`."""

    id: int
    key: str
    clause_key: str
    subject: str
    visit_id: int | None
    person_id: int | None
    starts: datetime
    warn: datetime
    due: datetime
    red: datetime
    breach: datetime
    stage: int
    data: dict[str, Any]

    @property
    def clause(self) -> Clause:
        return procedure.clause(self.clause_key)

    @property
    def clock(self) -> Clock:
        return procedure.clock(self.key)

    def colour(self, moment: datetime) -> Colour:
        """How it looks at `moment`; at the very breach it is not late yet."""
        if moment > self.red:
            return "late"
        return "over" if moment > self.due else "soon" if moment >= self.warn else "calm"


@dataclass(frozen=True, slots=True)
class Done(Due):
    """A clock with what became of it: `state` is open, met or dropped."""

    state: str
    met: datetime | None
    met_by: str
    dropped: datetime | None
    reason: str

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it runs, or when it was dropped."""
        return (self.met - self.starts).total_seconds() if self.met is not None else None

    @property
    def in_time(self) -> bool:
        """Whether it was met at or before the breach."""
        return self.met is not None and self.met <= self.breach


@dataclass(frozen=True, slots=True)
class Met:
    """What meeting a deadline showed."""

    id: int
    key: str
    subject: str
    starts: datetime
    due: datetime
    breach: datetime
    at: datetime

    @property
    def seconds(self) -> float:
        return (self.at - self.starts).total_seconds()

    @property
    def in_time(self) -> bool:
        return self.at <= self.breach
