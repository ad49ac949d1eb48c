"""How often something may be asked; counted in this process, by who is asking."""

from functools import cache

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from shared.lib.config import settings
from shared.lib.errors import TooMany
from shared.lib.i18n import _


@cache
def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


@cache
def _item(rate: str) -> RateLimitItem:
    return parse(rate)


def limit(name: str, rate: str, key: str) -> None:
    """Counts one `name` by `key`; TooMany above `rate` ("5/minute"). Load tests relax it a thousandfold."""
    item = _item(rate)
    if settings().rate_limits == "relaxed":
        return
    if not _limiter().hit(item, name, key):
        raise TooMany(_("That was too often. Wait a moment."), retry_after=item.get_expiry())


def forget() -> None:
    """Starts every count again; for tests."""
    _limiter().storage.reset()
