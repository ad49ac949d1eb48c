"""The end of the day at the desk: who has not left, which badges are out, what is missing in the books."""

from datetime import date, datetime, timedelta

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from shared import phone, privacy, visits
from shared.lib import clock, i18n, web
from shared.lib.forms import AskedDay
from shared.lib.i18n import _
from shared.visits import DayEnd, VisitView

blueprint = Blueprint("day_end", __name__, template_folder="templates")


class Asked(BaseModel):
    """Which day; without one today, and yesterday until noon while something of it is open."""

    model_config = ConfigDict(extra="ignore")
    day: AskedDay = None


@web.route(blueprint, "/console/day-end", needs="visits.read")
def page() -> ResponseReturnValue:
    """The list of one day."""
    asked, today = web.query(Asked).day, i18n.today(clock.now())
    shown = visits.end_list(asked) if asked is not None else usual()
    rows = (*shown.here, *shown.by_itself, *shown.badges, *(row.visit for row in shown.gaps))
    privacy.shown(visit.token for visit in rows)
    return web.render(
        "console/day_end.html",
        shown=shown,
        here_rows=[(visit, _("no leaving time")) for visit in shown.here],
        auto_rows=[(visit, _left(visit)) for visit in shown.by_itself],
        badge_rows=[(visit, _left(visit)) for visit in shown.badges],
        gap_rows=[(row.visit, _(", ").join(_(visits.GAPS[gap]) for gap in row.gaps)) for row in shown.gaps],
        calls=phone.unrecorded(shown.day),
        unheard=[_between(shown.day, *one) for one in phone.exchange.unheard(shown.day)],
        share=round(100 * shown.filled / shown.expected) if shown.expected else None,
        before=(shown.day - timedelta(days=1)).isoformat(),
        after=(shown.day + timedelta(days=1)).isoformat() if shown.day < today else "",
        here="day_end",
    )


def _between(day: date, lost: datetime, heard: datetime | None) -> str:
    """From when to when, as far as it was on this day."""
    start, end = i18n.day_bounds(day)
    values = {"from": i18n.format_time(max(lost, start)), "until": i18n.format_time(heard) if heard else ""}
    if heard is None or heard >= end:
        return _("from %(from)s on") % values
    return _("from %(from)s until %(until)s") % values


def _left(visit: VisitView) -> str:
    left = visit.left_at
    return f"{i18n.format_date(left, 'MM-dd')} {i18n.format_time(left)}" if left else ""


def usual() -> DayEnd:
    """Yesterday in the morning when something of it is open; today otherwise."""
    moment = i18n.local(clock.now())
    if moment.hour < 12:
        yesterday = visits.end_list(moment.date() - timedelta(days=1))
        if yesterday.by_itself or yesterday.gaps:
            return yesterday
    return visits.end_list(moment.date())
