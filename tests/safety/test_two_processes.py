"""Outgrown: two processes on one PostgreSQL see each other's arrivals, and number and count them without a gap."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.bench.wire import Socket
from tests.postgres import Server
from tests.serving import desk

GOOD = {"visitor_company": "深蓝物联", "purpose": "business", "host": "前台"}


@pytest.fixture
def address(postgres_server: Server) -> str:
    return postgres_server.url(postgres_server.create())


def test_an_arrival_at_one_is_told_by_the_other(tmp_path: Path, address: str) -> None:
    one_data, other_data = tmp_path / "one", tmp_path / "other"
    one_data.mkdir()
    settings = {"DESK_DATABASE_URL": address, "DESK_RATE_LIMITS": "relaxed", "DESK_LOG_LEVEL": "error"}
    settings |= {"DESK_SECRET_KEY": "one secret for all", "DESK_DATA_KEY": "one key for all"}
    with desk(one_data, **settings) as one, desk(other_data, **settings) as other:
        made = one.prepared(2)
        other_data.mkdir()
        one.start()
        other.start()
        bearer = {"Authorization": f"Bearer {made['consoles'][0]}"}

        async def heard_elsewhere() -> int:
            socket = Socket(other.port, "/console", bearer)
            await socket.open()
            body = {**GOOD, "visitor_name": "陈嘉豪"}
            status, _, _ = await asyncio.to_thread(one.ask, "POST", "/api/v1/visits", body, **bearer)
            assert status == 201
            while True:
                message = await asyncio.wait_for(socket.heard.get(), 20)
                if "visits" in message["topics"]:
                    return int(message["seq"])

        with ThreadPoolExecutor(1) as apart:  # a browser of another test may own this thread's event loop
            seq = apart.submit(lambda: asyncio.run(heard_elsewhere())).result()
        status, headers, content = other.ask("GET", "/console/board?since=0", **bearer)
        assert status == 200
        assert int(headers["X-Seq"]) >= seq
        assert "陈嘉豪" in content.decode()

        def many(place: int) -> None:
            server = (one, other)[place % 2]
            for number in range(10):
                body = {**GOOD, "visitor_name": f"访客{place}号{number}"}
                assert server.ask("POST", "/api/v1/visits", body, **bearer)[0] == 201

        threads = [threading.Thread(target=many, args=(place,)) for place in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert gapless(address) == (41, 41, 41)


def gapless(address: str) -> tuple[int, int, int]:
    """How many visits there are, the last number given, the day's counter; the journal must have no gap."""
    import psycopg

    with psycopg.connect(address) as connection:
        query = "SELECT min(seq), max(seq), count(*) FROM journal"
        first, last, count = connection.execute(query).fetchone() or (0, 0, 0)
        assert last - first + 1 == count
        numbers = [row[0] for row in connection.execute("SELECT reg_no FROM visit ORDER BY reg_no")]
        counted = connection.execute("SELECT sum(count) FROM register_day").fetchone() or (0,)
    return len(set(numbers)), int(numbers[-1][-5:]), counted[0]
