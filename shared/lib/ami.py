"""Listens to an Asterisk exchange over its manager interface (AMI), as its documentation describes it.

Messages are lines `Name: value`, ended by an empty one. The secret is never sent: the exchange sets a challenge.
"""

import contextlib
import hashlib
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"ami": 5038, "amis": 5039}
CONNECT, SILENT = 5.0, 30.0  # seconds: until it answers, and after which it is asked whether it is still there
SIGN_IN = 60.0  # seconds, however much it says meanwhile
LONGEST, MOST = 8192, 400  # bytes of a line, lines of a message
WRITTEN = "ami://name:secret@host:port or amis://…"
Message = Mapping[str, str]


class Lost(Exception):
    """Nothing is heard: `reason` is no_connection, certificate, refused, no_answer, or no_exchange."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Exchange:
    """Where an exchange is, as whom the desk listens, and which of its numbers ring at the desk (none: all do)."""

    host: str
    port: int
    name: str
    secret: str = field(repr=False)
    tls: bool
    lines: frozenset[str]


def exchange(url: str) -> Exchange:
    """Reads `ami://name:secret@host:port?lines=600,601`; ValueError when it is none."""
    try:
        parts = urlsplit(url)
        port = parts.port  # what Python says of a wrong one may hold a piece of the secret
    except ValueError:
        raise ValueError(WRITTEN) from None
    if parts.scheme not in PORTS or not parts.hostname or not parts.username:
        raise ValueError(WRITTEN)
    named = ",".join(parse_qs(parts.query).get("lines", ())).split(",")
    return Exchange(
        parts.hostname, port or PORTS[parts.scheme], unquote(parts.username), unquote(parts.password or ""),
        parts.scheme == "amis", frozenset(line.strip() for line in named if line.strip()),
    )  # fmt: skip


class Wire:
    """One connection. Every failure of it is Lost; `close` may be called from elsewhere and ends what waits."""

    def __init__(self, to: Exchange, *, silent: float = SILENT, patience: float = SIGN_IN) -> None:
        self.to, self.patience = to, patience
        self._until: float | None = None  # by when something has to have been said
        self._rest = b""
        self._begun: dict[str, str] = {}
        self._socket = self._connected()
        self._socket.settimeout(silent)

    def _connected(self) -> socket.socket:
        try:
            plain = socket.create_connection((self.to.host, self.to.port), CONNECT)
        except OSError:
            raise Lost("no_connection") from None
        if not self.to.tls:
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=self.to.host)
        except OSError as error:
            plain.close()
            raise Lost("certificate" if isinstance(error, ssl.SSLError) else "no_answer") from None

    def sign_in(self) -> None:
        """Proves who the desk is, and asks for what happens to calls and nothing else."""
        self._until = time.monotonic() + self.patience
        try:
            if not self._line().startswith("Asterisk Call Manager"):
                raise Lost("no_exchange")
            challenge = self._asked(Action="Challenge", AuthType="MD5").get("challenge", "")
            proof = hashlib.md5((challenge + self.to.secret).encode(), usedforsecurity=False).hexdigest()
            self._asked(Action="Login", AuthType="MD5", Username=self.to.name, Key=proof, Events="call")
        except TimeoutError:
            raise Lost("no_answer") from None
        self._until = None

    def messages(self) -> Iterator[Message]:
        """What the exchange says, until it is Lost; names are in small letters."""
        while True:
            try:
                yield self._message()
            except TimeoutError:
                self._say(Action="Ping")
                try:
                    yield self._message()
                except TimeoutError:
                    raise Lost("no_answer") from None

    def close(self) -> None:
        """Hangs up."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _asked(self, **action: str) -> Message:
        self._say(**action)
        while "response" not in (found := self._message()):
            pass
        if found["response"] != "Success":
            raise Lost("refused")
        return found

    def _say(self, **action: str) -> None:
        written = "".join(f"{name}: {_plain(value)}\r\n" for name, value in action.items()) + "\r\n"
        try:
            self._socket.sendall(written.encode())
        except OSError:
            raise Lost("no_answer") from None

    def _message(self) -> Message:
        """The next message. TimeoutError when it does not come; what came of it by then is kept."""
        for _count in range(MOST):
            line = self._line()
            if line:
                name, _, value = line.partition(":")
                self._begun[name.strip().lower()] = value.strip()
            elif self._begun:
                found, self._begun = self._begun, {}
                return found
        raise Lost("no_exchange")

    def _in_time(self) -> bool:
        if self._until is not None and time.monotonic() > self._until:
            raise TimeoutError
        return True

    def _line(self) -> str:
        """The next line without its end."""
        while self._in_time() and b"\n" not in self._rest:
            if len(self._rest) > LONGEST:
                raise Lost("no_exchange")
            try:
                more = self._socket.recv(65536)
            except TimeoutError:
                raise
            except OSError:
                raise Lost("no_answer") from None
            if not more:
                raise Lost("no_answer")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.rstrip(b"\r").decode(errors="replace")


def _plain(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
