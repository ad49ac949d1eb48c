"""Text: names as people write them, tokens nobody can guess, secrets nobody else can read."""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.lib.config import settings

SHORT_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}


def clean(value: str) -> str:
    """NFKC, control and direction characters gone, white space single and trimmed."""
    folded = unicodedata.normalize("NFKC", value)
    kept = "".join(
        " " if c.isspace() else c for c in folded if c.isspace() or unicodedata.category(c) not in _INVISIBLE
    )
    return " ".join(kept.split())


def is_name(value: str) -> bool:
    """Whether a cleaned text can be a person's name (procedure 0.4): 1 to 40 letters, marks, spaces, ·・-'."""
    if not 1 <= len(value) <= 40 or all(c.isdigit() or c == " " for c in value):
        return False
    return all(unicodedata.category(c)[0] in "LMN" or c in " ·・-‐'’.、，," or c >= "\U00030000" for c in value)


def fold(value: str) -> str:
    """What two spellings of one name or company have in common: lower case, without spaces and dots."""
    return "".join(c for c in clean(value).casefold() if c.isalnum())


def token(size: int = 16) -> str:
    """A public id or secret of `size` random bytes, safe in an address."""
    return secrets.token_urlsafe(size)


def short_code(length: int = 6) -> str:
    """A code for typing, without letters and digits that look alike."""
    number, letters = secrets.randbelow(len(SHORT_CODE_LETTERS) ** length), ""
    for _ in range(length):
        number, at = divmod(number, len(SHORT_CODE_LETTERS))
        letters += SHORT_CODE_LETTERS[at]
    return letters


def plain_code(value: str) -> str:
    """A typed code as it was issued: upper case, look-alikes put right, anything else dropped."""
    upper = clean(value).upper().translate(str.maketrans("OIL", "Q11"))
    return "".join(c for c in upper if c in SHORT_CODE_LETTERS)


@cache
def _keys() -> tuple[bytes, AESGCM]:
    secret = settings().key("data_key")
    return hmac.digest(secret, b"keyed hash", "sha256"), AESGCM(hmac.digest(secret, b"sealed columns", "sha256"))


def forget_keys() -> None:
    """The data key is read anew: another data folder is looked at."""
    _keys.cache_clear()


def keyed_hash(*parts: str) -> str:
    """A hash that says "the same as before" and nothing else; useless without the data key."""
    return base64.urlsafe_b64encode(hmac.digest(_keys()[0], "\0".join(parts).encode(), "sha256")[:18]).decode()


def token_hash(value: str) -> str:
    """How a random secret of 128 bits or more is kept: SHA-256, so that a copy of the database opens nothing."""
    return base64.urlsafe_b64encode(hashlib.sha256(value.encode()).digest()).decode().rstrip("=")


def seal(value: str) -> bytes:
    """Encrypts a column's text; the nonce stands before the sealed bytes."""
    nonce = secrets.token_bytes(12)
    return nonce + _keys()[1].encrypt(nonce, value.encode(), None)


def unseal(value: bytes) -> str:
    """The text of a sealed column."""
    return _keys()[1].decrypt(value[:12], value[12:], None).decode()
