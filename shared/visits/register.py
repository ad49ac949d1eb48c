"""The visit register (客户来访登记簿, procedure 2.1): what its rows are found by, what they lose."""

from typing import Any

from shared import directory
from shared.lib import text
from shared.register import Register, Texts
from shared.visits.book import BOOK
from shared.visits.erasing import RULES
from shared.visits.forms import PURPOSES, purpose_name
from shared.visits.model import Visit, badge_of


def texts(row: Any) -> Texts:
    """Visitor, company, the host as they were written, and the badge."""
    return Texts(
        names=(row.visitor_name,),
        words=(row.visitor_company, row.host_text),
        codes=(badge_of(row.badge_number),),
    )


REGISTER = Register(
    key="visit",
    model=Visit,
    columns=("visitor_name", "visitor_company", "host_text", "badge_number"),
    texts=texts,
    altered=("visits.checked_in", "visits.corrected", "visits.undone"),
    counted="arrived_at",
    rules=RULES,
    book=BOOK,
)


def also(typed: str) -> list[Any]:
    """What else is meant by what is typed: a host, a number, a reason by its name."""
    wanted = text.clean(typed)
    hosts = [Visit.host_id == person.id for person in directory.find(wanted, limit=20)]
    purposes = [Visit.purpose == code for code in PURPOSES if purpose_name(code).casefold() == wanted.casefold()]
    return [*hosts, *purposes, Visit.reg_no == wanted.upper()]
