"""Whatever is sent, the answer is a 4xx with a sentence and never a 500; the desk goes on."""

import http.client
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.serving import Desk, desk

GOOD = {"visitor_name": "陈嘉豪", "visitor_company": "深蓝物联", "purpose": "business", "host": "前台"}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, dict[str, list[str]]]]:
    with desk(tmp_path_factory.mktemp("desk"), DESK_RATE_LIMITS="relaxed", DESK_LOG_LEVEL="error") as server:
        made = server.prepared(3)
        server.start()
        yield server, made


def seeds() -> list[bytes]:
    """Bodies that have broken other systems."""
    text = json.dumps(GOOD)
    values = [
        '"\\ud800"',
        '"a\\u0000b"',
        "9" * 5000,
        "1e400",
        "NaN",
        "-Infinity",
        "[]",
        "{}",
        "null",
        "true",
        '"' + "x" * 100_000 + '"',
    ]
    bodies = [
        b"[" * 1000,
        b"[" * 100_000,
        b'{"a":' * 1000,
        b"",
        b"\xff\xfe\x00",
        b"\x00",
        b"null",
        b'"text"',
        b"{",
        b"[1,2",
    ]
    bodies += [text.replace('"business"', value).encode() for value in values]
    bodies += [text.replace('"\\u524d\\u53f0"', value).encode() for value in values]
    odd: tuple[Any, ...] = (None, [], {}, 0, -1, 51, 1e9, "x" * 300, "<script>", "' OR 1=1 --", "%00", "\u202e")
    fields = (*GOOD, "party_size", "phone", "language")
    bodies += [json.dumps({**GOOD, name: value}).encode() for name in fields for value in odd]
    bodies.append(b'{"visitor_name":"a","visitor_name":"b"}')
    bodies.append(text.encode("utf-16"))
    bodies.append(json.dumps({**GOOD, "photo": "x" * 9_000_000}).encode())
    return bodies


def post(server: Desk, token: str, path: str, body: bytes, **headers: str) -> int:
    status, answer, content = server.ask("POST", path, body, Authorization=f"Bearer {token}", **headers)
    if status >= 400:
        assert answer["Content-Type"] == "application/problem+json", (status, content[:200])
        assert json.loads(content)["title"]
    return status


def test_known_breakers_are_refused_with_a_sentence(serving: tuple[Desk, dict[str, list[str]]]) -> None:
    server, made = serving
    for path in ("/api/v1/visits", "/api/v1/departures"):
        for body in seeds():
            status = post(server, made["consoles"][0], path, body)
            assert status < 500, (path, body[:80], status)
    assert post(server, made["consoles"][0], "/api/v1/visits", json.dumps(GOOD).encode()) == 201


def test_headers_and_types_that_do_not_fit_are_refused(serving: tuple[Desk, dict[str, list[str]]]) -> None:
    server, made = serving
    good, token = json.dumps(GOOD).encode(), made["consoles"][0]
    for headers in (
        {"Idempotency_Key": "x" * 300},
        {"Idempotency_Key": "clé"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/x-www-form-urlencoded"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": "application/json; charset=utf-7"},
    ):
        status = post(server, token, "/api/v1/visits", good, **headers)
        assert status < 500, (headers, status)
    assert server.ask("GET", "/api/v1/visits", Authorization="Bearer nothing")[0] == 401
    assert server.ask("GET", "/api/v1/visits", Authorization="Bearer \x7f")[0] in (400, 401)
    assert server.ask("TRACE", "/api/v1/visits")[0] in (403, 405)


def test_a_wrong_length_ends_the_connection_and_nothing_else(serving: tuple[Desk, dict[str, list[str]]]) -> None:
    server, _ = serving
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.putrequest("POST", "/api/v1/visits")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()
    connection.send(b"5\r\nabc\r\n")
    connection.close()
    assert server.answers()


def test_random_damage_never_makes_a_500(
    serving: tuple[Desk, dict[str, list[str]]], request: pytest.FixtureRequest
) -> None:
    server, made = serving
    times = 100_000 if request.config.getoption("--release") else 3_000
    chance, good = random.Random(11), json.dumps(GOOD).encode()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Authorization": f"Bearer {made['consoles'][0]}", "Content-Type": "application/json"}
    for _ in range(times):
        body = bytearray(good)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(body))
            body[place : place + chance.randint(0, 3)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 4))
            )
        connection.request("POST", "/api/v1/visits", bytes(body), headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status < 500, bytes(body)
    assert server.answers()


def test_pages_that_are_not_there_say_nothing_about_the_inside(serving: tuple[Desk, dict[str, list[str]]]) -> None:
    server, _ = serving
    for path in (
        "/.git/HEAD",
        "/console?__debugger__=yes",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/v/" + "x" * 40,
    ):
        status, headers, content = server.ask("GET", path)
        assert status in (200, 302, 401, 404), path
        assert b"Traceback" not in content
        assert b"DESK_" not in content
        assert "Werkzeug" not in headers.get("Server", "")


def test_every_answer_carries_the_headers(serving: tuple[Desk, dict[str, list[str]]]) -> None:
    server, _ = serving
    for path in ("/healthz", "/kiosk", "/sign-in", "/nothing", "/api/v1/visits", "/api/v1/openapi.json"):
        _, headers, _ = server.ask("GET", path)
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'"), path
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
        assert ("'wasm-unsafe-eval'" in policy) == (path == "/kiosk")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_the_same_key_fifty_times_at_once_is_one_visit(serving: tuple[Desk, dict[str, list[str]]]) -> None:
    import threading

    server, made = serving
    answers: list[tuple[int, bytes]] = []

    def one() -> None:
        status, _, content = server.ask(
            "POST", "/api/v1/visits", GOOD, Authorization=f"Bearer {made['consoles'][0]}", Idempotency_Key="fifty"
        )
        answers.append((status, content))

    threads = [threading.Thread(target=one) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in answers) == [200] * 49 + [201]
    assert len({content for _, content in answers}) == 1
    other = {**GOOD, "visitor_name": "别人"}
    status, _, _ = server.ask(
        "POST", "/api/v1/visits", other, Authorization=f"Bearer {made['consoles'][0]}", Idempotency_Key="fifty"
    )
    assert status == 409
