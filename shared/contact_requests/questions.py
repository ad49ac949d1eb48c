"""Questions to the requests: those of a visit, those a person is asked about now, those of a week."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from shared.contact_requests.model import ContactRequest
from shared.contact_requests.views import COLUMNS, WAITS, RequestView
from shared.lib import clock, db
from shared.lib.errors import NotFound
from shared.lib.i18n import _

MOST = 200
_C: Any = ContactRequest.__table__.c


def one(token: str) -> RequestView:
    """The request with this public id; NotFound when there is none."""
    found = _views(_C.token == token)
    if not found:
        raise NotFound(_("There is no such request."))
    return found[0]


def of_visit(visit_id: int) -> list[RequestView]:
    """What a visitor asked for, newest first."""
    return _views(_C.visit_id == visit_id)


def of_calls(call_ids: Iterable[int]) -> dict[int, list[RequestView]]:
    """What was asked for in these calls, oldest first, by call."""
    found: dict[int, list[RequestView]] = defaultdict(list)
    for one in _views(_C.call_id.in_(list(call_ids)))[::-1]:
        found[one.call_id or 0].append(one)
    return found


def of_pad(pad: str, account: int) -> list[RequestView]:
    """What the caller asked for whose call an account is writing down there, newest first."""
    return _views(_C.pad == pad, _C.asked_by == account)


def of_person(person_id: int, since: datetime) -> list[RequestView]:
    """Who asked about somebody, newest first."""
    return _views(_C.person_id == person_id, _C.asked_at >= since)


def open_for(person_id: int) -> list[RequestView]:
    """What somebody is asked about now, oldest first."""
    return _views(_C.person_id == person_id, _C.outcome.is_(None), _C.asked_at > clock.now() - WAITS)[::-1]


def between(start: datetime, end: datetime) -> list[RequestView]:
    """The newest of a time, no more than MOST."""
    return _views(_C.asked_at >= start, _C.asked_at < end)


def outcomes(start: datetime, end: datetime) -> dict[str, int]:
    """What became of all of a time: how many of each, "" for those without an answer."""
    became = func.coalesce(_C.outcome, "").label("became")
    query = select(became, func.count().label("often")).where(_C.asked_at >= start, _C.asked_at < end)
    with db.looking() as on:
        return {row.became: row.often for row in on.execute(query.group_by(_C.outcome))}


def turns(requests: Iterable[RequestView]) -> datetime | None:
    """When time alone changes what one of these says; None when it does not."""
    moments = [one.lapses if one.open else one.good_until for one in requests if one.open or one.may_be_shown]
    return min((moment for moment in moments if moment is not None), default=None)


def _views(*where: Any) -> list[RequestView]:
    query = select(*COLUMNS).where(*where).order_by(_C.id.desc()).limit(MOST)
    with db.looking() as on:
        return [RequestView(*row) for row in on.execute(query)]
