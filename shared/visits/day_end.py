"""The end of the day (20:00, unless Settings say otherwise): whoever has not signed out counts as gone."""

from datetime import datetime, timedelta

from sqlalchemy import select

from shared import calendar, company
from shared.lib import clock, db
from shared.lib.actor import SYSTEM, acting_as
from shared.lib.i18n import today
from shared.visits.acts import depart_automatically
from shared.visits.model import ON_SITE, Visit

AT_ONCE = 50


def last_day_end(moment: datetime) -> datetime:
    """When the visitors' day ended last, at or before `moment`."""
    day, hour = today(moment), company.facts().day_ends
    end = calendar.at(day, hour)
    return end if end <= moment else calendar.at(day - timedelta(days=1), hour)


def next_day_end(moment: datetime) -> datetime:
    """When it ends next, after `moment`."""
    return calendar.at(today(last_day_end(moment) - timedelta(hours=1)) + timedelta(days=1), company.facts().day_ends)


def end_day() -> int:
    """Lets everybody leave who arrived before the last end of a day; how many. Nobody who came since is touched."""
    end, gone = last_day_end(clock.now()), 0
    with acting_as(SYSTEM):
        while some := _some(end):
            gone += some
    return gone


@db.act
def _some(end: datetime) -> int:
    still = select(Visit).where(Visit.state.in_(ON_SITE), Visit.arrived_at < end).order_by(Visit.id).limit(AT_ONCE)
    found = db.session().scalars(still).all()
    for visit in found:
        depart_automatically(visit, end)
    return len(found)
