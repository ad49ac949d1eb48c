"""The demo company held an evacuation drill on the last working day: everybody was found in about four minutes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from cli.demo.days import working_days
from cli.demo.today import clock_at
from shared import roll_call
from shared.lib import db
from shared.lib.actor import Actor, acting_as
from shared.lib.config import settings
from shared.roll_call import CallView, MarkForm, MarksForm, StartForm
from shared.roll_call.acts import add_all
from shared.roll_call.listing import of
from shared.visits import Visit

AT = time(15, 0)
LASTED = timedelta(seconds=248)
HELPED, MISSED = 7, 11  # places on the list


def hold(after: date, until: date, desk: Sequence[int]) -> None:
    """On the last working day from `after` on and before `until`, by two wardens of the desk."""
    days = list(working_days(after, until))
    if not days or len(desk) < 2 or roll_call.last(1):
        return
    begun = _moment(days[-1])
    first, second = (Actor("account", one) for one in desk[:2])
    with clock_at(begun), acting_as(first):
        call = db.write(lambda: _with_visitors(roll_call.start(StartForm(drill=True))[0], begun))
    people = [one.subject for one in roll_call.people(call)]
    for place, subject in enumerate(people):
        said = begun + LASTED * (place + 1) / len(people)
        with acting_as((first, second)[place % 2]), clock_at(said):
            roll_call.mark(call.token, MarksForm(marks=list(_said(place, subject))))
    with clock_at(begun + LASTED + timedelta(minutes=1)), acting_as(first):
        roll_call.end(call.token)


def _moment(day: date) -> datetime:
    """In the afternoon while a visitor is in the house, when there is one."""
    noon, evening = (datetime.combine(day, hour, settings().zone) for hour in (time(13, 0), time(17, 30)))
    there: Any = Visit.__table__.c
    query = select(there.arrived_at, there.left_at).where(there.arrived_at.between(noon, evening))
    with db.looking() as on:
        for row in on.execute(query.order_by(there.arrived_at)):
            if row.left_at is not None and row.left_at > row.arrived_at + timedelta(minutes=10):
                begun: datetime = row.arrived_at + timedelta(minutes=5)
                return begun
    return datetime.combine(day, AT, settings().zone)


def _with_visitors(call: CallView, begun: datetime) -> CallView:
    """Whoever was there then has left the register's list since."""
    there: Any = Visit.__table__.c
    query = select(there.token).where(there.arrived_at <= begun, there.left_at > begun).order_by(there.arrived_at)
    with db.looking() as on:
        visitors = [of(f"visit:{row.token}") for row in on.execute(query)]
    add_all(call, visitors, late=False)
    return call


def _said(place: int, subject: str) -> Iterator[MarkForm]:
    """Nearly everybody is safe at once; one is helped down the stairs, one is looked for twice."""
    before = {HELPED: "help", MISSED: "not_found"}.get(place)
    if before is not None:
        yield MarkForm.model_validate({"subject": subject, "state": before, "key": f"drill-{place:04d}-1"})
        back = {"subject": subject, "state": "withdrawn", "key": f"drill-{place:04d}-2"}
        yield MarkForm.model_validate(back | {"withdraws": [f"drill-{place:04d}-1"]})
    yield MarkForm.model_validate({"subject": subject, "state": "safe", "key": f"drill-{place:04d}-3"})
