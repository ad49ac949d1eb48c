"""What follows when a host does not answer (procedure T02): told again, then the deputy; whoever answers first goes."""

from typing import Any

from sqlalchemy import bindparam, or_, select, update

from shared import directory, journal, watch_list
from shared.alerts.model import LIVE, Alert, AlertVisit, Delivery
from shared.alerts.raising import tell
from shared.journal import Event
from shared.lib import db
from shared.visits import Visit
from shared.visits.model import WAITING

_A: Any = Alert.__table__.c
_D: Any = Delivery.__table__.c
_M: Any = AlertVisit.__table__.c
_of_visit = _A.visit_id == bindparam("visit_")
_of_summary = _A.id.in_(select(_M.alert_id).where(_M.visit_id == bindparam("visit_"), _M.waiting.is_(True)))
_ASKED = (_A.id, _A.token, _A.person_id)
_SILENT = (
    select(*_ASKED)
    .where(_A.person_id == bindparam("person_"), _A.state == "open", _A.told_again_at.is_(None))
    .where(_of_visit | _of_summary)
)
_OTHERS = select(*_ASKED).where(
    _of_visit, _A.summary.is_(False), _A.person_id != bindparam("person_"), _A.state.in_(LIVE)
)
_SEND = (
    update(Delivery)
    .where(_D.alert_id == bindparam("alert_"), _D.reason != "not_set_up")
    .where(or_(_D.channel != "screen", _D.state.not_in(("delivered", "seen"))))  # a page that has it hears the event
    .values(state="queued", next_at=bindparam("at_"), attempts=0, reason="", words="", created_at=bindparam("at_"))
)


def climb(event: Event) -> None:
    """A step of the ladder has come: the host is told again, or their deputy is asked."""
    host = event.person_id
    if event.data["key"] != "T02" or host is None or not _waits(event.data["visit"]):
        return
    if watch_list.holds(event.data["visit"]):
        return  # reception decides first, and the host is told anew
    if "resend" in event.data["steps"]:
        _tell_again(event, host)
    if "deputy" in event.data["steps"]:
        _ask_deputy(event, host)


def others_need_not(visit_id: int, subject: str, person_id: int) -> None:
    """`person_id` has answered: whoever else was asked about this visitor hears that it is settled."""
    connection = db.connection()
    others = connection.execute(_OTHERS, {"visit_": visit_id, "person_": person_id}).all()
    ids = [row.id for row in others]
    if ids:
        connection.execute(update(Alert).where(_A.id.in_(ids)).values(state="cancelled", ended_at=db.act_time()))
        connection.execute(update(Delivery).where(_D.alert_id.in_(ids)).values(next_at=None))
        people = sorted({row.person_id for row in others})
        journal.record("alerts.cancelled", subject, visit=visit_id, people=people)


def takes_over(visit_id: int, person_id: int, answer: str) -> int | None:
    """Whose the visitor is when `person_id` answers: the deputy's who goes; None when that does not change."""
    host = db.connection().execute(select(Visit.host_id).where(Visit.id == visit_id)).scalar()
    return person_id if host != person_id and answer != "cannot" else None


def _tell_again(event: Event, host: int) -> None:
    """Every channel once more; what speaks for several visitors is said again once, not once a visitor."""
    connection = db.connection()
    for row in connection.execute(_SILENT, {"visit_": event.data["visit"], "person_": host}).all():
        connection.execute(update(Alert).where(_A.id == row.id).values(told_again_at=event.at))
        connection.execute(_SEND, {"alert_": row.id, "at_": event.at})
        journal.record("alerts.told_again", f"alert:{row.token}", person_id=host, visit=event.data["visit"])


def _ask_deputy(event: Event, host: int) -> None:
    deputy = directory.deputy_of(host)
    if deputy is None:
        return
    tell(event.data["visit"], event.subject, deputy.id, event.at, kind="deputy")
    journal.record("alerts.deputy_asked", event.subject, person_id=deputy.id, visit=event.data["visit"])


def _waits(visit_id: int | None) -> bool:
    return db.connection().execute(select(Visit.state).where(Visit.id == visit_id)).scalar() in WAITING
