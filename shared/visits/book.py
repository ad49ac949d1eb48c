"""The visit register as a book: the columns of the paper one (procedure 2.1, register page), a volume a month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from shared import accounts, directory, relay
from shared.lib import db, i18n
from shared.lib.clock import rfc3339
from shared.lib.i18n import _, lazy
from shared.relay import RelayView
from shared.visits.forms import purpose_name
from shared.visits.model import ON_SITE, CorrectionRow, Visit
from shared.visits.views import COLUMNS, VisitView
from shared.volumes import Book, Column

OUTCOMES = {
    "met": lazy("met"),
    "delivered": lazy("handed in"),
    "message": lazy("message left"),
    "again": lazy("comes again"),
    "refused": lazy("turned away"),
    "auto": lazy("not signed out"),
    "left": lazy("not met"),
}
_FIELDS = {
    "visitor_name": "visitor", "visitor_company": "company", "party_size": "party", "purpose": "purpose",
    "host_id": "host", "host_text": "host", "remark": "remark", "purpose_note": "purpose",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What the columns read: the visit, its last message, and who received it."""

    visit: VisitView
    message: RelayView | None
    receptionist: str


def lines(row_ids: Sequence[int]) -> Mapping[int, Line]:
    """The lines of these visits."""
    with db.reading() as session:
        rows = session.execute(select(*COLUMNS).where(Visit.id.in_(row_ids)))
        found = {view.id: view for view in (VisitView(*row) for row in rows)}
    messages, names = relay.for_visits(found), {one.id: one.name for one in accounts.accounts()}
    last = {visit_id: some[-1] for visit_id, some in messages.items() if some}
    return {key: Line(one, last.get(key), names.get(one.receptionist_id or 0, "")) for key, one in found.items()}


def outcome(line: Line) -> str:
    """What came of a visit."""
    visit = line.visit
    if visit.state == "refused":
        return "refused"
    if visit.met_at is not None:
        return "met"
    if visit.will_return:
        return "again"
    if line.message is not None:
        return "message"
    if visit.purpose == "delivery":
        return "delivered"
    return "auto" if visit.left_how == "auto" else "left"


def was(row_ids: Sequence[int]) -> Mapping[int, Mapping[str, Sequence[str]]]:
    """What was put right, by visit and column."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = select(CorrectionRow).where(CorrectionRow.visit_id.in_(row_ids)).order_by(CorrectionRow.id)
    with db.reading() as session:
        for row in session.scalars(query):
            column, said = _FIELDS.get(row.field), _said(row.field, row.old)
            if column and said:
                found[row.visit_id][column].append(said)
    return found


def _said(field: str, old: str) -> str:
    if field == "host_id":
        host = directory.person(int(old)) if old.isdigit() else None
        return host.spoken(i18n.language()) if host else ""
    return purpose_name(old) if field == "purpose" else old


def facts(line: Line) -> Sequence[str]:
    """Everything a line rests on, names included."""
    visit = line.visit
    return [
        str(value or "")
        for value in (
            visit.reg_no, visit.state, visit.visitor_name, visit.visitor_company, visit.party_size, visit.purpose,
            visit.purpose_note, visit.host_id, visit.host_text, _at(visit.arrived_at), _at(visit.met_at),
            _at(visit.left_at), visit.left_how, visit.badge_number, visit.invited, visit.will_return,
            _at(visit.return_at), visit.receptionist_id, visit.remark,
        )
    ]  # fmt: skip


def settled(before: datetime) -> Sequence[Any]:
    """Whoever has left, and that is a while ago."""
    return Visit.state.not_in(ON_SITE), func.coalesce(Visit.left_at, Visit.arrived_at) <= before


def _at(moment: datetime | None) -> str:
    return rfc3339(moment) or ""


def _day(written: str) -> str:
    return i18n.format_date(datetime.fromisoformat(written), "yyyy-MM-dd") if written else ""


def _time(written: str) -> str:
    return i18n.format_time(datetime.fromisoformat(written)) if written else ""


def _moment(written: str) -> str:
    return f"{_day(written)} {_time(written)}".strip()


def _yes(value: object) -> str:
    return "yes" if value else ""


def _tick(written: str) -> str:
    return _("yes") if written else ""


def _again(line: Line) -> str:
    return (_at(line.visit.return_at) or "open") if line.visit.will_return else ""


def _host(line: Line) -> str:
    host = line.visit.host
    return host.spoken(i18n.language()) if host else line.visit.host_text


def _department(line: Line) -> str:
    host = line.visit.host
    return host.department if host else ""


def _spoken(department: str) -> str:
    """The department in the reader's language, when there still is one of that name."""
    return next((one.spoken(i18n.language()) for one in directory.departments() if one.name == department), department)


BOOK = Book(
    key="visit",
    title=lazy("Visit register"),
    model=Visit,
    number="reg_no",
    at="arrived_at",
    settled=settled,
    lines=lines,
    facts=facts,
    erased=lambda line: line.visit.erased_at is not None,
    was=was,
    columns=(
        Column("no", lazy("No."), 27, lambda line: line.visit.reg_no or "", stays=True),
        Column("day", lazy("Day"), 18, lambda line: _at(line.visit.arrived_at), _day, stays=True),
        Column("arrived", lazy("Arrived"), 12, lambda line: _at(line.visit.arrived_at), _time, stays=True),
        Column("visitor", lazy("Visitor"), 17, lambda line: line.visit.visitor_name),
        Column("company", lazy("Company"), 24, lambda line: line.visit.visitor_company),
        Column("party", lazy("Party"), 10, lambda line: str(line.visit.party_size), stays=True),
        Column("purpose", lazy("Reason"), 14, lambda line: line.visit.purpose, purpose_name, stays=True),
        Column("booked", lazy("Booked"), 12, lambda line: _yes(line.visit.invited), _tick, stays=True),
        Column("host", lazy("Host"), 16, _host),
        Column("department", lazy("Department"), 17, _department, _spoken, stays=True, later=True),
        Column("badge", lazy("Badge"), 11, lambda line: line.visit.badge, stays=True),
        Column("outcome", lazy("Outcome"), 16, outcome, lambda code: _(OUTCOMES.get(code, "")), stays=True),
        Column("message", lazy("Message"), 14, lambda line: _yes(line.message), _tick, stays=True),
        Column("replied", lazy("Reply at"), 18, lambda line: _at(line.message.replied_at) if line.message else "",
               _moment, stays=True, later=True),
        Column("again", lazy("Comes again"), 18, _again, lambda said: _tick(said) if said == "open" else _moment(said),
               stays=True),
        Column("left", lazy("Leaving"), 12, lambda line: _at(line.visit.left_at), _time, stays=True),
        Column("received_by", lazy("Received by"), 16, lambda line: line.receptionist),
        Column("remark", lazy("Remark"), 20, lambda line: line.visit.remark),
    ),
)  # fmt: skip
