"""A request is written down, the person says yes or no with a tap of their own, and only then is anything shown."""

from sqlalchemy import select

from shared import accounts, directory, journal, phone, visits
from shared.contact_requests.forms import ContactForm, Outcome
from shared.contact_requests.model import AGREED, ContactRequest
from shared.contact_requests.views import COLUMNS, GOOD, WAITS, RequestView
from shared.directory import PersonView
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from shared.lib.i18n import _, language
from shared.phone import CallView
from shared.visits import VisitView


@db.act
def note(
    person: PersonView, form: ContactForm, *, visit: VisitView | None = None, pad: str | None = None
) -> RequestView:
    """Writes down who asked and what was said; with `ask` the person is asked, and nothing is shown meanwhile.

    `pad` is where the call is being written down of a caller who asked; they need not have said who they are.
    """
    if visit is None and not pad and not form.asker:
        raise Invalid(_("Write who asked."), fields={"asker": _("Write who asked.")})
    if form.outcome == AGREED:
        raise Conflict(_only_themselves(person), code="own-tap")
    if form.outcome == "ask":
        _can_be_asked(person, form.wanted)
    row = ContactRequest(
        token=text.token(12),
        visit_id=visit.id if visit else None,
        pad=pad,
        asker=None if visit else form.asker or None,
        person_id=person.id,
        wanted=form.wanted,
        asked_at=act_time(),
        asked_by=_account(),
    )
    db.session().add(row)
    if form.outcome == "ask":
        return _happened("contacts.asked", row)
    return _settled("contacts.noted", row, form.outcome)


@db.act
def written_down(pad: str, call: CallView) -> None:
    """The call is saved whose caller asked: from now on the call says who that was."""
    waits = (ContactRequest.pad == pad, ContactRequest.asked_by == _account())
    for row in db.session().scalars(select(ContactRequest).where(*waits)):
        row.pad = row.asker = None
        row.call_id = call.id
        _happened("contacts.asked_by_phone", row)


@db.act
def answer(token: str, *, agrees: bool) -> RequestView:
    """The person themselves, signed in, says yes or no. Forbidden for everybody else, a link and a program included."""
    row = _row(token)
    if actor().kind != "account" or actor().person_id != row.person_id:
        raise Forbidden(_("Only the colleague can say this, on their own page."))
    if row.outcome is not None:
        raise Gone(_("This has been settled."))
    if act_time() >= row.asked_at + WAITS:
        raise Gone(_("Whoever asked was not kept waiting any longer."))
    row.answered_at, row.answered_by = act_time(), _account()
    return _settled("contacts.agreed" if agrees else "contacts.declined", row, AGREED if agrees else "refused")


@db.act
def settle(token: str, outcome: Outcome) -> RequestView:
    """Reception ends a request that nobody answered: declined, or refused. Never that the person agreed."""
    row = _row(token)
    if outcome == AGREED:
        person = directory.person(row.person_id)
        raise Conflict(_only_themselves(person), code="own-tap")
    if row.outcome is not None:
        raise Conflict(_("This has been settled."))
    return _settled("contacts.noted", row, outcome)


@db.act
def show(token: str) -> dict[str, str]:
    """The one way that the person agreed to, for an hour; the journal keeps the look."""
    row = _row(token)
    if row.outcome != AGREED or row.answered_at is None:
        raise Conflict(_only_themselves(directory.person(row.person_id)), code="own-tap")
    if act_time() >= row.answered_at + GOOD:
        raise Gone(_("This was an hour ago. Ask again."))
    person = directory.person(row.person_id)
    return directory.reveal_contact(person.token, [row.wanted]) if person else {}


def _can_be_asked(person: PersonView, wanted: str) -> None:
    values = {"name": person.spoken(language())}
    account = accounts.account_of_person(person.id)
    if not person.active or account is None or account.disabled_at is not None:
        raise Conflict(_("%(name)s has no page of their own. Pass a message on instead.") % values, code="no-page")
    if wanted not in person.ways:
        raise Conflict(_("The desk does not know this about %(name)s.") % values, code="unknown")


def _only_themselves(person: PersonView | None) -> str:
    name = person.spoken(language()) if person else ""
    return _("%(name)s has to agree on their own page first.") % {"name": name}


def _settled(action: str, row: ContactRequest, outcome: str) -> RequestView:
    row.outcome, row.settled_at = outcome, act_time()
    return _happened(action, row, outcome=outcome)


def _happened(action: str, row: ContactRequest, **data: str) -> RequestView:
    """One journal row, at the visit, the call or the person; those it is about hear of it, no visitor's screen does."""
    db.session().flush()
    journal.record(action, _subject(row), person_id=row.person_id, ways=[row.wanted], **data)
    return RequestView(**{column.name: getattr(row, column.name) for column in COLUMNS})


def _subject(row: ContactRequest) -> str:
    if row.visit_id is not None:
        return f"visit:{visits.one(row.visit_id).token}"
    calls = phone.by_ids([row.call_id]) if row.call_id is not None else []
    person = directory.person(row.person_id)
    return f"phone:{calls[0].token}" if calls else f"person:{person.token if person else ''}"


def _row(token: str) -> ContactRequest:
    row: ContactRequest | None = db.session().scalar(select(ContactRequest).where(ContactRequest.token == token))
    if row is None:
        raise NotFound(_("There is no such request."))
    return row


def _account() -> int | None:
    return (actor().id or None) if actor().kind == "account" else None
