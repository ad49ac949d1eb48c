"""The host answers: the visitor hears it, every channel is settled, a later answer replaces the earlier."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select, update

from shared import directory, journal, visits, watch_list
from shared.alerts import backup, filing, quiet, watching
from shared.alerts.ladder import others_need_not, takes_over
from shared.alerts.model import ANSWERS, LIVE, Alert, AlertVisit, Delivery
from shared.alerts.raising import call
from shared.directory import PersonView
from shared.lib import clock, db
from shared.lib.errors import Forbidden, Gone, Invalid, NotFound
from shared.lib.i18n import _, format_time, language
from shared.visits import Visit
from shared.visits.model import WAITING

MOST_MINUTES = 120
_D: Any = Delivery.__table__.c
_members = select(AlertVisit.visit_id).where(AlertVisit.alert_id == Alert.id, AlertVisit.waiting).correlate(Alert)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, and who goes instead when it was passed on."""

    token: str
    state: str
    answer: str
    minutes: int | None
    colleague: PersonView | None
    at: datetime


@db.act
def answer(
    token: str, person_id: int, answer: str, minutes: int | None = None, to_ref: str | None = None, via: str = "me"
) -> Answered:
    """Answers an alert for the person it was meant for; `delegated` goes to `to_ref`, or to the deputy.

    Raises NotFound, Forbidden for anybody else, Gone once it is over, Invalid for an answer that says too little.
    """
    row = db.session().scalar(select(Alert).where(Alert.token == token))
    if row is None:
        raise NotFound(_("There is no such alert."))
    if row.person_id != person_id:
        raise Forbidden(_("Somebody else was asked."))
    if row.state not in LIVE or row.expires_at <= db.act_time():
        raise Gone(why_over(row))
    if row.kind == quiet.KIND:
        return _says(row, answer, via)
    if row.kind in (backup.KIND, watching.KIND, *filing.KINDS):
        return _goes(row, answer, via)
    minutes = _minutes(answer, minutes)
    colleague = _colleague(person_id, to_ref) if answer == "delegated" else None
    waiting = _waiting(row)
    if not waiting:
        raise Gone(why_over(row))
    _keep(row, answer, minutes, colleague, via)
    for visit_id, subject in waiting:
        if answer != "cannot":
            others_need_not(visit_id, subject, person_id)
        goes = colleague.id if colleague else takes_over(visit_id, person_id, answer)
        visits.answered(visit_id, answer, minutes=minutes, host_id=goes)
        if colleague is not None and not watch_list.holds(visit_id):
            call(visit_id, subject, colleague.id, db.act_time())
    said = {"visit": row.visit_id, "answer": answer, "minutes": minutes, "via": via}
    journal.record("alerts.answered", f"alert:{token}", person_id=person_id, **said)
    return Answered(token, row.state, answer, minutes, colleague, db.act_time())


@db.act
def answer_for(visit_token: str, answer_: str, minutes: int | None = None) -> Answered:
    """The host has told reception what they answer; it counts as if they had said so themselves."""
    query = (
        select(Alert.token, Alert.person_id)
        .join(Visit, or_(Visit.id == Alert.visit_id, Visit.id.in_(_members)))
        .where(Visit.token == visit_token, Alert.person_id == Visit.host_id, Alert.state.in_(LIVE))
    )
    row = db.connection().execute(query.order_by(Alert.summary, Alert.id.desc())).first()
    if row is None:
        raise Gone(_("This has been settled."))
    return answer(row.token, row.person_id, answer_, minutes, via="desk")


def over(token: str) -> str:
    """Why an alert takes no answer any more, in a sentence; empty while it does."""
    with db.reading() as session:
        row = session.scalar(select(Alert).where(Alert.token == token))
        if row is None or (row.state in LIVE and row.expires_at > clock.now()):
            return ""
        return why_over(row)


def why_over(row: Alert) -> str:
    """Who has taken over, or when it was settled."""
    if row.passed_to is not None:
        return taken_over(directory.person(row.passed_to))
    if row.state == "cancelled":
        with db.reading() as session:
            now_with = session.scalar(select(Visit.host_id).where(Visit.id == row.visit_id))
        if now_with is not None and now_with != row.person_id:
            return taken_over(directory.person(now_with))
    if row.ended_at is not None:
        return _("This was settled at %(time)s.") % {"time": format_time(row.ended_at)}
    return _("This has been settled.")


def taken_over(colleague: PersonView | None) -> str:
    """Who has taken over."""
    return _("%(name)s has taken over.") % {"name": colleague.spoken(language()) if colleague else _("Somebody else")}


def _goes(row: Alert, answer: str, via: str) -> Answered:
    """Whoever is called to the desk has one answer: they are on their way. Said again, it is the same."""
    if answer != "coming":
        raise Invalid(_("Choose an answer."), fields={"answer": _("Choose an answer.")})
    if row.answer is None:
        _keep(row, answer, None, None, via)
        if row.kind == backup.KIND:
            backup.goes(row)
        else:
            journal.record(f"alerts.{row.kind}_goes", row.subject, person_id=row.person_id, via=via)
    return Answered(row.token, row.state, answer, None, None, row.answered_at or db.act_time())


def _says(row: Alert, answer: str, via: str) -> Answered:
    """Whoever a quiet call calls is on the way, or has called the police; the first of it stops the ringing."""
    quiet.says(row.subject, row.person_id, answer)
    if row.answer is None:
        _keep(row, "coming", None, None, via)
    return Answered(row.token, row.state, answer, None, None, row.answered_at or db.act_time())


def _minutes(answer: str, minutes: int | None) -> int | None:
    if answer not in ANSWERS:
        raise Invalid(_("Choose an answer."), fields={"answer": _("Choose an answer.")})
    if answer != "minutes":
        return None
    if minutes is None or not 1 <= minutes <= MOST_MINUTES:
        sentence = _("Say how many minutes: 1 to %(most)s.") % {"most": MOST_MINUTES}
        raise Invalid(sentence, fields={"minutes": sentence})
    return minutes


def _colleague(person_id: int, ref: str | None) -> PersonView:
    found = directory.resolve_ref(ref) if ref else directory.deputy_of(person_id)
    if found is None or found.id == person_id:
        raise Invalid(_("Choose who goes instead."), fields={"to": _("Choose who goes instead.")})
    return found


def _waiting(row: Alert) -> list[tuple[int, str]]:
    """The visits this answer is about, as far as they still wait: one, or all of a summary.

    What the host has answered stands above what their deputy says later.
    """
    unsaid = or_(Visit.host_id == row.person_id, Visit.host_answer.is_(None), Visit.host_answer == "cannot")
    query = select(Visit.id, Visit.token).where(Visit.state.in_(WAITING), unsaid)
    if row.summary:
        members = select(AlertVisit.visit_id).where(AlertVisit.alert_id == row.id, AlertVisit.waiting)
        query = query.where(Visit.id.in_(members))
    else:
        query = query.where(Visit.id == row.visit_id)
    found = db.connection().execute(query.order_by(Visit.id))
    return [(visit.id, f"visit:{visit.token}") for visit in found]


def _keep(row: Alert, answer: str, minutes: int | None, colleague: PersonView | None, via: str) -> None:
    """Writes the answer; passing it on is the last word, everything else may still be replaced."""
    row.answer, row.minutes, row.answered_via = answer, minutes, via
    row.answered_by_person, row.answered_at = row.person_id, db.act_time()
    row.state = "answered"
    if colleague is not None:
        row.state, row.passed_to, row.ended_at = "settled", colleague.id, db.act_time()
    db.session().flush()
    settled = case((_D.state == "failed", "failed"), else_="answered")
    db.connection().execute(update(Delivery).where(_D.alert_id == row.id).values(state=settled, next_at=None))
