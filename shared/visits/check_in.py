"""Check-in: the one act everything else waits for; statements are built once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select, update

from shared import company, deadlines, directory, journal, notice, register, watch_list
from shared.directory import PersonView
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.clock import now
from shared.lib.db import act_time
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _, today
from shared.visits import absence
from shared.visits.acts import chosen
from shared.visits.forms import COMPANY_PURPOSES, CheckIn, HostRef
from shared.visits.model import Picture, Visit, badge_of
from shared.visits.register import REGISTER

_V: Any = Visit.__table__.c
_INSERT = db.PreparedInsert(Visit, returning="id")
_PICTURE = db.PreparedInsert(Picture)
_UPDATE = update(Visit).where(Visit.id == bindparam("visit_id"))
_COME, _HERE = _V.arrived_at.is_not(None), _V.left_at.is_(None)
_TAKEN = db.Prepared(
    select(
        exists().where(_V.visitor_key == bindparam("key_"), _COME).label("seen"),
        exists().where(_V.phone_key == bindparam("phone_key_"), _COME).label("phone_seen"),
        exists().where(_V.badge_number == bindparam("number_"), _HERE).label("worn"),
        exists().where(_V.short_code == bindparam("code_"), _HERE).label("code_used"),
    )
)
_EXPECTED = db.Prepared(
    select(
        _V.id, _V.token, _V.expected_at, _V.host_id, _V.host_text, _V.visitor_key, _V.visitor_name, _V.visitor_company
    )
    .where(
        _V.state == "expected",
        or_(
            _V.invitation_hash == bindparam("hash_"),
            and_(bindparam("hash_") == "", _V.host_id == bindparam("host_")),
        ),
    )
    .order_by(_V.visitor_key != bindparam("key_"), _V.expected_at)
)


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What the visitor takes away: the register number, the badge, and the pass that opens their own page."""

    id: int
    token: str
    reg_no: str
    badge: str
    visit_pass: str
    short_code: str
    state: str
    host: PersonView | None
    host_absent: bool = False


@db.act
def check_in(form: CheckIn, *, source: str, photo: bytes | None = None, signature: bytes | None = None) -> CheckedIn:
    """Registers a visitor who has come, and lets alert and badge follow in its transaction (procedure 一.1.1, 一.1.4).

    `source` is kiosk, console or api; `photo` and `signature` are re-encoded JPEG.
    Raises Invalid with a sentence a field, NotFound or Gone for an invitation that does not open.
    """
    at = act_time()
    _check(form, source)
    host = _host(form)
    key = text.keyed_hash("visitor", text.fold(form.visitor_name), text.fold(form.visitor_company))
    expected = _expected(form, host, key)
    if expected is not None and expected.host_id is not None:
        host = directory.person(expected.host_id)
    row, visit_pass = _row(form, source, host, key, at)
    first = row["first_visit"]
    row["escort"] = first or expected is None
    token = _keep(row, expected)
    visit_id = row["id"]
    register.count(REGISTER, today(at))
    may_be = watch_list.meant(_names(form, expected), form.visitor_company)
    _pictures(visit_id, at, photo=photo, signature=signature)
    if actor().at_kiosk:
        deadlines.start("T01", f"visit:{token}", visit_id=visit_id)
    journal.record(
        "visits.checked_in",
        f"visit:{token}",
        person_id=host.id if host else None,
        visit=visit_id,
        source=source,
        invited=expected is not None,
        **({"held": True} if may_be else {}),
    )
    if may_be:
        watch_list.note(visit_id, f"visit:{token}", may_be)
    absent = absence.is_away(row["host_id"], invited=expected is not None)
    if absent:
        absence.noted(visit_id, f"visit:{token}", row["host_id"])
    badge = badge_of(row["badge_number"])
    return CheckedIn(visit_id, token, row["reg_no"], badge, visit_pass, row["short_code"], "arrived", host, absent)


def _check(form: CheckIn, source: str) -> None:
    """Rules that need more than the form: consent, the company for business purposes, a time that is not ahead."""
    fields: dict[str, str] = {}
    if form.purpose in COMPANY_PURPOSES and not form.visitor_company and source == "kiosk":
        fields["visitor_company"] = _("Add your company, or 'private' if there is none.")
    if form.purpose == "other" and not form.purpose_note and source == "console":
        fields["purpose_note"] = _("Add a word on the reason.")
    if source == "kiosk":
        in_force = notice.current(form.language)
        if in_force.consent_required and not form.consent:
            fields["consent"] = _("Tick the box, or ask the front desk to register you.")
        if form.notice_version != in_force.version and not notice.known(form.notice_version):
            fields["notice_version"] = _("The notice has changed. Read it again.")
    if form.captured_at is not None and form.captured_at > now():
        fields["captured_at"] = _("This time has not come yet.")
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)


def _host(form: CheckIn) -> PersonView | None:
    """The person who is meant; None leads to the neutral screen, and reception decides."""
    if isinstance(form.host, HostRef):
        return chosen(form.host.ref)
    if company.facts().kiosk_host_mode == "blind" and actor().at_kiosk:
        return None
    return directory.resolve_text(form.host)


def _expected(form: CheckIn, host: PersonView | None, key: str) -> Any:
    """The entry of somebody who was expected: by invitation, or by name, firm and host on the same day, never twice."""
    code = text.plain_code(form.invitation or "")
    digest = text.token_hash(code) if code else ""
    if not digest and host is None:
        return None
    found = _EXPECTED.all({"hash_": digest, "key_": key, "host_": host.id if host else 0})
    rows = [row for row in found if today(row.expected_at) == today(act_time()) and (digest or _is_it(row, form))]
    if rows:
        return rows[0]
    if digest:
        raise NotFound(_("This code does not open today. The front desk will help you."))
    return None


def _is_it(row: Any, form: CheckIn) -> bool:
    """Whether the name is that of `row`, and the firm too, however much of it was written."""
    ours, theirs = text.fold(row.visitor_company), text.fold(form.visitor_company)
    return text.fold(row.visitor_name) == text.fold(form.visitor_name) and (ours in theirs or theirs in ours)


def _names(form: CheckIn, expected: Any) -> set[str]:
    """What somebody calls themselves, and who was expected."""
    return {form.visitor_name} if expected is None else {form.visitor_name, expected.visitor_name}


def _row(form: CheckIn, source: str, host: PersonView | None, key: str, at: datetime) -> tuple[dict[str, Any], str]:
    visit_pass = text.token(20)
    who = actor()
    phone_key = text.keyed_hash("phone", form.phone) if form.phone else None
    first_visit, badge_number, short_code = _first_and_free(at, key, phone_key)
    consented = form.consent and bool(form.notice_version)
    return {
        "reg_no": next_reg_no(at),
        "state": "arrived",
        "source": source,
        "language": form.language,
        "visitor_name": form.visitor_name,
        "visitor_company": form.visitor_company,
        "visitor_key": key,
        "party_size": form.party_size,
        "phone": form.phone,
        "phone_key": phone_key,
        "purpose": form.purpose,
        "purpose_note": form.purpose_note,
        "drink": form.drink,
        "host_id": host.id if host else None,
        "host_text": _asked_for(form) if host is None or who.at_kiosk else "",
        "arrived_at": at,
        "captured_at": form.captured_at,
        "first_visit": first_visit,
        "pass_hash": text.token_hash(visit_pass),
        "pass_sealed": visit_pass,
        "short_code": short_code,
        "badge_number": badge_number,
        "notice_version": form.notice_version,
        "lawful_basis": "consent" if consented else "notice",
        "consent_at": at if consented else None,
        "receptionist_id": (who.id or None) if who.kind == "account" else None,
        "device_id": (who.id or None) if who.kind == "device" else None,
    }, visit_pass


def next_reg_no(at: datetime) -> str:
    """VIS-2026-00012: the next number of the year, without a gap. Only inside an act."""
    series = f"VIS-{today(at).year}"
    return f"{series}-{db.next_number(series):05d}"


def _asked_for(form: CheckIn) -> str:
    """What was written instead of choosing; a kiosk keeps it also when it names somebody, and never names them."""
    return form.host if isinstance(form.host, str) else ""


def _keep(row: dict[str, Any], expected: Any) -> str:
    """Writes the visit: a new row, or the row of the one who was expected. Gives its token; its id is in `row`."""
    if expected is not None:
        db.connection().execute(_UPDATE, {"visit_id": expected.id, **row, "row_version": 2})
        row["id"] = expected.id
        return str(expected.token)
    token = text.token(12)
    fresh = {"token": token, "created_at": row["arrived_at"], "remark": "", "row_version": 1, "badge_returned": False}
    row["id"] = _INSERT.first({**fresh, **row}).id
    return token


def _first_and_free(at: datetime, key: str, phone_key: str | None) -> tuple[bool, int, str]:
    """Whether nobody of this name and firm, or with this phone, came before; a badge and a code nobody on site has.

    The badge is the day's next number; after 999 it has a fourth digit.
    """
    series = f"badge-{today(at).isoformat()}"
    number, code = db.next_number(series), text.short_code()
    while True:
        taken = _TAKEN.first({"key_": key, "phone_key_": phone_key, "number_": number, "code_": code})
        if not taken.worn and not taken.code_used:
            return not taken.seen and not taken.phone_seen, number, code
        number, code = db.next_number(series) if taken.worn else number, text.short_code()


def _pictures(visit_id: int, at: datetime, **pictures: bytes | None) -> None:
    rows = [{"visit_id": visit_id, "kind": kind, "jpeg": jpeg, "at": at} for kind, jpeg in pictures.items() if jpeg]
    if rows:
        _PICTURE.each(rows)


__all__ = ["CheckedIn", "check_in"]
