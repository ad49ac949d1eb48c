"""What happens to calls: one is written down, one is missed, somebody is called back (procedure 二.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from shared import deadlines, directory, journal, register, relay
from shared.directory import PersonView
from shared.lib import db, i18n, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, Invalid, NotFound
from shared.lib.i18n import _
from shared.phone.forms import CallForm
from shared.phone.model import RESULTS, Call, CallBack, key_of
from shared.phone.register import REGISTER
from shared.visits.forms import HostRef

TRIES = 3  # without an answer, and the call is closed (procedure T08)
OLDEST = timedelta(days=7)
UNDO = timedelta(seconds=15)
_MISSED = db.PreparedInsert(Call, returning="id")


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the call, its message when somebody is to be told, and the seq of the journal."""

    token: str
    reg_no: str
    state: str
    seq: int
    message: str = ""


@db.act
def take(form: CallForm) -> Done:
    """Writes a call down; who is not there gets a message within five minutes (procedure 二.1.6, 二.1.7)."""
    form.check(act_time())
    wanted = _wanted(form)
    if form.call_at is not None and form.call_at < act_time() - OLDEST:
        raise Invalid(_("This is more than a week ago."), fields={"call_at": _("This is more than a week ago.")})
    row = _row(
        at=form.call_at, number=form.number, state="handled", outcome=form.outcome, settled_at=act_time(),
        caller_name=form.caller_name, caller_company=form.caller_company, caller_title=form.caller_title,
        spoken=form.spoken, rings=form.rings, wanted_id=wanted.id if wanted else None,
        wanted_text=form.wanted if isinstance(form.wanted, str) else "", content=form.content,
        transfer_result=form.transfer_result, offer=form.offer if form.outcome == "absent" else "",
        complaint=form.complaint or None, complained=bool(form.complaint),
        answered_by=(actor().id or None) if actor().kind == "account" else None,
    )  # fmt: skip
    if form.back_of:
        _answers(row, form.back_of)
    _rang_again(row)
    done = _happened("phone.taken", row, person_id=row.wanted_id)
    if not form.passed_on or wanted is None:
        return done
    told = relay.record(_message(form), wanted, subject=_subject(row))
    return Done(done.token, done.reg_no, done.state, done.seq, told.token)


@db.act
def miss(
    number: str | None, at: datetime, *, rings: int | None = None, source: str = "console", rang_again: bool = False
) -> Done:
    """Nobody answered: the call waits to be called back, within ten minutes of working time (procedure 二.1.5, T08).

    Not when it is known already that the caller `rang_again`.
    """
    if at > act_time():
        raise Invalid(_("This has not happened yet."), fields={"call_at": _("This has not happened yet.")})
    state = "unreachable" if number is None else "rang_again" if rang_again else "missed"
    settled = None if state == "missed" else act_time()  # without a number nobody can be called back
    values = _values(at, number) | {"state": state, "outcome": "missed", "rings": rings, "settled_at": settled}
    made, subject = _MISSED.first({**values, "source": source}).id, f"phone:{values['token']}"
    register.count(REGISTER, i18n.today(at))
    if state == "missed":
        deadlines.start("T08", subject, at=at)
    event = journal.record("phone.missed", subject, phone=made)
    return Done(values["token"], values["reg_no"], state, event.seq)


@db.act
def call_back(token: str, result: str, note: str = "") -> Done:
    """A try to call somebody back; the third without an answer closes the call as unreachable."""
    row = _waiting(token)
    if result not in RESULTS:
        raise Invalid(_("There is no such outcome."), fields={"result": _("There is no such outcome.")})
    db.session().add(CallBack(call_id=row.id, at=act_time(), by=actor().ref, result=result, note=note or None))
    db.session().flush()
    if result == "reached":
        _settle(row, "called_back")
    elif _failures(row) >= TRIES:
        _settle(row, "unreachable")
    return _happened("phone.tried", row, result=result)


@db.act
def undo(seq: int) -> Done:
    """One's own last try is taken back within 15 seconds; the clock goes on."""
    event = journal.at(seq)
    if event is None or event.action != "phone.tried" or event.actor != actor().ref:
        raise NotFound(_("There is nothing to undo."))
    if act_time() - event.at > UNDO:
        raise Gone(_("It is too late to undo this."))
    if [one.seq for one in journal.about(event.subject) if one.topic == "phone"][-1] != seq:
        raise Conflict(_("Something else has happened since. It can no longer be undone."))
    row = _of(event.subject.partition(":")[2])
    tried = (CallBack.call_id == row.id, CallBack.at == event.at)
    db.session().execute(update(CallBack).where(*tried).values(undone=True))
    if row.state != "missed":
        row.state, row.settled_at = "missed", None
        deadlines.undo(event.subject, event.at)
    return _happened("phone.undone", row, undid=event.action)


def _row(*, at: datetime | None, number: str | None, **values: Any) -> Call:
    moment = at or act_time()
    row = Call(**_values(moment, number), **values)
    db.session().add(row)
    db.session().flush()
    register.count(REGISTER, i18n.today(moment))
    return row


def _values(moment: datetime, number: str | None) -> dict[str, Any]:
    """What every row begins with."""
    year = i18n.today(moment).year
    return {
        "token": text.token(12), "reg_no": f"TEL-{year}-{db.next_number(f'phone:{year}'):05d}", "call_at": moment,
        "created_at": act_time(), "number": number, "number_key": key_of(number),
    }  # fmt: skip


def _wanted(form: CallForm) -> PersonView | None:
    if not isinstance(form.wanted, HostRef):
        return None
    person = directory.resolve_ref(form.wanted.ref)
    if person is None or not person.active:
        raise Invalid(_("Choose who it is for."), fields={"wanted": _("Choose who it is for.")})
    return person


def _message(form: CallForm) -> relay.MessageForm:
    number = None if form.no_call_back and form.offer == "message" else form.call_back_number or form.number
    return relay.MessageForm(
        from_name=form.caller_name or _("Did not say"), company=form.caller_company, number=number,
        no_call_back=number is None, message=form.content, urgency=form.urgency,
        reply_required=form.reply_required or form.offer == "call_back", read_back=form.read_back,
    )  # fmt: skip


def _answers(row: Call, token: str) -> None:
    """This call is the one by which a missed one was called back."""
    missed = _of(token)
    row.direction, row.back_of = "out", missed.id
    if missed.state == "missed":
        db.session().add(CallBack(call_id=missed.id, at=act_time(), by=actor().ref, result="reached"))
        _settle(missed, "called_back")
        _happened("phone.tried", missed, result="reached")


def _rang_again(row: Call) -> None:
    if row.number_key is not None and row.direction == "in":
        rang_again(row.number_key, row.call_at, apart_from=row.id)


@db.act
def rang_again(number_key: str, at: datetime, *, apart_from: int = 0) -> None:
    """Whoever was missed and rings again, and is answered `at` last, needs no call back."""
    waits = (Call.number_key == number_key, Call.state == "missed", Call.id != apart_from, Call.call_at <= at)
    for missed in db.session().scalars(select(Call).where(*waits)):
        _settle(missed, "rang_again")
        _happened("phone.rang_again", missed)


def _settle(row: Call, state: str) -> None:
    row.state, row.settled_at = state, act_time()
    if state == "called_back":
        deadlines.meet("T08", _subject(row))
    else:
        deadlines.drop("T08", _subject(row), state)


def _failures(row: Call) -> int:
    mine = (CallBack.call_id == row.id, CallBack.result != "reached", CallBack.undone.is_(False))
    return db.session().scalar(select(func.count()).where(*mine)) or 0


def _of(token: str) -> Call:
    row: Call | None = db.session().scalar(select(Call).where(Call.token == token))
    if row is None:
        raise NotFound(_("There is no such call."))
    return row


def _waiting(token: str) -> Call:
    row = _of(token)
    if row.state != "missed":
        raise Conflict(_("This has been settled."))
    return row


def _subject(row: Call) -> str:
    return f"phone:{row.token}"


def _happened(action: str, row: Call, **data: Any) -> Done:
    db.session().flush()
    event = journal.record(action, _subject(row), person_id=data.pop("person_id", None), phone=row.id, **data)
    return Done(row.token, row.reg_no, row.state, event.seq)
