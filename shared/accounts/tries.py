"""Wrong passwords: five a minute for one name, twenty an hour from one address; then even the right one waits."""

import ipaddress
import math
import time
from functools import cache

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from shared.lib.config import settings
from shared.lib.errors import TooMany
from shared.lib.i18n import _

NAME = parse("5 per 60 seconds")
ADDRESS = parse("20 per hour")
LINKS = parse("3 per 15 minutes")


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def check(login: str, address: str) -> None:
    """TooMany while `login` or `address` has used up its wrong tries; the same for names that do not exist."""
    for item, key in _keys(login, address):
        if settings().rate_limits != "relaxed" and not _limiter().test(item, "wrong", key):
            wait = max(1, math.ceil(_limiter().get_window_stats(item, "wrong", key).reset_time - time.time()))
            raise TooMany(_("Too many wrong tries. Wait a minute, then try again."), retry_after=wait)


def wrong(login: str, address: str) -> None:
    """Counts a wrong password."""
    for item, key in _keys(login, address):
        _limiter().hit(item, "wrong", key)


def link_allowed(email: str) -> bool:
    """Whether another sign-in link may go to `email`: three in a quarter of an hour."""
    return settings().rate_limits == "relaxed" or _limiter().hit(LINKS, "link", email)


def forget() -> None:
    """Starts every count again; for tests."""
    _limiter().storage.reset()


def _keys(login: str, address: str) -> list[tuple[RateLimitItem, str]]:
    return [(NAME, f"name {login}")] + ([(ADDRESS, f"from {_neighbourhood(address)}")] if address else [])


def _neighbourhood(address: str) -> str:
    """An IPv4 address, or the /64 that one household of IPv6 has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))
