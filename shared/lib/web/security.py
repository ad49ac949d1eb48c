"""What a browser may do with our pages, and which changes really come from them."""

import hmac
from collections.abc import Callable
from functools import cache
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


@cache
def _same_everywhere(kiosk: bool, own_policy: bool) -> list[tuple[str, str]]:
    policy = (
        {} if own_policy else {"Content-Security-Policy": POLICY.format(wasm=" 'wasm-unsafe-eval'" if kiosk else "")}
    )
    allowed = {"Permissions-Policy": f"camera=({'self' if kiosk else ''}), microphone=(), geolocation=()"}
    return list((policy | allowed | HEADERS).items())


def install(app: Flask) -> None:
    """Puts the same headers on every answer."""

    @app.after_request
    def _headers(response: Response) -> Response:
        kiosk = request.path == "/kiosk" or request.path.startswith("/kiosk/")
        own = "Content-Security-Policy" in response.headers
        response.headers.extend(_same_everywhere(kiosk, own))
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.path.startswith("/static/") and request.args.get("v"):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Now"] = clock.now().isoformat()
        return response
