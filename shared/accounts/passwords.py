"""Passwords: Argon2id with 64 MiB, one at a time so that the desk stays quick, and common ones refused."""

import secrets
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from shared import company
from shared.lib.errors import Invalid, Unavailable
from shared.lib.i18n import _
from shared.lib.text import fold

SHORTEST, LONGEST = 10, 200
ENOUGH_GUESSES = 1e9
NEVER = ("password", "passw0rd", "qwerty", "123456", "前台", "密码")
WEAK = ("foyer", "reception", "frontdesk", "front desk", "welcome", "admin", "administrator", "qiantai", "mima")

_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
_busy = threading.Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Waits until no other password is being worked on: one core stays free, memory stays small."""
    if not _busy.acquire(timeout=10):
        raise Unavailable(_("Many people are signing in just now. Try again in a moment."), retry_after=5)
    try:
        yield
    finally:
        _busy.release()


def hashed(password: str) -> str:
    """Argon2id hash of `password`. Takes about 0.2 s: never inside an act."""
    with turn():
        return _hasher.hash(_plain(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether `password` is the one that was kept; takes the same time when none was. Only in a `turn`."""
    nobodys = _nobodys()
    try:
        return _hasher.verify(kept or nobodys, _plain(password)) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def made_up() -> str:
    """A password nobody has to think of: about 100 random bits, without look-alikes."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _letter in range(5)) for _group in range(4))


def check(password: str, about: Iterable[str] = (), field: str = "password") -> None:
    """Refuses what is short, common, or made of the company's name; `about` are other names somebody would try."""
    facts = company.facts()
    names = (*about, facts.name, facts.name_en)
    sentence = _fault(_plain(password), [word for name in names for word in (name, *name.split())])
    if sentence:
        raise Invalid(sentence, fields={field: sentence})


def _fault(password: str, about: list[str]) -> str:
    if len(password) < SHORTEST:
        return _("At least %(count)s characters; a short sentence is easy to keep.") % {"count": SHORTEST}
    if len(password) > LONGEST:
        return _("At most %(count)s characters.") % {"count": LONGEST}
    folded = fold(password)
    if any(word in folded for word in map(fold, about) if len(word) > (4 if word.isascii() else 1)):
        return _("Leave out the name and the company; both are tried first.")
    if any(word in folded for word in NEVER) or _guesses(password, about) < ENOUGH_GUESSES:
        return _("This one is guessed quickly. Three or four words that do not belong together hold better.")
    return ""


def _guesses(password: str, about: list[str]) -> float:
    # a megabyte of word lists: read when the first password is chosen
    from zxcvbn import zxcvbn

    return float(zxcvbn(password[:72], user_inputs=[*about, *WEAK])["guesses"])


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
