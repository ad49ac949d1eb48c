"""Clients that send half a request, or nothing, take no thread from anybody else."""

import socket
from collections.abc import Iterator

import pytest

from shared.lib.web import worker
from tests.serving import Desk, desk, wait_for

MORE_THAN_THREADS = 600
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"
HALF = {
    "silent": b"",
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-",
    "half a body": b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nlogin=",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), DESK_LOG_LEVEL="error") as one:
        one.start()
        yield one


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF)
def test_half_sent_requests_leave_threads_for_everybody_else(server: Desk, sent: bytes) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(MORE_THAN_THREADS)]
    try:
        for connection in slow:
            connection.sendall(sent)
        wait_for(server.answers, "the first answer beside them")
        for _ in range(20):
            assert server.ask("GET", "/healthz")[0] == 200
        wait_for(lambda: cut_off(slow[0]), "the first of them to be told that it is over")
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.parametrize("asks_first", [False, True], ids=["", "asks first"])
@pytest.mark.parametrize("more", [10, 200_000], ids=["small", "large"])
def test_a_body_that_was_cut_off_is_not_acted_on(server: Desk, more: int, asks_first: bool) -> None:
    body = b"login=nobody&password=" + b"x" * (more - 10)
    head = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {server.url}\r\n"
    head += "Expect: 100-continue\r\n" if asks_first else ""
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body) + more}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=40) as line:
        line.sendall(head.encode() + body)
        line.shutdown(socket.SHUT_WR)
        answer = line.makefile("rb").read().removeprefix(GO_ON)
    assert answer[9:12] in (b"", b"400"), answer[:60]


def test_who_asks_first_whether_the_body_may_come_hears_it_once_and_is_answered(server: Desk) -> None:
    body = b"login=nobody&password=nothing"
    head = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: {server.url}\r\nExpect: 100-continue\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=40) as line:
        line.sendall(head.encode() + b"Connection: close\r\n\r\n")
        said = line.makefile("rb")
        assert said.read(len(GO_ON)) == GO_ON
        line.sendall(body)
        answer = said.read()
    assert answer.startswith(b"HTTP/1.1 401"), answer[:60]


def test_a_client_that_does_not_hang_up_holds_nobody(server: Desk) -> None:
    staying = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(60)]
    try:
        for connection in staying:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert server.ask("GET", "/healthz")[0] == 200
    finally:
        for connection in staying:
            connection.close()


def test_clients_that_never_hang_up_are_waited_for_by_few(server: Desk) -> None:
    staying = [socket.create_connection(("127.0.0.1", server.port), timeout=40) for _ in range(400)]
    try:
        for connection in staying:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        for connection in staying:
            assert b"200 OK" in connection.makefile("rb").read()
        assert server.ask("GET", "/healthz")[0] == 200
        assert len(waited_for(waited_for(staying))) <= worker.GOODBYES
    finally:
        for connection in staying:
            connection.close()


def test_connections_that_only_rest_do_not_shut_the_door(server: Desk) -> None:
    resting = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(2_200)]
    try:
        for connection in resting:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        wait_for(server.answers, "an answer for somebody who comes later")
    finally:
        for connection in resting:
            connection.close()


def waited_for(connections: list[socket.socket]) -> list[socket.socket]:
    """Those at whose other end somebody still reads; who has hung up says so when something more is sent."""
    return [connection for connection in connections if takes_more(connection)]


def takes_more(connection: socket.socket) -> bool:
    try:
        return connection.send(b"x") == 1
    except ConnectionError:
        return False


def cut_off(connection: socket.socket) -> bool:
    connection.settimeout(0.05)
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True
