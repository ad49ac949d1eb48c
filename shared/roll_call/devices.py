"""A device that keeps a copy of the list: the desk seals it with a key whose other half only the warden's PIN opens."""

import base64
import gzip
import secrets
from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from shared import journal
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import UTC, Base, act_time
from shared.lib.errors import Forbidden, Invalid
from shared.lib.i18n import _

CURVE = ec.SECP256R1()


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
    """`text`, packed, for the holder of a key: each time under another (ECDH P-256, HKDF, AES-256-GCM), in base64."""
    once, iv = ec.generate_private_key(CURVE), secrets.token_bytes(12)
    key = agreed(once, _key(public_key))
    point = once.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    data = AESGCM(key).encrypt(iv, gzip.compress(text.encode(), mtime=0), None)
    return {name: base64.b64encode(part).decode() for name, part in (("key", point), ("iv", iv), ("data", data))}


def agreed(mine: ec.EllipticCurvePrivateKey, theirs: ec.EllipticCurvePublicKey) -> bytes:
    """The key that both halves lead to."""
    return HKDF(hashes.SHA256(), 32, None, b"foyer roll call").derive(mine.exchange(ec.ECDH(), theirs))


def _key(public_key: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(public_key)
    except (ValueError, UnsupportedAlgorithm):
        raise Invalid(_("That could not be read.")) from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != CURVE.name:
        raise Invalid(_("That could not be read."))
    return key
