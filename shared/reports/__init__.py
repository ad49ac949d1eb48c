"""Reports: how well each clause of the procedure was kept, who came when, and the rows behind every number."""

from shared.reports.arrivals import UNKNOWN, Arrivals, VisitsAsked, arrivals, visits_page
from shared.reports.calls import FIGURES, Phone, calls
from shared.reports.export import exported
from shared.reports.messages import ORAL, Mistake, Wrong, every_mistake, mistakes, wrong
from shared.reports.month import Month, first_month
from shared.reports.on_time import clauses, on_time, trend
from shared.reports.paging import CURSOR
from shared.reports.rows import Asked, Row, every, page
from shared.reports.views import AFTER_LIMIT, BINS, OUTCOMES, Count, OnTime, Tally, is_late
from shared.reports.year import Year, year

__all__ = [
    "AFTER_LIMIT",
    "BINS",
    "CURSOR",
    "FIGURES",
    "ORAL",
    "OUTCOMES",
    "UNKNOWN",
    "Arrivals",
    "Asked",
    "Count",
    "Mistake",
    "Month",
    "OnTime",
    "Phone",
    "Row",
    "Tally",
    "VisitsAsked",
    "Wrong",
    "Year",
    "arrivals",
    "calls",
    "clauses",
    "every",
    "every_mistake",
    "exported",
    "first_month",
    "is_late",
    "mistakes",
    "on_time",
    "page",
    "trend",
    "visits_page",
    "wrong",
    "year",
]
