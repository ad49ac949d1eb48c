"""The report for programs: the share in time of every clause in a month, and in the months before it."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from console.reports import MonthQuery
from shared import reports
from shared.lib import web
from shared.reports import Count, Tally

blueprint = Blueprint("report_api", __name__)


@web.route(blueprint, "/api/v1/reports/on-time", needs="reports.read")
def on_time() -> ResponseReturnValue:
    """The report of a month."""
    month = web.query(MonthQuery).chosen
    report, wrong = reports.on_time(month), reports.wrong(month)
    return jsonify(
        month=str(month),
        **_count(report.count),
        clauses=[_clause(tally) for tally in report.tallies],
        days=[{"day": day.isoformat(), **_count(count)} for day, count in report.days.items()],
        messages={"wrong": wrong.wrong, "total": wrong.total},
        late_by_hour={str(hour): late for hour, late in report.late_hours.items()},
    )


def _clause(tally: Tally) -> dict[str, Any]:
    clause = tally.clause
    return {
        "clause": {"number": clause.number or None, "label": clause.label, "words": clause.words},
        **_count(tally.count),
        "open": tally.open,
        "dropped": tally.dropped,
        "undone": tally.undone,
        "median_seconds": tally.median,
        "p90_seconds": tally.p90,
        "distribution": list(tally.bins),
        "months": [
            {"month": str(month), **_count(count)} for month, count in reports.trend(tally.month, tally.clause_key)
        ],
    }


def _count(count: Count) -> dict[str, Any]:
    return {"in_time": count.in_time, "total": count.total, "share": count.share}
