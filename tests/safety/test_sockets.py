"""Sockets take threads: whoever has no credential gets a share of them only, and the desk goes on answering."""

import base64
import os
import socket
from collections.abc import Iterator

import pytest

from shared.lib.web import sockets
from tests.serving import Desk, desk, wait_for


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), DESK_LOG_LEVEL="error") as one:
        one.settings["console"] = one.prepared(1)["consoles"][0]
        one.start()
        yield one


def opened(server: Desk, token: str = "") -> socket.socket | None:
    """A socket that was let in, None when it was refused."""
    lines = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    lines += [f"Origin: {server.url}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    lines += [f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    if b" 101 " not in connection.recv(200):
        connection.close()
        return None
    return connection


def says(connection: socket.socket, frame: bytes) -> None:
    connection.sendall(bytes([0x81, 0x80 | len(frame)]) + bytes(4) + frame)


def test_strangers_leave_threads_for_everybody_else(server: Desk) -> None:
    """None of them ever names a namespace: what counts is the connection."""
    strangers = [opened(server) for _ in range(sockets.STRANGERS + 20)]
    let_in = [one for one in strangers if one is not None]
    try:
        assert len(let_in) == sockets.STRANGERS
        assert server.ask("GET", "/healthz")[0] == 200
        console = opened(server, server.settings["console"])
        assert console is not None
        console.close()
    finally:
        for one in let_in:
            one.close()
    wait_for(lambda: opened(server), "a socket for a stranger once the others are gone")


def test_one_credential_holds_its_own_share_only(server: Desk) -> None:
    mine = [opened(server, server.settings["console"]) for _ in range(sockets.PER_CREDENTIAL + 5)]
    let_in = [one for one in mine if one is not None]
    for one in let_in:
        one.close()
    assert len(let_in) == sockets.PER_CREDENTIAL


def test_a_message_of_the_wrong_shape_is_no_accident(server: Desk) -> None:
    visitor = wait_for(lambda: opened(server), "a socket")
    says(visitor, b"40/v,")
    while b"40/v,{" not in visitor.recv(500):
        pass
    shapes = (b'["watch"]', b'["watch",1]', b'["watch",{},2,3]', b'["watch",{"pass":[]}]')
    says(visitor, b'42/v,["changed",{}]')
    for number, shape in enumerate(shapes, 1):
        says(visitor, b"42/v,%d" % number + shape)
        while b"43/v,%d" % number not in visitor.recv(500):
            pass
    visitor.close()
    assert "Traceback" not in server.output()
