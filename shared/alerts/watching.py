"""Somebody on the watch-list may have come: whoever is to know is called, and the host hears of it after a decision."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from shared import journal, visits, watch_list
from shared.alerts import screen, summons
from shared.alerts.ending import UNDO, hold_back
from shared.alerts.model import LIVE, Alert
from shared.alerts.raising import call
from shared.alerts.views import AlertView, alert_view
from shared.directory import PersonView
from shared.journal import Event
from shared.lib import db
from shared.lib.config import settings
from shared.visits import Visit
from shared.visits.model import ON_SITE

KIND = "watch"
DECISIONS = ("watch_list.not_them", "watch_list.is_them")
_A: Any = Alert.__table__.c


def called(event: Event) -> None:
    """Whoever was chosen, and the administration, on every way; what they read is on their page and not in the mail.

    A host who was told before the match was found need not answer until the decision.
    """
    summons.summon(KIND, event.subject, event.data["people"], event.at)
    hold_back(event.data["of"], event)


def decided(event: Event) -> None:
    """Reception has decided: nobody is needed any more."""
    if not any(one.open for one in watch_list.of_visit(event.data["of"])):
        summons.dismiss(KIND, event.subject, event.at)


def left(event: Event) -> None:
    """The visitor has left before anybody decided."""
    if watch_list.holds(event.data["visit"]):
        summons.dismiss(KIND, event.subject, event.at)


def released(event: Event) -> None:
    """Nothing holds the visit any more: its host is told now, as of somebody who has just come."""
    visit = db.session().get(Visit, event.data["of"])
    if visit is None or visit.host_id is None or visit.state != "arrived":
        return
    asked = (_A.visit_id == visit.id, _A.person_id == visit.host_id, _A.state.in_(LIVE))
    if db.connection().execute(select(_A.id).where(*asked).limit(1)).first() is None:
        call(visit.id, event.subject, visit.host_id, event.at)
        journal.record("alerts.host_told", event.subject, person_id=visit.host_id, visit=visit.id)


def undone(event: Event) -> None:
    """The decision was a slip: whoever was called is called on, and the host need not answer yet."""
    visit_id = event.data["of"]
    if watch_list.holds(visit_id):
        hold_back(visit_id, event)
    goes_on(event.subject, visit_id, event.at)


def left_undone(event: Event) -> None:
    """Somebody was seen off by mistake: what is still to be decided is."""
    goes_on(event.subject, event.data["visit"], event.at)


def goes_on(subject: str, visit_id: int, at: datetime) -> None:
    """Calls go on for a visit about which nobody has decided."""
    visit = db.session().get(Visit, visit_id)
    if visit is not None and visit.state in ON_SITE and any(one.open for one in watch_list.of_visit(visit_id)):
        summons.call_again(KIND, subject, at - UNDO, at)


def watch_calls(person_id: int) -> list[AlertView]:
    """For whom somebody is called to the desk."""
    return [alert_view(one) for one in summons.mine(KIND, person_id)]


def watchers(subject: str) -> list[tuple[PersonView, datetime | None]]:
    """Who was called about a visit, and since when they are on the way."""
    found = [(alert_view(one), one.answered_at) for one, _ways in summons.about(KIND, subject)]
    return [(view.person, at) for view, at in found if view.person is not None]


def as_if_told(visit_id: int) -> datetime | None:
    """When a host who was held back would have been told: a visitor reads the same as everybody; None otherwise."""
    if not watch_list.of_visit(visit_id):
        return None
    visit = visits.one(visit_id)
    host = visit.host
    if host is None or visit.arrived_at is None:
        return None
    reached = screen.page_open(host.id) or (host.has_email and bool(settings().smtp_url))
    return visit.arrived_at if reached else None


def join() -> None:
    """Calls follow from a match, and end with what a person decides."""
    journal.within("watch_list.matched", called)
    for action in DECISIONS:
        journal.within(action, decided)
    journal.within("visits.departed", left)
    journal.within("watch_list.released", released)
    journal.within("watch_list.undone", undone)
    journal.within("visits.undone", left_undone)


__all__ = ["KIND", "as_if_told", "join", "watch_calls", "watchers"]
