"""What a message needs (O1): from whom, a number or none, five characters, urgency, and that it was read back."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from shared.lib import text
from shared.lib.i18n import _
from shared.lib.phone import normalise

SHORTEST, LONGEST = 5, 500


def _phone(value: str | None) -> str | None:
    return None if value is None or not text.clean(value) else normalise(value)


def _lines(value: str) -> str:
    """Harmless text that keeps its line ends, and its punctuation as it was written."""
    lines = (" ".join("".join(c for c in line if c.isprintable()).split()) for line in value.splitlines())
    return "\n".join(lines).strip()


def _message(value: str) -> str:
    cleaned = _lines(value)
    if len(cleaned) < SHORTEST:
        raise ValueError(_("Write a few more words, at least 5 characters."))
    return cleaned


def _who(value: str) -> str:
    cleaned = text.clean(value)
    if not cleaned:
        raise ValueError(_("Write who it is from."))
    return cleaned


Number = Annotated[str | None, AfterValidator(_phone)]
Text = Annotated[str, AfterValidator(_lines)]
Message = Annotated[str, AfterValidator(_message), Field(max_length=LONGEST)]


class MessageForm(BaseModel):
    """A message as it is written down. Whoever wants no call back says so; silence is not enough."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    from_name: Annotated[str, AfterValidator(_who)] = Field(max_length=60)
    company: Annotated[str, AfterValidator(text.clean)] = Field("", max_length=80)
    number: Number = Field(None, max_length=40)
    no_call_back: bool = False
    message: Message
    urgency: Literal["normal", "urgent"] = "normal"
    reply_required: bool = False
    read_back: bool = False

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, values: Any) -> Any:
        """No call back means no number, whatever was written before."""
        if isinstance(values, dict) and values.get("no_call_back") in (True, "true", "on", "1"):
            return {**values, "number": None}
        return values
