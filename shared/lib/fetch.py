"""Asks an address that a person typed in: https only, public addresses only, in seconds, never more than fits."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

SECONDS, BYTES, HOPS = 5.0, 1 << 20, 3
NAT64 = ipaddress.ip_network("64:ff9b::/96")
_MOVED = (301, 302, 303, 307, 308)
_KEPT = "/%:=&?~+!$,;'@()*[]-._"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotFetched(Exception):
    """Nothing came: `reason` is not_https, no_host, not_public, no_connection, certificate, no_answer, status,
    redirects, too_big or not_http; `status` what the other side said.
    """

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.status = reason, status


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads: the name it was given, and what is asked for there."""

    host: str
    port: int
    path: str


def is_public(address: str) -> bool:
    """Whether an address may be anywhere on the internet, and nowhere inside: also not as an address in an address."""
    found: Address = ipaddress.ip_address(address.partition("%")[0])
    inner = _inner(found)
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name; OSError when there are none."""
    return list(dict.fromkeys(str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True, slots=True)
class Fetcher:
    """How addresses are asked; a test has a network of its own."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    allowed: Callable[[str], bool] = is_public
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = SECONDS
    most: int = BYTES

    def get(self, address: str) -> bytes:
        """What is there, at most `most` bytes within `seconds`. Every redirect is checked like the first address."""
        until = time.monotonic() + self.seconds
        for _hop in range(HOPS):
            found = self._ask(place_of(address), until)
            if isinstance(found, bytes):
                return found
            address = urljoin(address, found)
        raise NotFetched("redirects")

    def _ask(self, place: Place, until: float) -> bytes | str:
        """The body, or where it has moved to."""
        raw = self._connect(place, until)
        try:
            with self.trust().wrap_socket(raw, server_hostname=place.host, do_handshake_on_connect=False) as link:
                return self._talk(link, place, until)
        except ssl.SSLCertVerificationError:
            raise NotFetched("certificate") from None
        except (TimeoutError, OSError, http.client.HTTPException) as error:
            raise NotFetched(_why(error, until)) from None
        finally:
            raw.close()

    def _connect(self, place: Place, until: float) -> socket.socket:
        """A connection to one of the addresses that were looked at; the name is not asked for again."""
        addresses = _within(until, lambda: self.resolve(place.host, place.port))
        if not addresses or not all(self.allowed(one) for one in addresses):
            raise NotFetched("not_public" if addresses else "no_host")
        for one in addresses:
            try:
                return socket.create_connection((one, place.port), timeout=_left(until))
            except OSError:
                continue
        raise NotFetched("no_answer" if time.monotonic() >= until else "no_connection")

    def _talk(self, link: ssl.SSLSocket, place: Place, until: float) -> bytes | str:
        """One request on the connection; it is cut when the time is up, however slowly the other side drips."""
        link.settimeout(_left(until))
        cut = threading.Timer(_left(until), _shut, (link,))
        cut.daemon = True
        cut.start()
        try:
            link.do_handshake()
            body = self._request(link, place)
        finally:
            cut.cancel()
        if time.monotonic() >= until:
            raise NotFetched("no_answer")
        return body

    def _request(self, link: ssl.SSLSocket, place: Place) -> bytes | str:
        asking = http.client.HTTPConnection(place.host, place.port)
        asking.sock, asking.auto_open, asking.default_port = link, 0, 443
        headers = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity", "User-Agent": "Foyer"}
        asking.request("GET", place.path, headers={**headers, "Connection": "close"})
        answer = asking.getresponse()
        if answer.status in _MOVED:
            return answer.headers.get("Location", "")
        if answer.status != 200:
            raise NotFetched("status", answer.status)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise NotFetched("not_http")
        body = answer.read(self.most + 1)
        if len(body) > self.most:
            raise NotFetched("too_big")
        if answer.length:  # fewer bytes than were promised
            raise NotFetched("no_answer")
        return body


def place_of(address: str) -> Place:
    """Where an address leads; only https has a place, and webcal, which is another word for it."""
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port or 443, (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise NotFetched("no_host") from None
    if parts.scheme not in ("https", "webcal", "webcals") or parts.username is not None:
        raise NotFetched("not_https")
    if not host:
        raise NotFetched("no_host")
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Place(host, port, path)


def _inner(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 address leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _within(until: float, ask: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What a name server says, for as long as there is time; it may take its own."""
    found: list[Any] = []

    def look() -> None:
        try:
            found.append(ask())
        except (OSError, UnicodeError):
            found.append(())

    asking = threading.Thread(target=look, daemon=True)
    asking.start()
    asking.join(_left(until))
    if not found:
        raise NotFetched("no_answer")
    addresses: Sequence[str] = found[0]
    return addresses


def _left(until: float) -> float:
    return max(0.01, until - time.monotonic())


def _shut(link: ssl.SSLSocket) -> None:
    try:
        link.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _why(error: Exception, until: float) -> str:
    if isinstance(error, TimeoutError) or time.monotonic() >= until:
        return "no_answer"
    return "not_http" if isinstance(error, http.client.HTTPException) else "no_connection"
