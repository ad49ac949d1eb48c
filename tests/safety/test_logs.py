"""What a desk writes beside its database: never a name, a number, a pass or a link, however much it is asked to say."""

import json
from collections.abc import Iterator

import pytest

from tests.serving import Desk, desk

TOO_LARGE = 10**22


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), DESK_LOG_LEVEL="debug") as one:
        one.settings["reception"] = one.command("token", "create", "desk", "--scope", "reception")
        one.start()
        yield one


def test_the_log_holds_nothing_of_a_visitor(server: Desk) -> None:
    reception = {"Authorization": f"Bearer {server.settings['reception']}"}
    sent = {"visitor_name": "Canary Marked", "purpose": "private", "host": "Canary Host", "phone": "13912345678"}
    status, _, body = server.ask("POST", "/api/v1/visits", sent, **reception)
    assert status == 201, body
    own = f"/v/{json.loads(body)['pass']}"
    assert server.ask("GET", own)[0] == 200
    assert server.ask("GET", "/api/v1/visits?q=Canary", **reception)[0] == 200
    secrets = [own.rpartition("/")[2], "sealed-link-canary", "typed-canary", server.settings["reception"]]
    server.ask("GET", f"/a/{secrets[1]}")
    server.ask("POST", f"/kiosk/open/{secrets[1]}", {}, Origin=server.url)
    server.ask("POST", "/sign-in", {"login": secrets[2], "password": secrets[2]}, Origin=server.url)
    written = server.output()
    assert [word for word in ("Canary", "13912345678", *secrets) if word in written] == []


def test_nobody_else_on_the_machine_reads_the_data(server: Desk) -> None:
    files = [path for path in server.data.iterdir() if path.name != "output.txt"]
    assert {path.name for path in files} >= {"desk.db", "secret_key.txt", "data_key.txt"}
    assert [path.name for path in files if path.stat().st_mode & 0o077] == []


def test_numbers_that_no_column_holds_are_no_accident(server: Desk) -> None:
    reception = {"Authorization": f"Bearer {server.settings['reception']}"}
    for path in (
        f"/api/v1/events?after={TOO_LARGE}",
        "/console/board?since=%C2%B2",
        f"/console/journal?before={TOO_LARGE}",
    ):
        assert server.ask("GET", path, **reception)[0] < 500, path
    for path, body in (("/console/undo", {"seq": TOO_LARGE}), (f"/console/calls/{TOO_LARGE}/answer", {})):
        assert server.ask("POST", path, body, **reception)[0] in (404, 422), path
