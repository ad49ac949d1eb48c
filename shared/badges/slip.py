"""The slip of a message, A6: printed when nobody could be spoken to, and laid where the person will find it (O4)."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from shared import company, relay
from shared.badges.facts import SIZES, Size
from shared.lib import clock, i18n
from shared.lib.config import settings
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.relay import RelayView

ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "static" / "css" / "slip.css"
A6 = "105x148"


def size() -> Size:
    """The paper of a slip."""
    return SIZES[A6]


def slip_for(subject: str) -> str | None:
    """The page for a message that still waits; None when nobody needs it any more."""
    try:
        view = relay.one(subject.partition(":")[2])
    except NotFound:
        return None
    return None if view.finished else page(view)


def page(view: RelayView) -> str:
    """The slip in the language of the house; everything that a person wrote is escaped."""
    with i18n.use(settings().locale):
        return _template().render(
            _=_,
            view=view,
            to=view.holder,
            language=i18n.language(),
            html_lang=i18n.HTML_LANG[i18n.language()],
            house=company.facts().spoken(i18n.language()),
            left=f"{i18n.format_date(view.recorded_at)} {i18n.format_time(view.recorded_at)}",
            printed=i18n.format_time(clock.now()),
        )


def style() -> str:
    """The stylesheet of a slip."""
    return STYLE.read_text("utf-8")


@cache
def _template() -> Template:
    loader = FileSystemLoader(ROOT / "shared" / "templates")
    house: Any = Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
    found: Template = house.get_template("badges/slip.html")
    return found
