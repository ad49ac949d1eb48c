"""Rows leave the desk as a list: why is asked, and the journal keeps who took them (procedure 2.0)."""

from shared import journal
from shared.journal import Event
from shared.lib import db
from shared.reports.month import Month


@db.act
def exported(month: Month, reason: str, rows: int, *, clause: str = "", outcome: str = "") -> Event:
    """The journal's row for a list that was taken."""
    return journal.record(
        "reports.exported", f"report:{month}", clause=clause, outcome=outcome, new=rows, reason=reason
    )
