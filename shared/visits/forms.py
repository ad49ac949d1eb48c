"""What a visit needs to be told: the same form for kiosk, console and API."""

import base64
import binascii
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from shared.lib import i18n, text
from shared.lib.forms import Moment
from shared.lib.i18n import _, lazy
from shared.lib.phone import normalise as normalise_phone
from shared.rooms import Drink

PURPOSES = {
    "business": lazy("Business"),
    "meeting": lazy("Meeting"),
    "interview": lazy("Interview"),
    "delivery": lazy("Delivery"),
    "maintenance": lazy("Repair"),
    "government": lazy("Official"),
    "tour": lazy("Tour"),
    "sales": lazy("Sales"),
    "private": lazy("Private"),
    "other": lazy("Other"),
}
COMPANY_PURPOSES = frozenset({"business", "meeting", "delivery", "maintenance", "government", "sales"})
Purpose = Literal[
    "business", "meeting", "interview", "delivery", "maintenance", "government", "tour", "sales", "private", "other"
]
PICTURE_LIMIT = 5 * 1024 * 1024


def purpose_name(purpose: str) -> str:
    """The reason for a visit in the reader's language."""
    return _(PURPOSES.get(purpose, ""))


def _name(value: str) -> str:
    cleaned = text.clean(value)
    if not cleaned:
        raise ValueError(_("Write a name."))
    if not text.is_name(cleaned):
        raise ValueError(_("Write a name: letters, at most 40 characters."))
    return cleaned


def _phone(value: str | None) -> str | None:
    return None if value is None or not text.clean(value) else normalise_phone(value)


def _picture(value: Any) -> bytes | None:
    if value in (None, ""):
        return None
    encoded = str(value).partition("base64,")[2] or str(value)
    if len(encoded) > PICTURE_LIMIT * 4 // 3 + 4:
        raise ValueError(_("A picture may have at most 5 MB."))
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(_("This picture could not be read.")) from None


Name = Annotated[str, AfterValidator(_name)]
Line = Annotated[str, AfterValidator(text.clean)]
Phone = Annotated[str | None, AfterValidator(_phone)]
Upload = Annotated[bytes | None, BeforeValidator(_picture)]


class HostRef(BaseModel):
    """A person found by a search; the reference is opaque and short-lived."""

    model_config = ConfigDict(extra="forbid")
    ref: str = Field(min_length=1, max_length=200)


class CheckIn(BaseModel):
    """A visitor at the door (procedure 2.1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visitor_name: Name = Field(max_length=200)
    visitor_company: Line = Field("", max_length=80)
    party_size: int = Field(1, ge=1, le=50)
    purpose: Purpose
    purpose_note: Line = Field("", max_length=200)
    host: HostRef | Annotated[Line, Field(min_length=1, max_length=80)]
    phone: Phone = Field(None, max_length=40)
    notice_version: str = Field("", max_length=20)
    consent: bool = False
    language: Literal["zh_Hans", "en"] = "zh_Hans"
    invitation: Line | None = Field(None, max_length=64)
    drink: Drink | Literal[""] = ""
    photo: Upload = None
    signature: Upload = None
    captured_at: Moment | None = None

    @model_validator(mode="before")
    @classmethod
    def _language(cls, values: Any) -> Any:
        if isinstance(values, dict) and isinstance(values.get("language"), str):
            values = {**values, "language": i18n.known(values["language"]) or values["language"]}
        return values

    @model_validator(mode="after")
    def _aware(self) -> "CheckIn":
        if self.captured_at is not None and self.captured_at.tzinfo is None:
            raise ValueError(_("A time needs its zone."))
        return self


class Expectation(BaseModel):
    """Somebody who is to come."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visitor_name: Name = Field(max_length=200)
    visitor_company: Line = Field("", max_length=80)
    party_size: int = Field(1, ge=1, le=50)
    purpose: Purpose = "business"
    host: HostRef
    expected_at: Moment
    language: Literal["zh_Hans", "en"] = "zh_Hans"


class Departure(BaseModel):
    """Whether the badge was handed back at the door."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    badge_returned: bool = False


class Correction(BaseModel):
    """What was written wrong; only the fields that are sent change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row_version: int
    reason: Line = Field("", max_length=200)
    visitor_name: Name | None = Field(None, max_length=200)
    visitor_company: Line | None = Field(None, max_length=80)
    party_size: int | None = Field(None, ge=1, le=50)
    purpose: Purpose | None = None
    purpose_note: Line | None = Field(None, max_length=200)
    host: HostRef | None = None
    remark: Line | None = Field(None, max_length=500)
