"""One place turns a refusal into an answer: a problem document for programs, a page for people."""

import json
import logging
from urllib.parse import quote

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException

from shared.lib.errors import Refused, Unauthorised
from shared.lib.i18n import _
from shared.lib.web.pages import wants_json

log = logging.getLogger("foyer.web")


def install(app: Flask) -> None:
    """Refusals, HTTP errors and accidents all end here; never a bare 500."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DataError, _unfit)
    app.register_error_handler(Exception, _accident)


def _refused(error: Refused) -> ResponseReturnValue:
    if isinstance(error, Unauthorised) and not wants_json() and request.method == "GET":
        return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'))}")
    return answer(error.status, error.code, error.sentence, error.fields, getattr(error, "retry_after", None))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    response = answer(status, (error.name or "error").lower().replace(" ", "-"), _sentence(status))
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def _unfit(_error: DataError) -> ResponseReturnValue:
    """Something that no column can hold, such as a NUL among letters: PostgreSQL refuses even to look for it."""
    return answer(400, "bad-request", _sentence(400))


def _accident(error: Exception) -> ResponseReturnValue:
    log.exception("an accident at %s %s", request.method, request.url_rule)
    return answer(500, "accident", _("Something went wrong on our side. Try again in a moment."))


def answer(
    status: int, code: str, sentence: str, fields: dict[str, str] | None = None, retry_after: int | None = None
) -> Response:
    """RFC 9457 problem document, or a page with the same sentence."""
    if wants_json():
        body = {"type": f"about:blank#{code}", "title": sentence, "status": status, "detail": sentence}
        if fields:
            body["fields"] = fields
        response = Response(json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json")
    else:
        response = Response(render_template("problem.html", status=status, sentence=sentence), status)
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _sentence(status: int) -> str:
    return {
        400: _("That could not be read."),
        404: _("There is nothing here."),
        405: _("That cannot be done here."),
        408: _("That is taking too long. Try again in a moment."),
        413: _("That is too large."),
        415: _("That could not be read."),
    }.get(status, _("Something went wrong on our side. Try again in a moment."))
