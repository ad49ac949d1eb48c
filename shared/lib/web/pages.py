"""Pages and fragments: rendered with the reader's language, never kept by a browser."""

from typing import Any

from flask import Response, render_template, request

from shared.lib import clock, i18n
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.web.assets import asset, version


def context() -> dict[str, Any]:
    """What every template may use."""
    from shared.lib.web.security import csrf_token

    return {
        "asset": asset,
        "build": version(),
        "actor": actor(),
        "csrf_token": csrf_token,
        "language": i18n.language(),
        "html_lang": i18n.HTML_LANG[i18n.language()],
        "languages": i18n.LANGUAGES,
        "now": clock.now,
        "format_time": i18n.format_time,
        "format_date": i18n.format_date,
        "format_datetime": i18n.format_datetime,
        "zone": settings().timezone,
    }


def render(template: str, **values: Any) -> str:
    """A page or part of one, as text."""
    return render_template(template, **values)


def fragment(html: str | bytes, seq: int) -> Response:
    """A part of a page with the seq it shows; the client compares it with the nudges it hears."""
    response = Response(html, mimetype="text/html")
    response.headers["X-Seq"] = str(seq)
    return response


def wants_json() -> bool:
    """Whether the caller is a program rather than somebody looking at a page."""
    if request.path.startswith("/api/"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.mimetype == "application/json" or best == "application/json"
