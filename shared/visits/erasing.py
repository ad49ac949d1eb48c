"""What the visit register forgets, and when (procedure 4.6, V1 to V5); counts and times stay (4.7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update

from shared import company, directory, relay, rooms, watch_list
from shared.lib import db
from shared.lib.i18n import lazy
from shared.register import Rule
from shared.visits.changing import happened
from shared.visits.model import ON_SITE, CorrectionRow, Picture, Visit

UNUSED_DAYS = 30
NEVER_CAME = ("expected", "no_show", "cancelled")
_WORDS = ("visitor_name", "visitor_company", "purpose_note", "host_text", "remark", "phone")
_EMPTY: dict[str, Any] = {
    "visitor_company": "", "visitor_key": "", "purpose_note": "", "remark": "", "phone": None, "phone_key": None,
    "pass_hash": None, "pass_sealed": None, "short_code": None, "invitation_hash": None, "invitation_code": None,
}  # fmt: skip


def erase_words(visits: Sequence[Visit]) -> None:
    """The name is shortened; company, notes, messages and the phone go, in corrections as well."""
    for visit in visits:
        if visit.erased_at is not None:
            continue
        for name, value in _EMPTY.items():
            setattr(visit, name, value)
        visit.visitor_name = directory.shortened(visit.visitor_name)
        visit.host_text = directory.shortened(visit.host_text) if visit.host_id is None else ""
        visit.erased_at = db.act_time()
        relay.erase_words(f"visit:{visit.token}")
        if visit.room_use_id is not None:
            rooms.erase_words(visit.room_use_id)
        happened("visits.erased", visit, code="V1")
    _erase_corrections(visits, _WORDS)
    watch_list.erase_visits([visit.id for visit in visits])
    mine = CorrectionRow.visit_id.in_([visit.id for visit in visits])
    db.session().execute(
        update(CorrectionRow).where(mine).values(reason="")
    )  # whatever was corrected, it may name them


def erase_phones(visits: Sequence[Visit]) -> None:
    """The number goes, and its hash with it."""
    for visit in visits:
        visit.phone = visit.phone_key = None
        relay.erase_number(f"visit:{visit.token}")
    _erase_corrections(visits, ("phone",))


def erase_pictures(visits: Sequence[Visit]) -> None:
    """Photo and signature go."""
    pictured = select(Picture.visit_id).where(Picture.visit_id.in_([visit.id for visit in visits]))
    had = set(db.session().scalars(pictured))
    for visit in visits:
        if visit.id in had:
            happened("visits.pictures_erased", visit, code="V3")
    db.session().execute(delete(Picture).where(Picture.visit_id.in_([visit.id for visit in visits])))


def _erase_corrections(visits: Sequence[Visit], fields: Sequence[str]) -> None:
    mine = CorrectionRow.visit_id.in_([visit.id for visit in visits])
    emptied = update(CorrectionRow).where(mine, CorrectionRow.field.in_(fields)).values(old="", new="", reason="")
    db.session().execute(emptied)


def _over(before: datetime) -> Sequence[Any]:
    ended = func.coalesce(Visit.left_at, Visit.arrived_at)
    return Visit.erased_at.is_(None), Visit.state.not_in((*ON_SITE, *NEVER_CAME)), ended <= before


def _phone_over(before: datetime) -> Sequence[Any]:
    return Visit.phone.is_not(None), Visit.closed_at <= before


def _pictures_over(before: datetime) -> Sequence[Any]:
    return Visit.state.not_in(ON_SITE), exists().where(Picture.visit_id == Visit.id, Picture.at <= before)


def _unused(before: datetime) -> Sequence[Any]:
    moment = func.coalesce(Visit.expected_at, Visit.created_at)
    return Visit.erased_at.is_(None), Visit.state.in_(NEVER_CAME), moment <= before


WORDS = Rule(
    "V1", lazy("Name, company, notes and messages of a visitor"), lazy("the name is shortened, the rest erased"),
    lambda: company.facts().visit_days, _over, erase_words,
)  # fmt: skip
PHONE = Rule(
    "V2", lazy("A visitor's phone"), lazy("erased"), lambda: company.facts().phone_days, _phone_over, erase_phones
)
PICTURES = Rule(
    "V3", lazy("Photo and signature"), lazy("erased"), lambda: company.facts().photo_days, _pictures_over,
    erase_pictures,
)  # fmt: skip
UNUSED = Rule(
    "V5", lazy("Visits that did not take place"), lazy("the name is shortened, the rest erased"),
    lambda: UNUSED_DAYS, _unused, erase_words,
)  # fmt: skip
RULES = (WORDS, PHONE, PICTURES, UNUSED)
