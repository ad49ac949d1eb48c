"""Bodies and queries become pydantic forms; what does not fit is told field by field."""

from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from shared.lib.errors import Invalid
from shared.lib.i18n import _

Form = TypeVar("Form", bound=BaseModel)


def form(model: type[Form]) -> Form:
    """The request's body as `model`: JSON, or an HTML form."""
    if request.mimetype == "application/json":
        return _validated(lambda: model.model_validate_json(request.get_data() or b"{}"))
    return _validated(lambda: model.model_validate(_flat()))


def query(model: type[Form]) -> Form:
    """The request's query as `model`."""
    return _validated(lambda: model.model_validate(request.args.to_dict()))


def _flat() -> dict[str, Any]:
    lists = {name[:-2]: values for name, values in request.form.lists() if name.endswith("[]")}
    single = {name: value for name, value in request.form.items() if not name.endswith("[]") and name != "csrf"}
    return {**{name: value for name, value in single.items() if value != ""}, **lists}


def _validated(parse: Any) -> Any:
    try:
        return parse()
    except ValidationError as error:
        raise invalid(error) from None
    except (RecursionError, UnicodeError, ValueError):
        raise Invalid(_("That could not be read.")) from None


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
        return str(context.get("error", item["msg"]))
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
