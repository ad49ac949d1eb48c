"""Only our own pages change something or open a socket."""

import base64
import os
import socket
from collections.abc import Iterator

import pytest

from tests.serving import Desk, desk

PORT = 0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), DESK_LOG_LEVEL="error") as one:
        one.tokens = one.prepared(1)  # type: ignore[attr-defined]
        one.start()
        yield one


def hostile(port: int) -> list[str | None]:
    """Thirty origins that are not ours."""
    ours = f"127.0.0.1:{port}"
    return [
        None, "", "null", "http://evil.example", f"http://{ours}.evil.example", f"http://evil.example/{ours}",
        f"http://{ours}@evil.example", f"http://evil.example@{ours}", f"https://{ours}", f"HTTP://{ours}",
        f"http://127.0.0.1:{port + 1}", "http://127.0.0.1", f"http://127.0.0.1.:{port}", f"http://{ours}/",
        f"http://{ours}.", f"ftp://{ours}", "file://", "chrome-extension://abc", f"http://127.0.0.2:{port}",
        f"http://0.0.0.0:{port}", f"http://2130706433:{port}", f"http://[::ffff:127.0.0.1]:{port}",
        f"http://sub.localhost:{port}", f"http://localhost.evil.example:{port}", f"http://localhost:{port + 1}",
        f" http://{ours}x", f"http://{ours}#", f"http://{ours}?", "data:", "about:blank",
    ]  # fmt: skip


def handshake(port: int, origin: str | None, transport: str, token: str, **extra: str) -> str:
    """The first line of the answer to a socket's handshake."""
    lines = [f"GET /socket.io/?EIO=4&transport={transport} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines.append(f"Authorization: Bearer {token}")
    if origin is not None:
        lines.append(f"Origin: {origin}")
    if transport == "websocket":
        key = base64.b64encode(os.urandom(16)).decode()
        lines += ["Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in extra.items()]
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return connection.recv(200).split(b"\r\n")[0].decode()


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_no_foreign_origin_opens_a_socket(server: Desk, transport: str) -> None:
    token = server.tokens["consoles"][0]  # type: ignore[attr-defined]
    for origin in hostile(server.port):
        for extra in ({}, {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http"}):
            line = handshake(server.port, origin, transport, token, **extra)
            assert " 403 " in line or " 400 " in line, (origin, extra, line)


def test_our_own_origin_opens_one(server: Desk) -> None:
    token = server.tokens["consoles"][0]  # type: ignore[attr-defined]
    for name in ("127.0.0.1", "localhost"):
        assert " 101 " in handshake(server.port, f"http://{name}:{server.port}", "websocket", token)


def test_no_foreign_origin_changes_anything(server: Desk) -> None:
    for origin in hostile(server.port):
        if origin is not None and not origin.isascii():
            continue
        headers = {"Origin": origin} if origin is not None else {}
        for path in ("/kiosk/pairing", "/sign-in", "/kiosk/help", "/api/v1/visits"):
            for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
                status, _, _ = server.ask("POST", path, b"{}", Content_Type=kind, **headers)
                assert status in (401, 403), (origin, path, status)


def test_a_forged_forwarded_header_changes_nothing(server: Desk) -> None:
    status, _, _ = server.ask(
        "POST", "/kiosk/pairing", b"{}", Origin="http://evil.example", X_Forwarded_Host="evil.example"
    )
    assert status == 403
