"""What an entry of the watch-list needs to be told."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from shared.lib import text
from shared.lib.forms import Day
from shared.lib.i18n import _

MOST_ALIASES, MOST_TOLD = 20, 20


def _name(value: str) -> str:
    cleaned = text.clean(value)
    if not text.is_name(cleaned):
        raise ValueError(_("Write a name: letters, at most 40 characters."))
    return cleaned


def _lines(value: Any) -> Any:
    """Names as somebody writes them down: one a line, or with commas between."""
    return [one for one in re.split(r"[\n,，;；、]", value) if one.strip()] if isinstance(value, str) else value


def _said(value: str) -> str:
    cleaned = text.clean(value)
    if not cleaned:
        raise ValueError(_("Fill this in."))
    return cleaned


def _nothing(value: Any) -> Any:
    return value or None


Name = Annotated[str, AfterValidator(_name), Field(max_length=200)]
Said = Annotated[str, AfterValidator(_said)]


class WatchForm(BaseModel):
    """Somebody to look out for; `expires` is the last day, in half a year when nothing is said. `told` are tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    aliases: Annotated[list[Name], BeforeValidator(_lines), Field(max_length=MOST_ALIASES)] = []
    company: Annotated[str, AfterValidator(text.clean)] = Field("", max_length=80)
    reason: Said = Field(max_length=500)
    instruction: Said = Field(max_length=200)
    expires: Annotated[Day | None, BeforeValidator(_nothing)] = None
    told: list[Annotated[str, Field(max_length=43)]] = Field(default_factory=list, max_length=MOST_TOLD)


class LetIn(BaseModel):
    """Why somebody is let in all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    reason: Said = Field(max_length=200)
