"""The phone register (来电记录表, procedure 2.2): what it is found by, what it looks like on paper, what it forgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update

from shared import accounts, directory, journal, register, relay
from shared.lib import db, i18n, phone, text
from shared.lib.clock import rfc3339
from shared.lib.i18n import gettext, lazy
from shared.phone.model import Call, CallBack, key_of
from shared.phone.records import PhoneRecord
from shared.phone.words import OUTCOME_NAMES, outcome_of
from shared.register import Kind, Register, Rule, Texts, Whose
from shared.volumes import Book, Column

KEPT_DAYS, SINCE = 365, lazy("after the end of the calendar year")
FIELDS = ("caller_name", "caller_company", "caller_title", "wanted_text", "content", "remark")


@dataclass(frozen=True, slots=True)
class Line:
    """What the columns read: the call, whom it was for, who answered it, and when its message was passed on."""

    call: Call
    wanted: str
    answered_by: str
    passed_on: datetime | None


def lines(row_ids: Sequence[int]) -> Mapping[int, Line]:
    """The lines of these calls."""
    names = {one.id: one.name for one in accounts.accounts()}
    with db.reading() as session:
        calls = list(session.scalars(select(Call).where(Call.id.in_(row_ids))))
    told = relay.passed_on([f"phone:{call.token}" for call in calls])
    return {call.id: _line(call, names, told.get(f"phone:{call.token}")) for call in calls}


def _line(call: Call, names: Mapping[int, str], passed_on: datetime | None) -> Line:
    person = directory.person(call.wanted_id or 0)
    return Line(call, person.name if person else call.wanted_text, names.get(call.answered_by or 0, ""), passed_on)


def facts(line: Line) -> Sequence[str]:
    """Everything a line rests on, names included."""
    call = line.call
    return [
        str(value or "")
        for value in (
            call.reg_no, call.direction, rfc3339(call.call_at), call.number, call.caller_name, call.caller_company,
            call.caller_title, call.spoken, call.rings, call.answer_seconds, call.wanted_id, call.wanted_text,
            call.content, call.outcome, call.transfer_result, call.offer, call.complaint, call.answered_by, call.remark,
        )
    ]  # fmt: skip


def texts(row: Any) -> Texts:
    """Caller, company, and whom they wanted as it was written."""
    return Texts(names=(row.caller_name,), words=(row.caller_company, row.wanted_text))


def also(typed: str) -> list[Any]:
    """What else is meant by what is typed: a number, a colleague, an outcome by its name."""
    wanted = text.clean(typed)
    read = phone.read(wanted)
    numbers = [Call.number_key == key_of(read.normal)] if read else []
    people = [Call.wanted_id == person.id for person in directory.find(wanted, limit=20)]
    outcomes = [Call.outcome == key for key, name in OUTCOME_NAMES.items() if gettext(name) == wanted]
    return [*numbers, *people, *outcomes]


def erase(rows: Sequence[Call]) -> None:
    """The number goes, the name is shortened, and so does everything that was said; that there was a call stays.

    The number goes from what the exchange knows of the same year as well.
    """
    for row in rows:
        if row.erased_at is not None:
            continue
        _erase_records(row)
        row.number = row.number_key = row.complaint = None
        row.caller_name = directory.shortened(row.caller_name)
        row.caller_company = row.caller_title = row.content = row.remark = ""
        row.wanted_text = directory.shortened(row.wanted_text)
        row.erased_at = db.act_time()
        db.session().execute(update(CallBack).where(CallBack.call_id == row.id).values(note=None))
        relay.erase_words(f"phone:{row.token}")
        journal.record("phone.erased", f"phone:{row.token}", phone=row.id, code="P1")
    register.forget_corrections(REGISTER, [row.id for row in rows])


def _erase_records(row: Call) -> None:
    day = i18n.today(row.call_at)
    first, after = i18n.day_bounds(day.replace(month=1, day=1))[0], i18n.day_bounds(day.replace(month=12, day=31))[1]
    year = (PhoneRecord.number_key == row.number_key, PhoneRecord.at >= first, PhoneRecord.at < after)
    theirs = (
        PhoneRecord.call_id == row.id if row.number_key is None else or_(PhoneRecord.call_id == row.id, and_(*year))
    )
    db.session().execute(update(PhoneRecord).where(theirs).values(number=None, number_key=None))


def _theirs(row: Call) -> Sequence[Any]:
    """Every call of the same number; without one, only this."""
    return [Call.number_key == row.number_key if row.number_key else Call.id == row.id]


def _forget_number(row: Call) -> None:
    """Whoever asks is forgotten in every year that the exchange knows of."""
    if row.number_key:
        theirs = PhoneRecord.number_key == row.number_key
        db.session().execute(update(PhoneRecord).where(theirs).values(number=None, number_key=None))


def _over(before: datetime) -> Sequence[Any]:
    """Calls of the years that had ended a year ago."""
    year = i18n.day_bounds(i18n.today(before).replace(month=1, day=1))[0]
    return Call.erased_at.is_(None), Call.call_at < year


def _settled(before: datetime) -> Sequence[Any]:
    return Call.state != "missed", Call.call_at <= before


def _day(written: str) -> str:
    return i18n.format_date(datetime.fromisoformat(written), "yyyy-MM-dd") if written else ""


def _time(written: str) -> str:
    return i18n.format_time(datetime.fromisoformat(written)) if written else ""


BOOK = Book(
    key="phone", title=lazy("Phone register"), model=Call, number="reg_no", at="call_at", lines=lines, period="year",
    clock="T19", settled=_settled, facts=facts, erased=lambda line: line.call.erased_at is not None,
    was=lambda row_ids: register.was(REGISTER, row_ids),
    columns=(
        Column("no", lazy("No."), 17, lambda line: line.call.reg_no, stays=True),
        Column("day", lazy("Day"), 12, lambda line: rfc3339(line.call.call_at) or "", _day, stays=True),
        Column("time", lazy("Time"), 8, lambda line: rfc3339(line.call.call_at) or "", _time, stays=True),
        Column("caller_name", lazy("Caller"), 14, lambda line: line.call.caller_name),
        Column("caller_company", lazy("Company"), 16, lambda line: line.call.caller_company),
        Column("number", lazy("Number"), 16, lambda line: phone.shown(line.call.number) if line.call.number else ""),
        Column("wanted_text", lazy("Wanted"), 12, lambda line: line.wanted),
        Column("content", lazy("What about"), 34, lambda line: line.call.content),
        Column("outcome", lazy("Outcome"), 14, lambda line: outcome_of(line.call), gettext, stays=True),
        Column("passed_on", lazy("Passed on"), 9, lambda line: rfc3339(line.passed_on) or "", _time, stays=True,
               later=True),
        Column("answered_by", lazy("Answered by"), 12, lambda line: line.answered_by),
        Column("remark", lazy("Remark"), 14, lambda line: line.call.remark),
    ),
)  # fmt: skip
KINDS = {
    "waiting": Kind(lazy("to call back"), lambda: [Call.state == "missed"]),
    "missed": Kind(lazy("missed"), lambda: [Call.outcome == "missed"]),
    "absent": Kind(lazy("wanted person absent"), lambda: [Call.outcome == "absent"]),
    "answered": Kind(lazy("answered at once"), lambda: [Call.outcome == "answered"]),
    "transferred": Kind(lazy("put through"), lambda: [Call.outcome == "transferred"]),
    "other": Kind(lazy("wrong number, advertising"), lambda: [Call.outcome.in_(("wrong_number", "spam"))]),
    "complaint": Kind(lazy("with a complaint"), lambda: [Call.complained.is_(True)]),
    "out": Kind(lazy("called back by us"), lambda: [Call.direction == "out"]),
}
REGISTER: Register = Register(
    key="phone", model=Call, columns=("caller_name", "caller_company", "wanted_text"), texts=texts, also=also,
    altered=("phone.taken", "phone.missed", "phone.corrected", "phone.erased"), counted="call_at", book=BOOK,
    fields={
        "caller_name": lazy("Caller"), "caller_company": lazy("Company"), "caller_title": lazy("Position"),
        "wanted_text": lazy("Wanted"), "content": lazy("What about"), "remark": lazy("Remark"),
    },
    kinds=KINDS, whose=Whose(lazy("Erase this caller"), _theirs, _forget_number),
    rules=(
        Rule("P1", lazy("Caller, number and what was said"), lazy("the name is shortened, the rest erased"),
             lambda: KEPT_DAYS, _over, erase, SINCE),
    ),
)  # fmt: skip
