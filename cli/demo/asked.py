"""Who asked the demo desk how a colleague is reached: somebody once a week, and was politely declined (5.2)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from cli.demo.days import working_days
from cli.demo.people import EMPLOYEES
from cli.demo.staff import People
from shared.contact_requests import ContactRequest
from shared.lib import db, text
from shared.lib.config import settings

WEDNESDAY, AT = 2, time(10, 40)
ASKERS = ("自称猎头的来电", "送样品的司机", "自称记者的来电", "没有预约的推销员", "自称同学的来电")
WANTED = ("phone", "phone", "email", "extension")


def keep(after: date, until: date, people: People, desk: Sequence[int]) -> None:
    """Writes those of the weeks from `after` on and before `until`."""
    rows = list(_rows(after, until, people, desk))
    if rows:
        db.write(lambda: db.session().execute(insert(ContactRequest), rows))


def _rows(after: date, until: date, people: People, desk: Sequence[int]) -> Iterator[dict[str, Any]]:
    for day in working_days(after, until):
        if day.weekday() != WEDNESDAY:
            continue
        week = day.toordinal() // 7
        about = people.get(week * 7 % len(EMPLOYEES))
        at = datetime.combine(day, AT, settings().zone) + timedelta(minutes=week * 37 % 300)
        if about is not None:
            yield {
                "token": text.token(12),
                "asker": ASKERS[week % len(ASKERS)],
                "person_id": about.id,
                "wanted": WANTED[week % len(WANTED)],
                "outcome": "refused" if week % 5 == 0 else "declined_relayed",
                "asked_at": at,
                "settled_at": at,
                "asked_by": desk[week % len(desk)] if desk else None,
            }
