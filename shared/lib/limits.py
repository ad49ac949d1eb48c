"""How often something may be done; counted in this process, by who does it."""

import time
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
    """Counts one `name` by `key`; TooMany above `rate` ("5/minute"). Load tests are never held up."""
    if not allowed(name, rate, key):
        raise _too_many(name, rate, key, _("That was too often. Wait a moment."))


def allowed(name: str, rate: str, key: str) -> bool:
    """Counts one; False when it is one too many, and then it does not count."""
    return settings().rate_limits == "relaxed" or _limiter().hit(_item(rate), name, key)


def check(name: str, rate: str, key: str, sentence: str) -> None:
    """Counts nothing; TooMany with `sentence` while `rate` is used up."""
    if settings().rate_limits != "relaxed" and not _limiter().test(_item(rate), name, key):
        raise _too_many(name, rate, key, sentence)


def forget() -> None:
    """Starts every count again; for tests."""
    _limiter().storage.reset()


def _too_many(name: str, rate: str, key: str, sentence: str) -> TooMany:
    """With the whole seconds after which the oldest that counts no longer does."""
    until = _limiter().get_window_stats(_item(rate), name, key).reset_time
    return TooMany(sentence, retry_after=max(0, int(until - time.time())) + 1)
