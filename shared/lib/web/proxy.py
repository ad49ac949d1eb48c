"""Believes forwarded headers from the proxies an operator named, and from nobody else."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address, ip_network
from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix

FORWARDED = ("FORWARDED", *(f"X_FORWARDED_{part}" for part in ("FOR", "PROTO", "HOST", "PORT", "PREFIX")))


class TrustedProxies:
    """WSGI middleware: one hop from a named proxy counts, every other forwarded header is dropped."""

    def __init__(self, app: Callable[..., Any], trusted: Iterable[str]) -> None:
        self.app = app
        self.fixed = ProxyFix(app, x_for=1, x_proto=1, x_host=0)
        self.networks = [ip_network(address, strict=False) for address in trusted]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self._trusted(environ.get("REMOTE_ADDR", "")):
            environ.pop("HTTP_X_FORWARDED_HOST", None)
            return self.fixed(environ, start_response)
        for name in FORWARDED:
            environ.pop(f"HTTP_{name}", None)
        result: Iterable[bytes] = self.app(environ, start_response)
        return result

    def _trusted(self, address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in self.networks)
        except ValueError:
            return False
