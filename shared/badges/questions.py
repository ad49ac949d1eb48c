"""Questions about badges: how far they are, as reception and as the visitor read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from shared.badges.drivers.printer import sentence
from shared.badges.model import PrintJob
from shared.lib import db
from shared.lib.i18n import _, ngettext

_J: Any = PrintJob.__table__.c


@dataclass(frozen=True, slots=True)
class JobView:
    """The last badge of a visit, or a test. `delayed` when it waits for somebody to see to the printer."""

    id: int
    visit_id: int | None
    state: str
    reason: str
    says: str
    attempts: int
    created_at: datetime
    finished_at: datetime | None
    reprint_reason: str

    @property
    def over(self) -> bool:
        """Nothing more becomes of it by itself."""
        return self.state not in ("queued", "sending")

    @property
    def delayed(self) -> bool:
        return not self.over and bool(self.reason)

    @property
    def text(self) -> str:
        """How far it is, in the reader's language."""
        if self.state == "failed" or self.delayed:
            return sentence(self.reason, self.says)
        return {
            "queued": _("The badge is about to print."),
            "sending": _("The badge is printing."),
            "printed": _("The badge is printed."),
            "unknown": _("Nobody knows whether the badge came out. Look at the printer."),
            "cancelled": _("Not printed: the visit was over."),
        }[self.state]


_LAST = db.Prepared(
    select(*(_J[name] for name in JobView.__dataclass_fields__)).where(
        _J.id.in_(select(func.max(_J.id)).where(db.among(_J.visit_id)).group_by(_J.visit_id))
    )
)
_TEST = db.Prepared(
    select(*(_J[name] for name in JobView.__dataclass_fields__)).where(_J.id == bindparam("job"), _J.kind == "test")
)
_delayed = or_(_J.state == "queued", _J.state == "sending") & (_J.reason != "")
_DELAYED = db.Prepared(select(_J.reason, _J.says).where(_delayed).order_by(_J.id.desc()).limit(1))
_WAITING = db.Prepared(select(func.count().label("jobs")).select_from(PrintJob).where(_delayed))


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why badges do not come out, and how many wait."""

    text: str
    waiting: int

    @property
    def then(self) -> str:
        """What happens once it is put right."""
        words = ngettext("%(n)s badge prints when it is back.", "%(n)s badges print when it is back.", self.waiting)
        return words % {"n": self.waiting}


def for_visits(ids: Iterable[int]) -> dict[int, JobView]:
    """The last badge of each visit that had one."""
    with db.looking() as on:
        return {row.visit_id: JobView(*row) for some in db.spread(ids) for row in _LAST.all(some, on)}


def of_test(job: int) -> JobView | None:
    """How far a badge that tries the printer out is; None when there is none."""
    with db.looking() as on:
        row = _TEST.first({"job": job}, on)
        return None if row is None else JobView(*row)


def state_for_visitor(visit_id: int) -> dict[str, str]:
    """What the visitor is told: it prints, it is out, or the front desk brings it. Never a reason."""
    job = for_visits([visit_id]).get(visit_id)
    if job is not None and job.state == "printed":
        return {"state": "printed", "text": _("Take your badge with you.")}
    if job is not None and job.state in ("queued", "sending") and not job.delayed:
        return {"state": job.state, "text": _("Your badge is printing.")}
    return {"state": "from-desk", "text": _("The front desk will bring your badge. Have a seat.")}


def trouble() -> Trouble | None:
    """What keeps badges from printing now; None when nothing does."""
    with db.looking() as on:
        newest = _DELAYED.first({}, on)
        return None if newest is None else Trouble(sentence(newest.reason, newest.says), _WAITING.first({}, on).jobs)
