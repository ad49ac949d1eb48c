"""Sockets take threads: everybody has a share of them only, says little, and the desk goes on answering."""

import base64
import contextlib
import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.lib.web import frames, sockets
from tests.serving import Desk, desk, wait_for

PASSWORD = "lantern-orbit-thimble-42"
JUNK = [
    b"", b"x", b"9", b"2", b"5", b"b4AAA", b"\xc2\xb2", b"4", b"4x", b"43/v,1[]", b"44/v,{}", b"46/v,1-1[]",
    b"45/v,1-[{\"_placeholder\":true,\"num\":-1}]", b"4599999999-[1]", b"42/v", b"42/v,", b"42/v,{}", b"42/v,[]",
    b"42/v,[1]", b"42/v,[", b"42/v,[\"watch\"" , b"42/v,1e400", b"42/v,9" * 200, b"40/v,[]", b"40/v,{",
    b"42/v,[\"connect\"]", b"42/v,[\"disconnect\"]", b"42/v," + b"[" * 3000 + b"]" * 3000, b"42/v," + b"7" * 5000,
    b"42/v,[\"" + b"x" * frames.LARGEST + b"\"]",
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk")) as one:
        one.settings["console"] = one.prepared(1)["consoles"][0]
        one.command("user", "add", "mia", "--role", "receptionist", "--password-stdin", text=PASSWORD)
        one.start()
        yield one


def opened(server: Desk, token: str = "", cookie: str = "") -> socket.socket | None:
    """A socket that was let in, None when it was refused."""
    lines = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    lines += [f"Origin: {server.url}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    lines += [f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}"]
    lines += [f"Authorization: Bearer {token}"] if token else [f"Cookie: foyer={cookie}"] if cookie else []
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    if b" 101 " not in connection.recv(200):
        connection.close()
        return None
    return connection


def shares(server: Desk, most: int, **who: str) -> int:
    """How many of `most` sockets are let in at once; they are closed again."""
    let_in = [one for one in (opened(server, **who) for _ in range(most)) if one is not None]
    for one in let_in:
        one.close()
    return len(let_in)


def visitor(server: Desk) -> socket.socket:
    """A socket that has joined the namespace of visitors' own pages."""
    connection: socket.socket = wait_for(lambda: opened(server), "a socket")
    says(connection, b"40/v,")
    while b"40/v,{" not in connection.recv(500):
        pass
    return connection


def says(connection: socket.socket, content: bytes, kind: int = 1) -> None:
    size = len(content)
    if size < 126:
        length = bytes([0x80 | size])
    else:
        length = b"\xfe" + struct.pack(">H", size) if size < 1 << 16 else b"\xff" + struct.pack(">Q", size)
    connection.sendall(bytes([0x80 | kind]) + length + bytes(4) + content)


def hung_up(connection: socket.socket) -> bool:
    """Waits until the desk closes the connection; an answer to something else before that does not count."""
    with contextlib.suppress(ConnectionError):
        while connection.recv(4096):
            pass
    connection.close()
    return True


def threads(server: Desk) -> int:
    """How many threads the serving process has."""
    assert server.process is not None
    parent = server.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in children)


def signs_in(server: Desk) -> str:
    """The secret of a new session."""
    body = {"login": "mia", "password": PASSWORD}
    status, headers, _ = server.ask("POST", "/sign-in", body, Origin=server.url, Accept="application/json")
    assert status == 200
    return headers["Set-Cookie"].partition("foyer=")[2].partition(";")[0]


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


def test_a_token_holds_ten_sockets(server: Desk) -> None:
    assert shares(server, 15, token=server.settings["console"]) == 10


def test_each_session_of_an_account_holds_ten_sockets(server: Desk) -> None:
    desk_pc, phone = signs_in(server), signs_in(server)
    mine = [opened(server, cookie=desk_pc) for _ in range(12)]
    assert len([one for one in mine if one]) == 10
    assert shares(server, 12, cookie=phone) == 10
    for one in mine:
        if one:
            one.close()


def test_a_message_of_the_wrong_shape_is_no_accident(server: Desk) -> None:
    talks = visitor(server)
    shapes = (b'["watch"]', b'["watch",1]', b'["watch",{},2,3]', b'["watch",{"pass":[]}]')
    says(talks, b'42/v,["changed",{}]')
    for number, shape in enumerate(shapes, 1):
        says(talks, b"42/v,%d" % number + shape)
        while b"43/v,%d" % number not in talks.recv(500):
            pass
    talks.close()
    assert "Traceback" not in server.output()


def test_junk_is_hung_up_on_and_leaves_no_line_in_the_log(server: Desk) -> None:
    before = server.output()
    for junk in JUNK:
        talks = visitor(server)
        says(talks, junk)
        assert hung_up(talks), junk[:40]
    talks = visitor(server)
    says(talks, b"\x04\x01", kind=2)
    assert hung_up(talks), "bytes are no text"
    assert server.ask("GET", "/healthz")[0] == 200
    assert server.output() == before


def test_a_flood_is_hung_up_on_and_everything_is_as_before(tmp_path: Path) -> None:
    with desk(tmp_path) as server:
        server.start()
        visitor(server).close()
        before, running = server.output(), threads(server)
        for frame in (b"3", b'42/v,["watch",{"pass":"guess"}]', b"40/nowhere,", b'42/console,["x"]'):
            for _ in range(5):
                talks = visitor(server)
                with contextlib.suppress(ConnectionError):
                    for _ in range(300):
                        says(talks, frame)
                assert hung_up(talks)
        assert server.ask("GET", "/healthz")[0] == 200
        assert server.output() == before
        wait_for(lambda: threads(server) <= running + 5, "the threads of the flood to end")


def test_a_hundred_messages_a_minute_are_heard(server: Desk) -> None:
    talks = visitor(server)
    for number in range(1, frames.A_MINUTE):
        says(talks, b'42/v,%d["watch"]' % number)
    answer = b""
    while b"43/v,%d[]" % (frames.A_MINUTE - 1) not in answer:
        answer += talks.recv(4096)
    says(talks, b'42/v,["watch"]')
    assert hung_up(talks)


def test_who_is_hung_up_on_and_does_not_notice_holds_no_share(server: Desk) -> None:
    silent = [visitor(server) for _ in range(30)]
    for one in silent:
        says(one, b"x")
    wait_for(lambda: shares(server, sockets.STRANGERS) == sockets.STRANGERS, "their shares while they are silent")
    assert all(hung_up(one) for one in silent)
