"""What is written down of a call (procedure 2.2): who, about what, for whom, and what became of it."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shared.lib import text
from shared.lib.errors import Invalid
from shared.lib.forms import Moment
from shared.lib.i18n import _
from shared.relay import LONGEST, SHORTEST
from shared.relay.forms import Number, Text
from shared.visits.forms import HostRef

NOTHING_SAID = ("wrong_number", "spam")  # of these, no words are asked for


Line = Annotated[str, AfterValidator(text.clean)]


class CallNotes(BaseModel):
    """What is noted of a call, whatever became of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    call_at: Moment | None = None
    number: Number = Field(None, max_length=40)
    caller_name: Line = Field("", max_length=60)
    caller_company: Line = Field("", max_length=80)
    caller_title: Line = Field("", max_length=40)
    spoken: Literal["mandarin", "dialect", "english", "other"] = "mandarin"
    rings: int | None = Field(None, ge=1, le=30)
    wanted: HostRef | Line | None = None
    content: Text = Field("", max_length=LONGEST)
    transfer_result: Literal["", "connected", "busy", "nobody"] = ""
    urgency: Literal["normal", "urgent"] = "normal"
    call_back_number: Number = Field(None, max_length=40)
    no_call_back: bool = False
    reply_required: bool = False
    read_back: bool = False
    complaint: Text = Field("", max_length=LONGEST)
    back_of: str = Field("", max_length=40)


class CallForm(CallNotes):
    """A call as it is written down. `offer` is what somebody was offered whose person was not there (二.1.3)."""

    outcome: Literal["answered", "transferred", "absent", "wrong_number", "spam"]
    offer: Literal["", "message", "call_back", "declined"] = ""

    @property
    def passed_on(self) -> bool:
        """Whether somebody has to be told."""
        return self.outcome == "absent" and self.offer in ("message", "call_back")

    def check(self, now: datetime) -> None:
        """Invalid, field by field, with what is missing."""
        fields = {**self._said(), **self._became(), **self._relayed()}
        if self.call_at is not None and self.call_at > now:
            fields["call_at"] = _("This has not happened yet.")
        if fields:
            raise Invalid(next(iter(fields.values())), fields=fields)

    def _said(self) -> dict[str, str]:
        if self.outcome not in NOTHING_SAID and len(self.content) < SHORTEST:
            return {"content": _("Write a few more words, at least 5 characters.")}
        return {}

    def _became(self) -> dict[str, str]:
        """A transfer that failed, and a person who is not there, need a choice (procedure 二.1.3, 二.2.2)."""
        if self.outcome == "transferred" and not self.transfer_result:
            return {"transfer_result": _("Choose how the transfer ended.")}
        if self.outcome == "transferred" and self.transfer_result != "connected":
            return {"offer": _("Nobody took it. Offer a message or a call back.")}
        if self.outcome == "absent" and not self.offer:
            return {"offer": _("Offer a message or a call back first.")}
        return {}

    def _relayed(self) -> dict[str, str]:
        if not self.passed_on:
            return {}
        fields: dict[str, Any] = {}
        if not isinstance(self.wanted, HostRef):
            fields["wanted"] = _("Choose who it is for.")
        if not (self.call_back_number or self.number) and (self.offer == "call_back" or not self.no_call_back):
            fields["call_back_number"] = _("Write the number, or tick that no call back is wanted.")
            if self.offer == "call_back":
                fields["call_back_number"] = _("Write the number to call back.")
        if not self.read_back:
            fields["read_back"] = _("Read it back first.")
        return fields
