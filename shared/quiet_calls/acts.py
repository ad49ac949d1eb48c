"""A receptionist calls without a word: whoever was chosen is told at once, says who comes, and somebody ends it."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, insert, select

from shared import directory, journal
from shared.lib import clock, db, text
from shared.lib.actor import SYSTEM, acting_as, actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, Invalid
from shared.lib.i18n import _
from shared.quiet_calls import questions
from shared.quiet_calls.forms import Ending, QuietSettings
from shared.quiet_calls.model import SAYS, QuietAnswer, QuietCall, Responder
from shared.quiet_calls.views import QuietView

FRESH, LONGEST = timedelta(minutes=10), timedelta(hours=12)
Rings = Callable[[str], bool]
_rings: list[Rings] = []


def ring_with(rings: Rings) -> None:
    """Names what knows whether anybody is called still about a subject."""
    _rings[:] = [rings]


@db.act
def begin(*, drill: bool = False) -> tuple[QuietView, bool]:
    """Everybody who was chosen is called. Pressed again while one runs it adds nothing (then False).

    One of more than ten minutes ago, or that rings nowhere, may be one that nobody ended: it is over and a new one
    calls everybody. A real call ends a drill; a drill waits for the end of a real call: Conflict.
    """
    now = questions.running()
    if now is not None and drill and not now.drill:
        raise Conflict(_("A real call is running. A drill has to wait."), code="runs")
    if now is not None and now.drill == drill:
        if _holds(now):
            return now, False
        _end(now, Ending(), "quiet_calls.renewed")
    elif now is not None:
        _end(now, Ending())
    return _begin(drill=drill), True


@db.act
def answer(token: str, person_id: int, says: str) -> bool:
    """Somebody who was called is on the way, or has called the police; whether that is new. Gone once it is over."""
    call = questions.one(token)
    if says not in SAYS:
        raise Invalid(_("Choose an answer."), fields={"answer": _("Choose an answer.")})
    if not call.running:
        raise Gone(_("This call is over."))
    if any((one.person_id, one.says) == (person_id, says) for one in call.answers):
        return False
    db.session().add(QuietAnswer(call_id=call.id, person_id=person_id, says=says, at=act_time()))
    db.session().flush()
    journal.record(f"quiet_calls.{says}", call.subject, person_id=person_id)
    return True


@db.act
def end(token: str, form: Ending) -> QuietView:
    """The call is over: Conflict when it already was, Invalid when nobody says what happened."""
    call = questions.one(token)
    if not call.running:
        raise Conflict(_("This call is over."), code="ended")
    if not (form.note or form.false_alarm or call.drill):
        raise Invalid(_("Write a word on what happened."), fields={"note": _("Write a word on what happened.")})
    return _end(call, form)


@db.act
def choose(form: QuietSettings) -> None:
    """From now on these people are called, in this order."""
    people = list(dict.fromkeys(directory.by_token(token).id for token in form.responders))
    before = list(db.session().scalars(select(Responder.person_id).order_by(Responder.place)))
    if people == before:
        return
    db.session().execute(delete(Responder))
    if people:
        db.session().execute(insert(Responder), [{"person_id": one, "place": at} for at, one in enumerate(people)])
    journal.record("quiet_calls.chosen", "quiet_calls", new=len(people))


def end_old() -> int:
    """A call that nobody ended is over by itself after twelve hours; whether there was one."""
    now = questions.running()
    if now is None or clock.now() - now.begun_at < LONGEST:
        return 0
    with acting_as(SYSTEM):
        return _lapse(now.token)


@db.act
def _lapse(token: str) -> int:
    call = questions.one(token)
    if call.running:
        _end(call, Ending(), "quiet_calls.lapsed")
    return int(call.running)


def _holds(call: QuietView) -> bool:
    """Whether a call is as good as a new one: begun just now, and ringing, or with nobody whom it could call."""
    if act_time() - call.begun_at > FRESH:
        return False
    return not questions.responders() or any(rings(call.subject) for rings in _rings)


def _begin(*, drill: bool) -> QuietView:
    row = QuietCall(token=text.token(12), drill=drill, running=1, begun_at=act_time(), begun_by=actor().ref)
    db.session().add(row)
    db.session().flush()
    people = [one.id for one in questions.responders()]
    journal.record("quiet_calls.begun", f"quiet_call:{row.token}", drill=drill, people=people, new=len(people))
    return questions.one(row.token)


def _end(call: QuietView, form: Ending, action: str = "quiet_calls.ended") -> QuietView:
    row = db.session().get_one(QuietCall, call.id)
    row.running, row.ended_at, row.ended_by = None, max(act_time(), call.begun_at), actor().ref
    row.false_alarm, row.note = form.false_alarm, form.note or None
    db.session().flush()
    journal.record("quiet_calls.false_alarm" if form.false_alarm else action, call.subject, drill=call.drill)
    return questions.one(call.token)
