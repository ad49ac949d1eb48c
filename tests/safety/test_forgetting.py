"""After its time nothing of a visitor is in the data folder: not in the database, its log, a file or a line."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.moving_clock import WHERE, MovingClock
from tests.serving import Desk, desk, wait_for

NAME, COMPANY, MESSAGE = "Kanarienvogel Zwitscher", "Canary Feathers", "canarysong at noon"
HIDDEN = (b"Kanarienvogel", b"Zwitscher", "Kanarienvogel".encode("utf-16-le"), b"Canary Feathers", b"canarysong")


@pytest.fixture
def time(tmp_path: Path) -> MovingClock:
    return MovingClock(tmp_path / "clock")


@pytest.fixture
def server(tmp_path: Path, time: MovingClock) -> Iterator[Desk]:
    folder = tmp_path / "desk"
    folder.mkdir()
    with desk(folder, **{WHERE: str(time.path), "DESK_PRINTER": "folder:"}) as made:
        made.program = "tests.moving_clock"
        made.settings |= {name: tokens[0] for name, tokens in made.prepared().items() if name in ("kiosks", "consoles")}
        made.start()
        yield made


def found(server: Desk) -> list[str]:
    """Files of the data folder in which a piece of the visitor stands."""
    files = [path for path in server.data.rglob("*") if path.is_file()]
    return sorted({path.name for path in files for word in HIDDEN if word in path.read_bytes()})


def comes_and_goes(server: Desk) -> str:
    kiosk = {"Authorization": f"Bearer {server.settings['kiosks']}"}
    desk_ = {"Authorization": f"Bearer {server.settings['consoles']}"}
    notice = json.loads(server.ask("GET", "/api/v1/notice")[2])["version"]
    visit = {
        "visitor_name": NAME, "visitor_company": COMPANY, "purpose": "other", "purpose_note": MESSAGE, "host": "Nobody",
        "notice_version": notice, "consent": True, "language": "en", "phone": "13912345678", "party_size": 1,
    }  # fmt: skip
    status, _, body = server.ask("POST", "/api/v1/visits", visit, **kiosk, Idempotency_Key="canary")
    assert status == 201, body
    token = str(json.loads(body)["token"])
    shown = json.loads(server.ask("GET", f"/api/v1/visits/{token}", **desk_)[2])
    wrong = {"visitor_company": f"{COMPANY} Ltd", "row_version": shown["row_version"], "reason": f"{NAME} said so"}
    assert server.ask("POST", f"/console/visits/{token}/correction", wrong, **desk_)[0] == 200
    status, _, body = server.ask("POST", f"/api/v1/visits/{token}/departure", {"badge_returned": True}, **desk_)
    assert status == 200, body
    return token


def test_after_60_days_a_grep_over_the_data_folder_finds_nothing(server: Desk, time: MovingClock) -> None:
    token = comes_and_goes(server)
    wait_for(lambda: list((server.data / "printed").glob("*.pdf")), "the badge")
    assert "desk.db-wal" in found(server) or "desk.db" in found(server)
    time.reaches(datetime.now(UTC) + timedelta(days=60, hours=1))
    assert server.command("purge", "--dry-run") == "Nothing was erased: this was a rehearsal."
    assert found(server) != []
    server.command("purge")
    assert found(server) == []
    desk_ = {"Authorization": f"Bearer {server.settings['consoles']}"}
    assert json.loads(server.ask("GET", f"/api/v1/visits/{token}", **desk_)[2])["visitor_name"] == "K**"
    assert json.loads(server.ask("GET", "/api/v1/visits?q=Kanarien", **desk_)[2])["visits"] == []
