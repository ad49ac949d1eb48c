"""Questions to the messages: what waits, what somebody holds, what was not confirmed by the evening."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from shared.lib import db
from shared.lib.errors import Forbidden, Invalid, NotFound
from shared.lib.i18n import _
from shared.relay.model import OPEN, Relay, RelayAttempt, RelayHolder
from shared.relay.views import COLUMNS, AttemptView, RelayView

_R: Any = Relay.__table__.c
_A: Any = RelayAttempt.__table__.c
_H: Any = RelayHolder.__table__.c
_HELD = (
    select(_H.person_id)
    .where(_H.relay_id == _R.id, _H.until.is_(None), or_(_H.role == "recipient", _H.role == "colleague"))
    .order_by(_H.id.desc())
    .limit(1)
    .scalar_subquery()
)
_VIEW = (*COLUMNS, func.coalesce(_HELD, _R.to_id).label("holder_id"))
_OF_VISITS = db.Prepared(select(*_VIEW).where(db.among(_R.visit_id)).order_by(_R.id), kept=500)
_REPLY = (_R.status == "confirmed") & _R.reply_required.is_(True)
_UNFINISHED = db.Prepared(
    select(_R.id)
    .where(_R.subject == bindparam("subject_"), or_(*(_R.status == status for status in OPEN), _REPLY))
    .limit(1)
)
FILTERS: dict[str, Any] = {
    "open": _R.status.in_(OPEN) | _REPLY,
    "unconfirmed": _R.status.in_(OPEN),
    "unanswered": _REPLY,
    "wrong": _R.wrong_count > 0,
    "done": _R.status.in_(("replied", "closed", "cancelled")) | ((_R.status == "confirmed") & ~_R.reply_required),
    "all": _R.id > 0,
}


def one(token: str) -> RelayView:
    """The message with this public id; NotFound when there is none."""
    found = _views(select(*_VIEW).where(_R.token == token))
    if not found:
        raise NotFound(_("There is no such message."))
    return found[0]


def for_person(token: str, person_id: int) -> RelayView:
    """The same for somebody who was ever asked about it; Forbidden for everybody else (procedure 一.1.8)."""
    view = one(token)
    if role_of(view, person_id) is None:
        raise Forbidden(_("This message is for somebody else."))
    return view


def role_of(view: RelayView, person_id: int) -> str | None:
    """As what somebody holds, or held, a message; None when they never did."""
    query = select(_H.role).where(_H.relay_id == view.id, _H.person_id == person_id).order_by(_H.id.desc())
    with db.looking() as on:
        found: str | None = on.execute(query).scalar()
    return found


def holds(view: RelayView, person_id: int) -> bool:
    """Whether somebody may act on it now."""
    query = select(_H.id).where(_H.relay_id == view.id, _H.person_id == person_id, _H.until.is_(None))
    with db.looking() as on:
        return on.execute(query).first() is not None


def of_person(person_id: int) -> list[RelayView]:
    """What this person holds and has not finished, the longest waiting first."""
    mine = select(_H.relay_id).where(_H.person_id == person_id, _H.until.is_(None))
    return _views(select(*_VIEW).where(_R.id.in_(mine), FILTERS["open"]).order_by(_R.id).limit(50))


def of_visit(visit_id: int) -> list[RelayView]:
    """Every message about a visit, oldest first."""
    return _views(select(*_VIEW).where(_R.visit_id == visit_id).order_by(_R.id))


def for_visits(visit_ids: Iterable[int]) -> dict[int, list[RelayView]]:
    """The messages of the visits on the board, without their tries."""
    found: dict[int, list[RelayView]] = defaultdict(list)
    with db.looking() as on:
        for some in db.spread(visit_ids):
            for row in _OF_VISITS.all(some, on):
                found[row.visit_id].append(RelayView(*row))
    return found


def many(tokens: Iterable[str]) -> dict[str, RelayView]:
    """These messages with their tries, by token."""
    return {view.token: view for view in _views(select(*_VIEW).where(_R.token.in_(list(tokens))))}


def page(
    which: str = "open", *, person_id: int | None = None, after: str = "", limit: int = 50
) -> tuple[list[RelayView], str | None]:
    """A page of the messages, newest first; only a person's own when one is given. The second value is the cursor."""
    if which not in FILTERS:
        raise Invalid(_("There is no such state."), fields={"state": _("There is no such state.")})
    query = select(*_VIEW).where(FILTERS[which]).order_by(_R.id.desc()).limit(limit + 1)
    if person_id is not None:
        query = query.where(_R.id.in_(select(_H.relay_id).where(_H.person_id == person_id)))
    if after.isdigit() and len(after) < 19:
        query = query.where(_R.id < int(after))
    found = _views(query)
    return found[:limit], str(found[limit - 1].id) if len(found) > limit else None


def hand_over(moment: datetime) -> list[RelayView]:
    """What was taken down before `moment`, the end of a working day, and nobody had confirmed by then (O8)."""
    unconfirmed = or_(_R.confirmed_at.is_(None), _R.confirmed_at > moment)
    kept = or_(_R.cancelled_at.is_(None), _R.cancelled_at > moment)
    return _views(select(*_VIEW).where(_R.recorded_at <= moment, unconfirmed, kept).order_by(_R.id))


def about(subjects: Iterable[str]) -> dict[str, list[RelayView]]:
    """The messages about each of these, oldest first."""
    found: dict[str, list[RelayView]] = defaultdict(list)
    for view in _views(select(*_VIEW).where(_R.subject.in_(list(subjects))).order_by(_R.id)):
        found[view.subject].append(view)
    return found


def passed_on(subjects: Iterable[str]) -> dict[str, datetime]:
    """When the last message about each of these was passed on; nothing for those of which none was."""
    query = select(_R.subject, _R.notified_at).where(_R.subject.in_(list(subjects)), _R.notified_at.is_not(None))
    with db.looking() as on:
        return {row.subject: row.notified_at for row in on.execute(query.order_by(_R.id))}


def unfinished(subject: str) -> bool:
    """Whether a message about it still has to be confirmed or answered."""
    with db.looking() as on:
        return _UNFINISHED.first({"subject_": subject}, on) is not None


def _views(query: Select[Any]) -> list[RelayView]:
    with db.looking() as on:
        rows = on.execute(query).all()
        tries: dict[int, list[AttemptView]] = defaultdict(list)
        wanted = select(_A).where(_A.relay_id.in_([row.id for row in rows])).order_by(_A.id)
        for row in on.execute(wanted) if rows else ():
            tries[row.relay_id].append(
                AttemptView(row.n, row.at, row.by, row.channel, row.result, row.note or "", row.round, row.undone)
            )
    return [RelayView(*(*row, tuple(tries[row.id]))) for row in rows]
