"""What a quiet call needs to be told, and who is called by one."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shared.lib import text

MOST = 20
Line = Annotated[str, AfterValidator(text.clean)]


class Beginning(BaseModel):
    """A call begins; a drill is the same and says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    drill: bool = False


class Ending(BaseModel):
    """How a call ends: with a note of what happened, or as a false alarm."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    false_alarm: bool = False
    note: Line = Field("", max_length=500)


class QuietSettings(BaseModel):
    """What is said to whom: the text and the place, empty for the usual, and the people in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    text: Line = Field("", max_length=120)
    place: Line = Field("", max_length=80)
    responders: list[Annotated[str, Field(max_length=43)]] = Field(default_factory=list, max_length=MOST)
