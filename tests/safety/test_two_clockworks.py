"""Two processes on one PostgreSQL have one clock between them: each stage is told once, also when one of them dies."""

import json
import time
from collections import Counter
from pathlib import Path

import psycopg
import pytest

from tests.postgres import Server
from tests.serving import Desk, desk, wait_for

GOOD = {"visitor_company": "深蓝物联", "purpose": "business", "consent": True}


@pytest.fixture
def address(postgres_server: Server) -> str:
    return postgres_server.url(postgres_server.create())


def waiting(address: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT count(*) FROM deadline WHERE next_at IS NOT NULL").fetchone()
        return int(row[0]) if row else 0


def told(address: str) -> Counter[tuple[int, str, str]]:
    """How often each stage of each deadline was told."""
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT action, data FROM journal WHERE action LIKE 'deadlines.%'").fetchall()
    events = [(action, json.loads(data)) for action, data in rows]
    return Counter((data["deadline"], action, json.dumps(data["steps"])) for action, data in events)


def visitors(server: Desk, made: dict[str, list[str]], numbers: range) -> None:
    notice = json.loads(server.ask("GET", "/api/v1/notice")[2])["version"]
    for number in numbers:
        host = {"ref": made["people"][number % len(made["people"])]}
        body = {**GOOD, "visitor_name": f"访客{number}", "host": host, "notice_version": notice}
        bearer = {"Authorization": f"Bearer {made['kiosks'][0]}"}
        assert server.ask("POST", "/api/v1/visits", body, **bearer)[0] == 201


def test_each_stage_is_told_once_by_whichever_is_there(tmp_path: Path, address: str) -> None:
    folders = [tmp_path / name for name in ("one", "other")]
    settings = {"DESK_DATABASE_URL": address, "DESK_RATE_LIMITS": "relaxed", "DESK_LOG_LEVEL": "error"}
    settings |= {"DESK_SECRET_KEY": "one secret for all", "DESK_DATA_KEY": "one key for all"}
    for folder in folders:
        folder.mkdir()
    with desk(folders[0], **settings) as one, desk(folders[1], **settings) as other:
        made = one.prepared(30)
        with psycopg.connect(address) as connection:
            for key in ("T01", "T02"):
                row = (key, 1, 2, 2 if key == "T01" else 3, "[3]", time.strftime("%Y-%m-%d"))
                connection.execute("INSERT INTO clock_change VALUES (%s, %s, %s, %s, %s, %s)", row)
        one.start()
        other.start()
        visitors(one, made, range(10))
        wait_for(lambda: waiting(address) == 0, "every stage")
        visitors(one, made, range(10, 20))
        one.kill()
        wait_for(lambda: waiting(address) == 0, "every stage, told by the one that is left")
        found = told(address)
        assert len({deadline for deadline, _action, _steps in found}) == 40
        assert set(found.values()) == {1}
