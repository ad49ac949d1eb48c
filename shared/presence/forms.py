"""What is said about being there: a state, and until when."""

import re
from datetime import datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from shared.lib import clock, forms, text
from shared.lib.config import settings
from shared.lib.errors import Invalid
from shared.lib.i18n import _, local

State = Literal["in", "out", "meeting", "leave"]
FURTHEST = timedelta(days=366)
MEETING = 60  # minutes, when nobody says how long
_TAP = re.compile(r"(in|out|meeting|leave)(?: (day|\d{1,4}))?")


def _absent(value: Any) -> Any:
    return None if value == "" else value


Day = Annotated[forms.Day | None, BeforeValidator(_absent)]
Hour = Annotated[time | None, BeforeValidator(_absent)]


class PresenceForm(BaseModel):
    """One tap (`tap`: "out 30", "leave day", "in"), or a state with minutes, a day, a time; a note for colleagues."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: State
    minutes: int | None = Field(None, ge=1, le=1440)
    day: Day = None
    time: Hour = None
    note: Annotated[str, AfterValidator(text.clean)] = Field("", max_length=100)

    @model_validator(mode="before")
    @classmethod
    def _one_tap(cls, values: Any) -> Any:
        if not isinstance(values, dict) or not isinstance(values.get("tap"), str):
            return values
        found = _TAP.fullmatch(values["tap"])
        if found is None:
            raise ValueError(_("Choose in, out, in a meeting or on leave."))
        when = {"day": local(clock.now()).date()} if found[2] == "day" else {"minutes": found[2]} if found[2] else {}
        return {"state": found[1], "note": values.get("note", ""), **when}

    def until(self, now: datetime) -> datetime | None:
        """When it is over: None for whoever is in. Invalid when that has passed, or is more than a year ahead."""
        if self.state == "in":
            return None
        found = self._until(now)
        if found <= now:
            sentence = _("This time has passed.")
            raise Invalid(sentence, fields={"time" if self.time else "day": sentence})
        if found - now > FURTHEST:
            sentence = _("That is more than a year ahead.")
            raise Invalid(sentence, fields={"day": sentence})
        return found

    def _until(self, now: datetime) -> datetime:
        """To a time, to the end of a day; with nothing said to the end of today, a meeting for an hour."""
        if self.minutes is not None:
            return now + timedelta(minutes=self.minutes)
        if self.state == "meeting" and self.day is None and self.time is None:
            return now + timedelta(minutes=MEETING)
        day = self.day or local(now).date()
        if self.time is not None:
            return datetime.combine(day, self.time, settings().zone)
        return datetime.combine(day + timedelta(days=1), time.min, settings().zone)
