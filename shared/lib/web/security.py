"""What a browser may do with our pages, and which changes really come from them."""

import hmac
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request

from shared.lib import clock
from shared.lib.actor import Actor, actor
from shared.lib.config import settings
from shared.lib.errors import Forbidden
from shared.lib.i18n import _

SAFE = {"GET", "HEAD", "OPTIONS"}
POLICY = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "media-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'; require-trusted-types-for 'script'; trusted-types fragment worker"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_secret_of: Callable[[Actor], str] = lambda who: ""  # noqa: E731


def csrf_with(secret_of: Callable[[Actor], str]) -> None:
    """Tells where the token of a session is kept; it lives as long as the session."""
    global _secret_of
    _secret_of = secret_of


def csrf_token() -> str:
    """Token of the one who is asking, for forms and for `X-CSRF-Token`."""
    return _secret_of(actor()) if actor().kind in ("account", "device") else ""


def own_origins() -> list[str]:
    """Origins that are ours: the stated address, and the address we listen on when that is this machine."""
    ours = {_origin(settings().url)}
    if settings().loopback and not settings().public_url:
        scheme = "https" if settings().tls_cert else "http"
        ours |= {f"{scheme}://{name}:{settings().port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    return sorted(ours)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def check_change() -> None:
    """A change must come from our own pages (origin and token) or carry a bearer token."""
    if request.method in SAFE or request.headers.get("Authorization", "").lower().startswith("bearer "):
        return
    if not _from_our_page(request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")):
        raise Forbidden(_("This did not come from our own page."), code="origin")
    expected = csrf_token()
    if expected:
        sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
        if not hmac.compare_digest(expected.encode(), sent.encode()):
            raise Forbidden(_("This page is out of date. Reload it and try again."), code="csrf")


def _from_our_page(origin: str | None, site: str | None) -> bool:
    return origin in own_origins() and site in (None, "same-origin")


class Headers:
    """WSGI: the same headers on every answer, and none of them kept by a browser but static files."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        secure = environ.get("wsgi.url_scheme") == "https"

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            own_policy = any(name == "Content-Security-Policy" for name, _value in headers)
            headers += _same_everywhere(path == "/kiosk" or path.startswith("/kiosk/"), own_policy, secure)
            if not path.startswith("/static/"):
                headers += [("Cache-Control", "no-store"), ("X-Now", clock.now().isoformat())]
            return start_response(status, headers, *error)

        answer: Iterable[bytes] = self.app(environ, start)
        return answer


@cache
def _same_everywhere(kiosk: bool, own_policy: bool, secure: bool) -> list[tuple[str, str]]:
    policy = POLICY.format(wasm=" 'wasm-unsafe-eval'" if kiosk else "")
    same = {} if own_policy else {"Content-Security-Policy": policy}
    same |= {"Permissions-Policy": f"camera=({'self' if kiosk else ''}), microphone=(), geolocation=()"} | HEADERS
    return list((same | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})).items())


def install(app: Flask) -> None:
    """Static files whose address changes with them stay in browsers for ever."""

    @app.after_request
    def _for_ever(response: Response) -> Response:
        if request.path.startswith("/static/") and request.args.get("v"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
