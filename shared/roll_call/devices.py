"""A device that keeps a copy of the list: the desk seals it with a key whose other half only the warden's PIN opens."""

import base64
import gzip
import secrets
from datetime import datetime
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from shared import journal
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import UTC, Base, act_time
from shared.lib.errors import Forbidden, Invalid
from shared.lib.i18n import _

SMALLEST, LARGEST = 2048, 4096  # bits
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class RollCallDevice(Base):
    """The public key of a browser that is signed in; it goes with the session."""

    __tablename__ = "roll_call_device"
    session_id: Mapped[int] = mapped_column(ForeignKey("sign_in_session.id", ondelete="CASCADE"), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UTC)


@db.act
def keep_device(public_key: bytes) -> None:
    """From now on the session of whoever asks is given sealed copies. Forbidden for a program."""
    if actor().session_id is None:
        raise Forbidden(_("Only a browser that is signed in keeps a copy."))
    _key(public_key)
    session = db.session()
    row = session.get(RollCallDevice, actor().session_id) or RollCallDevice(session_id=actor().session_id)
    row.public_key, row.at = public_key, act_time()
    session.add(row)
    session.flush()
    journal.record("roll_call.device_kept", actor().ref)


def device_key() -> bytes | None:
    """The public key of the session of whoever asks; None when it keeps no copy."""
    with db.reading() as session:
        row = session.get(RollCallDevice, actor().session_id or 0)
        return row.public_key if row is not None else None


def sealed_for(public_key: bytes, text: str) -> dict[str, str]:
    """`text`, packed, under a key of its own (AES-256-GCM), and that key under the public one (RSA-OAEP), in base64."""
    key, iv, packed = AESGCM.generate_key(256), secrets.token_bytes(12), gzip.compress(text.encode(), mtime=0)
    parts = {"key": _key(public_key).encrypt(key, OAEP), "iv": iv, "data": AESGCM(key).encrypt(iv, packed, None)}
    return {name: base64.b64encode(part).decode() for name, part in parts.items()}


def _key(public_key: bytes) -> Any:
    try:
        key = load_der_public_key(public_key)
    except (ValueError, UnsupportedAlgorithm):
        raise Invalid(_("That could not be read.")) from None
    if not isinstance(key, rsa.RSAPublicKey) or not SMALLEST <= key.key_size <= LARGEST:
        raise Invalid(_("That could not be read."))
    return key
