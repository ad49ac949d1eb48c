"""Somebody asks what is held about them (procedure 4.1): found exactly, told on paper, and both are written down."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from shared import badges, company, journal, visits
from shared.lib import clock, db, i18n
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.privacy.facts import moment_of
from shared.privacy.holdings import Holding, More, holdings
from shared.visits import VisitView

ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "static" / "css" / "answer.css"
MOST_NAMED = 5


def find(*, reg_no: str = "", name: str = "", day: date | None = None, badge: str = "") -> VisitView:
    """The one visit that fits exactly; the look is written down, what was typed is not.

    NotFound when none fits; Conflict with the numbers when several do.
    """
    found = visits.exactly(reg_no=reg_no, name=name, day=day, badge=badge)
    _looked("number" if reg_no else "name", len(found))
    if not found:
        raise NotFound(_("No visit fits that exactly."))
    numbers = [one.reg_no or moment_of(one.expected_at) for one in found]
    if len(found) > 1:
        listed = _(", ").join(numbers[:MOST_NAMED])
        raise Conflict(_("Several fit. Take one by its number: %(numbers)s") % {"numbers": listed}, code="several")
    return found[0]


def answer(token: str, check: str, checked: str, more: More) -> bytes:
    """What is held about the visitor of this visit, as a PDF in their language, for them to take along.

    `check` is how they showed who they are, `checked` gives that in words. Raises Unavailable when it cannot be drawn.
    """
    visit = visits.by_token(token)
    with i18n.use(visit.language):
        held = holdings(token, more)
        paper = page(visit, held, i18n.gettext(checked))
        pdf = badges.paper(paper, STYLE.read_text("utf-8"))
    _answered(visit, check, len(held))
    return pdf


def page(visit: VisitView, held: Sequence[Holding], checked: str) -> str:
    """The paper in the language that is being spoken; everything that a person wrote is escaped."""
    facts = company.facts()
    return _template().render(
        _=_,
        held=held,
        html_lang=i18n.HTML_LANG[i18n.language()],
        house=facts.spoken(i18n.language()),
        contact=facts.privacy_mail,
        about=visit.reg_no or moment_of(visit.expected_at),
        checked=checked,
        made=moment_of(clock.now()),
        picture=_picture,
    )


def _picture(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"


@db.act
def _looked(by: str, found: int) -> None:
    journal.record("privacy.searched", "register:visit", by=by, new=found)


@db.act
def look(token: str) -> None:
    """Somebody opens the page about one visitor: the look is written down."""
    visit = visits.by_token(token)
    journal.record("privacy.looked", f"visit:{token}", visit=visit.id)


@db.act
def _answered(visit: VisitView, check: str, count: int) -> None:
    journal.record("privacy.answered", f"visit:{visit.token}", visit=visit.id, check=check, new=count)


@cache
def _template() -> Template:
    loader = FileSystemLoader(ROOT / "shared" / "templates")
    house: Any = Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
    found: Template = house.get_template("privacy/answer.html")
    return found
