"""What reception writes down when somebody asks how a colleague is reached."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shared.lib import text

Wanted = Literal["extension", "phone", "email"]
Outcome = Literal["declined_relayed", "refused", "person_agreed"]


class ContactForm(BaseModel):
    """Which way was asked for, and what reception says to it; `ask` asks the person.

    `asker` describes somebody who is no visitor.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    wanted: Wanted
    outcome: Outcome | Literal["ask"]
    asker: Annotated[str, AfterValidator(text.clean)] = Field("", max_length=120)
