"""A form that was not right comes back as it was typed, with a sentence at the field."""

from collections.abc import Callable
from typing import Any

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from shared.lib import web
from shared.lib.errors import Refused

SECRETS = ("password", "present", "csrf", "calendar_address")


def again(template: str, work: Callable[[], ResponseReturnValue], **shown: Any) -> ResponseReturnValue:
    """Runs `work`; a refusal shows `template` again with `error`, `fields` and `typed`. Programs get the problem."""
    try:
        return work()
    except Refused as refusal:
        if web.wants_json():
            raise
        return _shown(template, refusal, shown)


def blank() -> dict[str, Any]:
    """What a form knows before anybody typed."""
    return {"error": None, "fields": {}, "typed": {}}


def inside(address: str) -> str:
    """`address` when it is a page of this house, an empty text otherwise."""
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else ""


def _shown(template: str, refusal: Refused, shown: dict[str, Any]) -> Response:
    typed = {name: value for name, value in request.form.items() if not name.endswith(SECRETS)}
    page = web.render(template, **{**shown, "error": refusal, "fields": refusal.fields, "typed": typed})
    response = make_response(page, refusal.status)
    wait = getattr(refusal, "retry_after", None)
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response
