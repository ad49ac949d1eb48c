"""A register is taken along as a list: who did so, why, and which part stands in the journal."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from shared import journal
from shared.journal import Event
from shared.lib import db, text
from shared.lib.i18n import _
from shared.register.definition import Register

MOST = 100_000  # rows of one list


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
def exported(register: Register, reason: str, **part: Any) -> Event:
    """Kept before the first row leaves the desk; `part` is what was asked for, without what was typed."""
    return journal.record("registers.exported", f"register:{register.key}", reason=reason, **part)
