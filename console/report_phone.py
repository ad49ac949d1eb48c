"""The phone in a month: how soon it was answered, who was called back, what was passed on, and the calls behind it."""

from typing import Any, Literal

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import Field, field_validator

from console import charts
from console.reports import MonthQuery, around, link
from shared import directory, phone, privacy, reports
from shared.directory import DepartmentView
from shared.lib import clock, i18n, web
from shared.lib.actor import actor
from shared.lib.i18n import _, gettext, lazy
from shared.lib.web.routes import may
from shared.reports import Month, Phone

blueprint = Blueprint("report_phone", __name__, template_folder="templates")
PAGE = 50
NAMES = {
    "all": lazy("Calls"),
    "one_ring": lazy("Answered after one ring (6 s)"),
    "slow": lazy("Answered later"),
    "missed": lazy("Missed"),
    "called_back": lazy("Called back"),
    "rang_again": lazy("Rang again by themselves"),
    "unreachable": lazy("Not reached"),
    "waiting": lazy("Still to be called back"),
    "messages": lazy("Messages"),
    "in_time": lazy("Passed on within 5 minutes"),
    "late": lazy("Passed on late"),
    "not_told": lazy("Not passed on"),
    "wrong": lazy("Passed on wrongly"),
    "complaints": lazy("Complaints"),
}
PARTS = (
    ("二.1.1", ("all", "one_ring", "slow")),
    ("二.1.5", ("missed", "called_back", "rang_again", "unreachable", "waiting")),
    ("二.1.7", ("messages", "in_time", "late", "not_told", "wrong")),
    ("二.3.1", ("complaints",)),
)
LATE = frozenset({"slow", "waiting", "late", "not_told", "wrong", "complaints"})
SHARES = {
    "one_ring": ("slow",),
    "called_back": ("rang_again", "unreachable", "waiting"),
    "in_time": ("late", "not_told"),
}


class CallsQuery(MonthQuery):
    """Which calls."""

    which: Literal[reports.FIGURES] = "all"  # type: ignore[valid-type]
    hour: int | None = Field(None, ge=0, le=23)
    after: int = Field(0, ge=0, le=10**6)

    @field_validator("hour", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        return None if value == "" else value


@web.route(blueprint, "/console/reports/phone", needs="reports.phone")
def page() -> ResponseReturnValue:
    """The figures of a month, each with the calls behind it; a department's manager reads its figures alone."""
    month = web.query(MonthQuery).chosen
    if not may("reports.read"):
        return _of_departments(month)
    told = phone.answering(month.first, month.days[-1])
    return _shown(reports.calls(month), exchange=told, unrecorded=_unrecorded(month) if told.in_time + told.late else 0)


@web.route(blueprint, "/console/reports/phone/calls", needs="registers.read")
def behind() -> ResponseReturnValue:
    """The calls behind a number, newest first."""
    asked = web.query(CallsQuery)
    found = reports.calls(asked.chosen)
    ids = found.calls[asked.which] if asked.hour is None else found.hours.get(asked.hour, [])
    shown = phone.by_ids(ids[asked.after : asked.after + PAGE])
    privacy.shown(call.token for call in shown)
    more = asked.after + PAGE < len(ids)
    kept = {"month": asked.chosen, "which": asked.which, "hour": asked.hour}
    following = link("phone/calls", **kept, after=asked.after + PAGE) if more else ""
    title = gettext(NAMES[asked.which]) if asked.hour is None else f"{asked.hour}:00"
    return web.render(
        "console/report_calls.html", calls=shown, title=title, more=following,
        **around(asked.chosen),
    )  # fmt: skip


def _of_departments(month: Month) -> ResponseReturnValue:
    """Figures and nothing behind them (procedure 2.0: the department, no content)."""
    mine = _departments()
    names = _(", ").join(one.spoken(i18n.language()) for one in mine)
    return _shown(reports.calls(month, {one.id for one in mine}), exchange=None, unrecorded=0, departments=names)


def _shown(found: Phone, **more: object) -> ResponseReturnValue:
    return web.render(
        "console/report_phone.html",
        found=found,
        parts=[(clause, [_figure(found, one) for one in figures]) for clause, figures in PARTS],
        hours=_hours(found),
        **around(found.month),
        **more,
    )


def _departments() -> list[DepartmentView]:
    """The departments somebody belongs to or heads."""
    person = directory.person(actor().person_id or 0)
    own = person.department_id if person else None
    return [one for one in directory.departments() if person and (one.id == own or one.manager_id == person.id)]


def _unrecorded(month: Month) -> int:
    """How many answered calls of the exchange nobody has written down, day by day."""
    return sum(len(phone.unrecorded(day)) for day in month.days if day <= i18n.today(clock.now()))


def _figure(found: Phone, one: str) -> dict[str, Any]:
    """One line: its name, how many, which part that is, and the way to the calls behind it."""
    return {
        "name": gettext(NAMES[one]),
        "count": found.count(one),
        "share": found.share(one, *SHARES[one]) if one in SHARES else None,
        "late": one in LATE and found.count(one) > 0,
        "url": link("phone/calls", month=found.month, which=one) if may("registers.read") else "",
    }


def _hours(found: Phone) -> list[charts.Bar]:
    span = range(min(found.hours), max(found.hours) + 1) if found.hours else range(0)
    counted = {hour: len(found.hours.get(hour, [])) for hour in span}
    shown = may("registers.read")
    links = {hour: link("phone/calls", month=found.month, hour=hour) if shown else "" for hour in span}
    return charts.columns([(str(hour), counted[hour], links[hour]) for hour in span])
