"""Bodies and queries become pydantic forms; what does not fit is told field by field."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from shared.lib.errors import Invalid
from shared.lib.forms import invalid
from shared.lib.i18n import _

Form = TypeVar("Form", bound=BaseModel)


UNSAID = ("csrf", "once")  # what a plain form holds beside what somebody typed


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
    single = {name: value for name, value in request.form.items() if not name.endswith("[]") and name not in UNSAID}
    return {**{name: value for name, value in single.items() if value != ""}, **lists}


def _validated(parse: Callable[[], Form]) -> Form:
    try:
        return parse()
    except ValidationError as error:
        raise invalid(error) from None
    except (RecursionError, UnicodeError, ValueError):
        raise Invalid(_("That could not be read.")) from None
