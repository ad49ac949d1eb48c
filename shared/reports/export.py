"""Rows leave the desk as a list: why is asked, and the journal keeps who took them (procedure 2.0)."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from shared import journal
from shared.journal import Event
from shared.lib import db, text
from shared.lib.i18n import _
from shared.reports.month import Month


class Reason(BaseModel):
    """Why somebody takes rows along."""

    model_config = ConfigDict(extra="ignore")
    reason: str = Field(max_length=200)

    @field_validator("reason")
    @classmethod
    def _told(cls, value: str) -> str:
        if len(text.clean(value)) < 2:
            raise ValueError(_("Say what the list is for."))
        return text.clean(value)


@db.act
def exported(month: Month, reason: str, rows: int, *, clause: str = "", outcome: str = "") -> Event:
    """The journal's row for a list that was taken."""
    return journal.record(
        "reports.exported", f"report:{month}", clause=clause, outcome=outcome, new=rows, reason=reason
    )
