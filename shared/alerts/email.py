"""The e-mail channel: SMTP as the operator named it; every way in which it can fail ends in a sentence."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from shared.alerts.queue import NotSent
from shared.lib.config import settings

TIMEOUT = 10.0
_LOCAL = ("localhost", "127.0.0.1", "::1")
_FULL = re.compile(r"\b[45]\.2\.2\b|mailbox (is )?full|over ?quota|quota exceeded", re.IGNORECASE)
_UNKNOWN = re.compile(r"\b5\.1\.[0-36]\b|user unknown|no such (user|recipient)|does not exist", re.IGNORECASE)
_ADDRESS = re.compile(r"<?\S+@\S+>?")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes: `smtp://user:pass@host:port?tls=starttls|tls|none`."""

    host: str
    port: int
    tls: str
    user: str
    password: str


def server(url: str) -> Server:
    """The mail server an address names. Without `tls` it is starttls, tls at port 465, none on this machine."""
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    implied = "tls" if parts.port == 465 else "none" if host in _LOCAL else "starttls"
    tls = parse_qs(parts.query).get("tls", [implied])[0]
    port = parts.port or {"tls": 465, "none": 25}.get(tls, 587)
    return Server(host, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))


def configured() -> bool:
    """Whether there is a mail server to hand mail to."""
    return bool(settings().smtp_url)


def reach() -> None:
    """Connects and signs in as for a letter, and sends none; NotSent with the reason when that fails."""
    channel = EmailChannel()
    try:
        channel.connect()
    except (OSError, smtplib.SMTPException) as error:
        raise _down(error) from None
    finally:
        channel.rest()


class EmailChannel:
    """One connection, kept while there is mail to send."""

    name = "email"

    def __init__(self) -> None:
        self._wire: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> str:
        """Hands one message over and gives its id; NotSent with a reason otherwise."""
        try:
            wire = self._wire or self.connect()
        except (OSError, smtplib.SMTPException) as error:
            raise _down(error) from None
        try:
            wire.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self.rest()
            raise _refusal(error) from None
        return str(message["Message-ID"])

    def rest(self) -> None:
        """Closes the connection until there is mail again."""
        wire, self._wire = self._wire, None
        if wire is not None:
            with suppress(OSError, smtplib.SMTPException):
                wire.close()

    def connect(self) -> smtplib.SMTP:
        """Opens the connection and signs in, as the operator named the server."""
        where = server(settings().smtp_url)
        name = urlsplit(settings().url).hostname or "localhost"
        context = ssl.create_default_context()
        wire = (
            smtplib.SMTP_SSL(where.host, where.port, name, timeout=TIMEOUT, context=context)
            if where.tls == "tls"
            else smtplib.SMTP(where.host, where.port, name, timeout=TIMEOUT)
        )
        try:
            if where.tls == "starttls":
                wire.starttls(context=context)
            if where.user:
                wire.login(where.user, where.password)
        except BaseException:
            wire.close()
            raise
        self._wire = wire
        return wire


def _down(error: Exception) -> NotSent:
    """No connection: it would go no better for the next letter."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NotSent("sign_in", _said(error), everyone=True)
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return NotSent("certificate", everyone=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return NotSent("busy" if error.smtp_code < 500 else "refused", _said(error), everyone=True)
    return NotSent("no_answer" if _timed_out(error) else "not_reachable", everyone=True)


def _refusal(error: Exception) -> NotSent:
    """A letter that was not taken; a connection that broke off may have taken it, so it goes again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return _by_code(code, _text(said))
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code, _said(error))
    if isinstance(error, smtplib.SMTPNotSupportedError | ValueError):
        return NotSent("unknown_address", permanent=True)
    if _timed_out(error):
        return NotSent("no_answer", everyone=True)
    return NotSent("broke_off")


def _by_code(code: int, said: str) -> NotSent:
    permanent = code >= 500
    if code in (452, 552) or _FULL.search(said):
        return NotSent("mailbox_full", said, permanent=permanent)
    if not permanent:
        return NotSent("busy", said)
    if (code in (550, 551, 553) and not re.search(r"\b5\.7\.", said)) or _UNKNOWN.search(said):
        return NotSent("unknown_address", said, permanent=True)
    return NotSent("refused", said, permanent=True)


def _timed_out(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _said(error: smtplib.SMTPResponseException) -> str:
    return _text(error.smtp_error)


def _text(said: bytes | str) -> str:
    """The server's own words, without anybody's address."""
    plain = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _ADDRESS.sub("…", plain)
