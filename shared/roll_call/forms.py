"""What a warden's device sends: that a call begins, and marks, each with a key of its own."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from shared.lib.forms import near

STATES = ("safe", "help", "not_found", "withdrawn")
MOST = 200  # marks at once
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
When = Annotated[AwareDatetime, AfterValidator(near)]


class StartForm(BaseModel):
    """A call begins: a drill or not; on a device without a desk it has a key, and began a while ago."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    drill: bool
    key: Key | None = None
    at: When | None = None


class MarkForm(BaseModel):
    """One mark. `subject` is visit:TOKEN or person:TOKEN; `withdraws` are keys of marks that no longer hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    subject: str = Field(pattern=r"^(visit|person):[A-Za-z0-9_-]{1,43}$")
    state: Literal["safe", "help", "not_found", "withdrawn"]
    key: Key
    at: When | None = None
    withdraws: list[Key] = Field(default_factory=list, max_length=50)

    def said_at(self, now: datetime) -> datetime:
        """When it was said, by the device; never in the future."""
        return min(self.at, now) if self.at else now


class MarksForm(BaseModel):
    """Marks in the order in which they were made."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    marks: list[MarkForm] = Field(min_length=1, max_length=MOST)
