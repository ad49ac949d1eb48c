"""An address that a person typed in leads to the internet or nowhere (safety H3)."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from shared.lib import fetch
from shared.lib.fetch import Fetcher, NotFetched, is_public
from tests.shared.lib.web_server import ELSEWHERE, HERE, NAME, Server, gives, serving, trap


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as made:
        yield made


def fetcher(server: Server, *addresses: str, **how: object) -> Fetcher:
    """A network in which every name is at `addresses`, and only the server's own address is on the internet."""
    found = list(addresses) or [HERE]
    given = {"resolve": lambda host, port: found, "allowed": lambda one: one == HERE, "trust": server.trusted, **how}
    return Fetcher(**given)  # type: ignore[arg-type]


def reason(ask: Fetcher, address: str) -> str:
    with pytest.raises(NotFetched) as refused:
        ask.get(address)
    return refused.value.reason


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::1",
        "2001:0:0:0:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_what_is_inside_is_not_public_in_whatever_form(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "localhost", "LOCALHOST", "[::1]",
        "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "１２７.0.0.1", "ⓛocalhost",
    ],
)  # fmt: skip
def test_no_way_of_writing_it_leads_inside(host: str) -> None:
    with socket.create_server(("", 0)) as free:
        port = free.getsockname()[1]
    with trap(port, "") as caught:
        assert reason(Fetcher(), f"https://{host}:{port}/mine.ics") == "not_public"
    assert caught == []


@pytest.mark.parametrize("host", ["169.254.169.254", "10.0.0.8", "192.168.0.1", "100.100.100.200", "[fd00:ec2::254]"])
def test_nothing_of_the_local_network_is_asked(host: str) -> None:
    assert reason(Fetcher(), f"https://{host}/latest/meta-data") == "not_public"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://calendar.example/", "not_https"),
        ("file:///etc/passwd", "not_https"),
        ("gopher://calendar.example/", "not_https"),
        ("ftp://calendar.example/", "not_https"),
        ("https://me:secret@calendar.example/", "not_https"),
        ("calendar.example/mine.ics", "not_https"),
        ("", "not_https"),
        ("https:///mine.ics", "no_host"),
        ("https://calendar.example:port/", "no_host"),
        (f"https://{'a' * 70}.example/", "no_host"),
    ],
)
def test_only_https_is_asked(server: Server, address: str, why: str) -> None:
    assert reason(fetcher(server), address) == why
    assert server.asked == []


def test_what_is_there_comes(server: Server) -> None:
    assert fetcher(server).get(server.url("/a b?key=Zq7-canary&x=%20")) == b"hello"
    assert server.asked == ["/a%20b?key=Zq7-canary&x=%20"]
    assert fetcher(server).get(server.url().replace("https:", "webcal:")) == b"hello"


def test_one_address_inside_among_others_is_one_too_many(server: Server) -> None:
    with trap(server.port) as caught:
        assert reason(fetcher(server, HERE, ELSEWHERE), server.url()) == "not_public"
    assert caught == [] and server.asked == []


def test_a_name_that_changes_its_mind_is_asked_once(server: Server) -> None:
    answers = [[HERE], [ELSEWHERE], [ELSEWHERE]]
    with trap(server.port) as caught:
        asked = fetcher(server, resolve=lambda host, port: answers.pop(0))
        assert asked.get(server.url()) == b"hello"
    assert caught == [] and len(answers) == 2


def moves(*to: str) -> object:
    def answer(request: BaseHTTPRequestHandler) -> None:
        at = int(request.path.rpartition("=")[2] or 0) if "=" in request.path else 0
        gives(request, b"", 302, Location=to[at]) if at < len(to) else gives(request, b"arrived")

    return answer


def test_where_it_moved_to_is_looked_at_like_the_first_address(server: Server) -> None:
    table = {NAME: [HERE], "inside.example": [ELSEWHERE]}
    asked = fetcher(server, resolve=lambda host, port: table[host])
    with trap(server.port) as caught:
        for to, why in (
            (f"https://inside.example:{server.port}/", "not_public"),
            (f"http://{NAME}:{server.port}/", "not_https"),
            (f"//inside.example:{server.port}/", "not_public"),
            ("file:///etc/passwd", "not_https"),
        ):
            server.answer = moves(to)  # type: ignore[assignment]
            assert reason(asked, server.url()) == why, to
    assert caught == []
    server.answer = moves("/next?at=1", server.url("/last?at=2"))  # type: ignore[assignment]
    assert asked.get(server.url()) == b"arrived"
    server.answer = moves(*["/again?at=0"] * 5)  # type: ignore[assignment]
    assert reason(asked, server.url()) == "redirects"


def test_who_cannot_prove_the_name_is_not_believed(server: Server, tmp_path: Path) -> None:
    assert reason(fetcher(server, trust=fetch.ssl.create_default_context), server.url()) == "certificate"
    assert reason(fetcher(server), f"https://other.example:{server.port}/") == "certificate"
    assert server.asked == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda request: gives(request, b"", 404), "status"),
        (lambda request: gives(request, b"x" * 2001), "too_big"),
        (lambda request: gives(request, b"x" * 2001, Content_Length=""), "too_big"),
        (lambda request: gives(request, b"x", Content_Length="99"), "no_answer"),
        (lambda request: gives(request, b"\x1f\x8b", Content_Encoding="gzip"), "not_http"),
        (lambda request: request.wfile.write(b"SSH-2.0\r\n\r\n"), "not_http"),
        (lambda request: gives(request, b"", 200, **{f"X-{at}": "y" for at in range(200)}), "not_http"),
    ],
)
def test_what_does_not_fit_is_left(server: Server, answer: object, why: str) -> None:
    server.answer = answer  # type: ignore[assignment]
    assert reason(fetcher(server, most=2000), server.url()) == why


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_whoever_drips_is_cut_off(server: Server, first: bytes) -> None:
    to_the_end = threading.Event()

    def drips(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(first)
        for _drop in range(500):
            if server.closing.wait(0.02):
                return
            request.wfile.write(b"a")
        to_the_end.set()

    server.answer = drips  # type: ignore[assignment]
    assert reason(fetcher(server, seconds=0.6), server.url()) == "no_answer"
    assert not to_the_end.is_set()


def test_whoever_says_nothing_at_all_is_cut_off(server: Server) -> None:
    with socket.create_server((HERE, 0)) as silent:
        port = silent.getsockname()[1]
        assert reason(fetcher(server, seconds=0.3), f"https://{NAME}:{port}/") == "no_answer"


def test_a_name_server_that_does_not_answer_holds_nobody_up(server: Server) -> None:
    for_ever = threading.Event()
    asked = fetcher(server, resolve=lambda host, port: [HERE] if for_ever.wait(30) else [], seconds=0.3)
    assert reason(asked, server.url()) == "no_answer"
    for_ever.set()


def test_a_name_that_nobody_has_is_said(server: Server) -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror("no such name")

    assert reason(fetcher(server, resolve=nobody), server.url()) == "no_host"
    with socket.create_server((HERE, 0)) as closed:
        port = closed.getsockname()[1]
    assert reason(fetcher(server), f"https://{NAME}:{port}/") == "no_connection"


def test_nothing_of_the_address_is_in_the_reason(server: Server) -> None:
    server.answer = lambda request: gives(request, b"", 403)
    with pytest.raises(NotFetched) as refused:
        fetcher(server).get(server.url("/Zq7-canary.ics?key=Zq7-canary"))
    assert (refused.value.reason, refused.value.status) == ("status", 403)
    assert "canary" not in repr(refused.value) and refused.value.__cause__ is None
