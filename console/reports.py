"""Reports: the share in time of every clause, month against month, who came when, and the rows behind each number."""

import re
from typing import Any, Literal
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, field_validator

from console import charts, events, report_words, year_chart
from console.visit import state_name
from shared import directory, privacy, reports, visits
from shared.directory import PersonView
from shared.lib import i18n, web
from shared.lib.forms import Day
from shared.lib.i18n import _
from shared.reports import Arrivals, Asked, Month, OnTime, VisitsAsked, Year

blueprint = Blueprint("reports", __name__, template_folder="templates")
AIM = 0.85
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class MonthQuery(BaseModel):
    """Which month; the present one when none is named."""

    model_config = ConfigDict(extra="ignore")
    month: str = ""

    @field_validator("month")
    @classmethod
    def _real(cls, value: str) -> str:
        if value and not MONTH.fullmatch(value):
            raise ValueError(_("There is no such month."))
        return value

    @property
    def chosen(self) -> Month:
        found = MONTH.fullmatch(self.month)
        return Month(int(found[1]), int(found[2])) if found else Month.now()


class RowsQuery(MonthQuery):
    """Which rows."""

    clause: str = ""
    outcome: Literal["", "in_time", "late", "open", "dropped", "undone"] = ""
    day: Day | None = None
    hour: int | None = Field(None, ge=0, le=23)
    bar: int | None = Field(None, ge=0, lt=reports.BINS)
    after: str = Field("", pattern=reports.CURSOR)

    @field_validator("day", "hour", "bar", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("clause")
    @classmethod
    def _measured(cls, value: str) -> str:
        if value and value not in reports.clauses():
            raise ValueError(_("There is no clock for this clause."))
        return value

    @property
    def asked(self) -> Asked:
        return Asked(self.chosen, self.clause, self.outcome or None, self.day, self.hour, self.bar)


class VisitsQuery(MonthQuery):
    """Which visits."""

    hour: int | None = Field(None, ge=0, le=23)
    weekday: int | None = Field(None, ge=0, le=6)
    department: int | None = Field(None, ge=0, le=2**31)
    purpose: str = Field("", max_length=20)
    day: Day | None = None
    after: str = Field("", pattern=reports.CURSOR)

    @property
    def asked(self) -> VisitsAsked:
        return VisitsAsked(self.chosen, self.hour, self.weekday, self.department, self.purpose, self.day)


@web.route(blueprint, "/console/reports", needs="reports.read")
def page() -> ResponseReturnValue:
    """The report of a month."""
    month = web.query(MonthQuery).chosen
    report, came, year = reports.on_time(month), reports.arrivals(month), reports.year(month)
    return web.render(
        "console/report.html",
        report=report,
        came=came,
        days=_days(report),
        late_hours=_late_hours(report),
        worst=report_words.worst(report),
        left_out=report_words.not_counted(report.tallies),
        oral=reports.ORAL,
        wrong=reports.wrong(month),
        visits_by=_visits_by(month, came),
        year=year,
        year_chart=year_chart,
        by_month=_by_month(year),
        aim=AIM,
        **around(month),
    )


@web.route(blueprint, "/console/reports/rows", needs="reports.read")
def rows() -> ResponseReturnValue:
    """The rows behind a number; with `X-Fragment` only the rows and the way on."""
    asked = web.query(RowsQuery)
    found, following = reports.page(asked.asked, after=asked.after)
    privacy.shown(row.visit for row in found if row.visit)
    shown = {"rows": found, "asked": asked, "who": events.names(), "person": person, **around(asked.chosen)}
    shown["more"] = link("rows", **_kept(asked), after=following) if following else ""
    if "X-Fragment" in request.headers:
        return web.render("console/_report_rows.html", **shown)
    return web.render("console/report_rows.html", outcomes=report_words.OUTCOMES, **shown, **_of_clause(asked))


@web.route(blueprint, "/console/reports/visits", needs="reports.read")
def visits_behind() -> ResponseReturnValue:
    """The visits behind a number."""
    asked = web.query(VisitsQuery)
    found, following = reports.visits_page(asked.asked, after=asked.after)
    privacy.shown(row.token for row in found)
    kept = asked.model_dump(exclude={"after"})
    more = link("visits", **kept, after=following) if following else ""
    shown = {"rows": found, "more": more, "state_name": state_name, "purpose_name": visits.purpose_name}
    template = "_report_visit_rows" if "X-Fragment" in request.headers else "report_visits"
    return web.render(f"console/{template}.html", **shown, narrowed=_narrowed(asked), **around(asked.chosen))


def person(person_id: int | None) -> PersonView | None:
    """Somebody of the directory."""
    return directory.person(person_id) if person_id is not None else None


def link(where: str, **asked: object) -> str:
    """The address of the rows behind a number."""
    kept = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"/console/reports/{where}?{urlencode(kept)}"


def _kept(asked: RowsQuery) -> dict[str, object]:
    return {name: getattr(asked, name) for name in ("month", "clause", "outcome", "day", "hour", "bar")}


def around(month: Month) -> dict[str, Any]:
    """What every page of a report knows: its month, and which others there are."""
    first, now = min(reports.first_month(reports.clauses()), month), max(Month.now(), month)
    count = (now.year - first.year) * 12 + now.number - first.number
    months = [now.before(back) for back in range(count + 1)]
    return {"month": month, "months": months, "said": report_words, "link": link, "now_month": Month.now()} | {
        "here": "reports",
        "distribution": charts.distribution,
    }


def _of_clause(asked: RowsQuery) -> dict[str, Any]:
    """The picture of one clause: how long it took this month, and how it was in those before."""
    if not asked.clause:
        return {"tally": None}
    months = reports.trend(asked.chosen, asked.clause)
    known = [(one, count) for one, count in months if count.share is not None]
    points = [(report_words.short_month(one), count.share or 0.0, _of_month(one, asked.clause)) for one, count in known]
    report = reports.on_time(asked.chosen)
    tally = next(one for one in report.tallies if one.clause_key == asked.clause)
    return {"tally": tally, "trend": known, "trend_line": charts.line(points, AIM), "aim": AIM, "report": report}


def _of_month(month: Month, clause: str) -> str:
    return link("rows", month=month, clause=clause)


def _days(report: OnTime) -> charts.Line:
    values = [
        (str(day.day), count.share or 0.0, link("rows", month=report.month, day=day))
        for day, count in report.days.items()
    ]
    return charts.line(values, AIM)


def _late_hours(report: OnTime) -> list[charts.Bar]:
    hours = report.late_hours
    span = range(min(hours), max(hours) + 1) if hours else range(0)
    url = {hour: link("rows", month=report.month, outcome="late", hour=hour) for hour in span}
    return charts.columns([(str(hour), hours.get(hour, 0), url[hour]) for hour in span], late=True)


def _visits_by(month: Month, came: Arrivals) -> list[tuple[str, str, list[charts.Bar]]]:
    """Four pictures of who came: a title, what its first column is called, and the bars."""
    span = range(min(came.hours), max(came.hours) + 1) if came.hours else range(0)
    hours = [(str(hour), came.hours.get(hour, 0), link("visits", month=month, hour=hour)) for hour in span]
    days = [
        (report_words.weekday_name(day), came.weekdays.get(day, 0), link("visits", month=month, weekday=day))
        for day in range(7)
        if day < 5 or came.weekdays.get(day)
    ]
    departments = [
        (department_name(key), count, link("visits", month=month, department=key))
        for key, count in came.departments.items()
    ]
    purposes = [
        (visits.purpose_name(key), count, link("visits", month=month, purpose=key))
        for key, count in came.purposes.items()
    ]
    return [
        (_("Visits by the hour"), _("Hour"), charts.columns(hours)),
        (_("Visits by weekday"), _("Weekday"), charts.columns(days)),
        (_("Visits by department"), _("Department"), charts.columns(departments)),
        (_("Visits by reason"), _("Reason"), charts.columns(purposes)),
    ]


def _by_month(year: Year) -> list[charts.Bar]:
    """A bar a month; each leads to the report of its month."""
    return charts.columns(
        [(report_words.month_name(one), visits, f"/console/reports?month={one}") for one, visits in year.months.items()]
    )


def department_name(key: int) -> str:
    """A department in the reader's language; those who found nobody belong to none."""
    found = next((one for one in directory.departments() if one.id == key), None)
    return found.spoken(i18n.language()) if found else _("Nobody found")


def _narrowed(asked: VisitsQuery) -> str:
    """What the visits were narrowed to, in words."""
    if asked.day is not None:
        return i18n.format_date(asked.day)
    if asked.hour is not None:
        return _("Came between %(from)s:00 and %(to)s:00") % {"from": asked.hour, "to": asked.hour + 1}
    if asked.weekday is not None:
        return report_words.weekday_name(asked.weekday)
    if asked.department is not None:
        return department_name(asked.department)
    return visits.purpose_name(asked.purpose) if asked.purpose in visits.PURPOSES else _("Everybody who came")
