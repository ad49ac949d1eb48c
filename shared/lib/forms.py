"""What does not fit a form, told field by field, in sentences for the person who filled it in."""

from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, ValidationError

from shared.lib.errors import Invalid
from shared.lib.i18n import _

LARGEST = 2**63 - 1  # what a column of whole numbers can be compared with
HIGHEST = 2**31 - 1  # the key of a row
CURSOR = r"^[0-9]{0,9}$"  # the key of the last row of a page
YEARS = range(2000, 2101)  # a desk lives in; the ends of what a date can be are left to nobody's arithmetic
When = TypeVar("When", bound=date)


def near(when: When) -> When:
    if when.year not in YEARS:
        raise ValueError(_("Choose a day between 2000 and 2100."))
    return when


Day = Annotated[date, AfterValidator(near)]
Moment = Annotated[datetime, AfterValidator(near)]


def _written(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        raise ValueError(_("There is no such day.")) from None


AskedDay = Annotated[Day | None, BeforeValidator(_written)]  # of an address: 2026-01-31, or nothing for any day


def invalid(error: ValidationError) -> Invalid:
    """One sentence a field, from what pydantic found."""
    fields: dict[str, str] = {}
    for item in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in item["loc"]) or "body"
        fields.setdefault(name, sentence(item))
    return Invalid(next(iter(fields.values())), fields=fields)


def sentence(item: Any) -> str:
    """What a person should do about one pydantic error."""
    kind, context = item["type"], item.get("ctx", {})
    if kind == "value_error":
        return str(context["error"]) if "error" in context else _("This is not an e-mail address.")
    if kind in ("missing", "string_too_short"):
        return _("Fill this in.")
    if kind == "string_too_long":
        return _("At most %(count)s characters.") % {"count": context.get("max_length")}
    if kind in ("greater_than_equal", "greater_than"):
        return _("At least %(least)s.") % {"least": context.get("ge", context.get("gt"))}
    if kind in ("less_than_equal", "less_than"):
        return _("At most %(most)s.") % {"most": context.get("le", context.get("lt"))}
    if kind == "extra_forbidden":
        return _("This is not asked for.")
    if kind.startswith("json"):
        return _("That could not be read.")
    return _("Check what is written here.")
