"""What stands around every page of the console: the way to the other pages, who is signed in, what keys do."""

from dataclasses import dataclass

from flask import Blueprint, request

from console import client_words, due, roll_call
from shared import company, journal, privacy, register, visits
from shared import roll_call as shared_roll_call
from shared.lib import clock, i18n
from shared.lib.actor import actor
from shared.lib.i18n import _, gettext, lazy
from shared.lib.web.routes import may

blueprint = Blueprint("shell", __name__, template_folder="templates")

# name of the page, its address, what it is called, the right it needs
TABS = (
    ("today", "/console", lazy("Today"), "visits.read"),
    ("register", "/console/visits", lazy("Registers"), "visits.read"),
    ("messages", "/console/messages", lazy("Messages"), "relays.write"),
    ("reports", "/console/reports", lazy("Reports"), "reports.read"),
    ("reports", "/console/reports/phone", lazy("Reports"), "reports.phone"),  # for those who read no more than that
    ("people", "/console/directory", lazy("People"), "people.read"),
    ("journal", "/console/journal", lazy("Journal"), "journal.read"),
    ("privacy", "/console/privacy", lazy("Privacy"), "privacy.read"),
    ("settings", "/console/settings", lazy("Settings"), "settings.change"),
)
PRODUCT = {"zh_Hans": "前台", "en": "Foyer"}
UNDER = {
    "accounts": "settings",
    "devices": "settings",
    "clocks": "settings",
    "calendar": "settings",
    "retention": "privacy",
    "watch_list": "privacy",
    "day_end": "register",
    "volumes": "register",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to another page."""

    name: str
    url: str
    label: str
    here: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything that the frame around a page shows."""

    tabs: tuple[Tab, ...]
    company: str
    demo: bool
    lock_minutes: int
    initial: str
    seq: int
    words: dict[str, str]
    may_create: bool
    live: bool
    purposes: list[tuple[str, str]]
    locked: bool
    product: str
    due: str
    roll_call: str
    many: str


def shell(here: str = "") -> Shell:
    """The frame for the one who is asking; `here` names the page when its address does not."""
    facts = company.facts()
    return Shell(
        tabs=_tabs(UNDER.get(here, here) or _page_at(request.path)),
        company=facts.spoken(i18n.language()),
        demo=facts.demo,
        lock_minutes=facts.lock_minutes,
        initial=actor().name[:1].upper(),
        seq=journal.last_seq(),
        words=client_words.catalogue(i18n.language()),
        may_create=may("visits.write"),
        live=may("visits.read"),
        purposes=[(code, visits.purpose_name(code)) for code in visits.PURPOSES],
        locked=actor().locked,
        product=PRODUCT[i18n.language()],
        due=due.rendered() if may("deadlines.read") else "",
        roll_call=_running() if may("roll_calls.hold") else "",
        many=_many() if may("privacy.answer") else "",
    )


def _tabs(here: str) -> tuple[Tab, ...]:
    tabs: dict[str, Tab] = {}
    for name, url, label, needs in TABS:
        if may(needs):
            tabs.setdefault(name, Tab(name, url, _(label), name == here))
    return tuple(tabs.values())


def _running() -> str:
    """What the strip says of the roll call that runs; empty when none does."""
    call = shared_roll_call.running()
    return roll_call.title(call, roll_call.Names()) if call is not None else ""


def _many() -> str:
    """What the privacy officer has to look into; empty when there is nothing."""
    count = len(privacy.unseen())
    said = i18n.ngettext(
        "Many entries were looked at: %(count)s time", "Many entries were looked at: %(count)s times", count
    )
    return said % {"count": count} if count else ""


def _page_at(path: str) -> str:
    fitting = [(url, name) for name, url, _label, _needs in TABS if path == url or path.startswith(url + "/")]
    return max(fitting)[1] if fitting else ""


def books() -> list[tuple[str, str]]:
    """The registers that can be looked into: their addresses and names, the visits first."""
    plain = [one for one in register.registers() if one.fields and one.book is not None]
    return [
        ("/console/visits", _("Visit register")),
        *((f"/console/registers/{one.key}", gettext(one.book.title)) for one in plain if one.book),
    ]


@blueprint.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"shell": shell, "may": may, "books": books, "today_iso": lambda: i18n.today(clock.now()).isoformat()}
