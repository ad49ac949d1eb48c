"""Links that answer one alert, or open one message, for one person: signed, valid while it is open."""

from dataclasses import dataclass

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from shared.lib.config import settings
from shared.lib.errors import Gone, NotFound
from shared.lib.i18n import _

HOURS = 24
PURPOSE = "foyer answer to an alert"
MESSAGE = "foyer message for somebody"


@dataclass(frozen=True, slots=True)
class Held:
    """What a link says: which alert, and who may answer it."""

    alert: str
    person_id: int


def sign(alert: str, person_id: int) -> str:
    """The last part of `/a/…` for one alert and one person."""
    return _serializer().dumps([alert, person_id])


def address(alert: str, person_id: int) -> str:
    """The whole link, as it stands in an e-mail."""
    return f"{settings().url}/a/{sign(alert, person_id)}"


def sign_message(relay: str, person_id: int) -> str:
    """The last part of `/a/message/…` for one message and one person: good until it is confirmed or handed on."""
    return _serializer(MESSAGE).dumps([relay, person_id])


def message_address(relay: str, person_id: int) -> str:
    """The whole link to a message, as it stands in an e-mail."""
    return f"{settings().url}/a/message/{sign_message(relay, person_id)}"


def read_message(signed: str) -> tuple[str, int]:
    """Which message a link is for, and whom; NotFound when it was not made here."""
    try:
        relay, person_id = _serializer(MESSAGE).loads(signed)
    except (BadData, ValueError, TypeError):
        raise NotFound(_("This link is not known here.")) from None
    return str(relay), int(person_id)


def read(signed: str) -> Held:
    """What a link is for; NotFound when it was not made here, Gone when it is older than a day."""
    try:
        alert, person_id = _serializer().loads(signed, max_age=HOURS * 3600)
    except SignatureExpired:
        raise Gone(_("This link is too old. Your own page has the latest.")) from None
    except (BadData, ValueError, TypeError):
        raise NotFound(_("This link is not known here.")) from None
    return Held(str(alert), int(person_id))


def _serializer(purpose: str = PURPOSE) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().key("secret_key"), salt=purpose)
