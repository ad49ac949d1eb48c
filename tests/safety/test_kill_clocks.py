"""No clock is lost, none fires twice, none early: the desk is killed at random moments during a hundred whole visits.

Visitors come, are greeted, answered for, seated, served, leave, and their rooms are cleared; for some the host is away
and a message is passed on, confirmed, answered. Each thing is said until it is acknowledged, and counts once.
"""

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.safety import courses
from tests.safety.courses import FACTS, STAYS, VISITS, WRITERS, Clocks, Row, Visitor
from tests.safety.test_kill import children, life
from tests.serving import ROOT, Desk, desk, wait_for

MICRO = 1_000_000


@dataclass
class Writer:
    """Somebody at a tablet and a console, with four rooms; `said` counts what was acknowledged."""

    server: Desk
    made: dict[str, list[str]]
    notice: str
    place: int
    clocks: Clocks = field(default_factory=Clocks)
    said: int = 0

    def work(self) -> None:
        """One visitor after the other."""
        for number in range(VISITS):
            course = courses.course(self.place, number)
            stays = max(0, number - VISITS + len(STAYS) + 1)
            room = self.made["rooms"][self.place * (len(STAYS) + 1) + stays]
            visitor = Visitor(self.say, self.clocks, self.who(number, "message" in course), room)
            for deed in course:
                getattr(visitor, deed)()

    def who(self, number: int, away: bool) -> dict[str, Any]:
        """Each for another host, those with a message for the one who is away."""
        people = self.made["people"]
        host = self.made["away"][0] if away else people[(self.place * 7 + number) % len(people)]
        return {
            "visitor_name": f"访客{self.place}号{number}", "visitor_company": "测试", "purpose": "business",
            "host": {"ref": host}, "notice_version": self.notice, "consent": True,
        }  # fmt: skip

    def say(self, face: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One thing, said until it is acknowledged; the same key counts once."""
        headers = {"Authorization": f"Bearer {self.made[f'{face}s'][self.place]}"}
        headers["Idempotency_Key"] = f"{self.place}-{self.said}"
        while True:
            try:
                status, _, content = self.server.ask("POST", path, body, **headers)
            except (OSError, http.client.HTTPException):
                status, content = 503, b""
            if status in (200, 201):
                self.said += 1
                found: dict[str, Any] = json.loads(content)
                return found
            assert status >= 500, f"{path}: {status} {content.decode()}"
            time.sleep(0.01)


def test_a_hundred_visits_under_a_desk_that_dies(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    deaths = 60 if request.config.getoption("--release") else 5
    with desk(tmp_path, DESK_RATE_LIMITS="relaxed", DESK_LOG_LEVEL="error") as server:
        made = server.prepared(program="tests.safety.prepare")
        phoenix = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.phoenix"], cwd=ROOT, env=server.environment(), start_new_session=True
        )
        try:
            wait_for(server.answers, "the desk")
            notice = json.loads(server.ask("GET", "/api/v1/notice")[2])["version"]
            writers = [Writer(server, made, notice, place) for place in range(WRITERS)]
            with ThreadPoolExecutor(WRITERS) as pool:
                working = [pool.submit(writer.work) for writer in writers]
                dies(phoenix.pid, deaths, writers, working)
            for one in working:
                one.result()
            wait_for(server.answers, "the desk after its last death")
            wait_for(lambda: nothing_waits(tmp_path / "desk.db"), "every stage")
        finally:
            for pid in [*children(phoenix.pid), phoenix.pid]:
                os.kill(pid, signal.SIGKILL)
            phoenix.wait()
        judge(tmp_path / "desk.db", sum((writer.clocks.all() for writer in writers), Counter()))


def dies(parent: int, deaths: int, writers: list[Writer], working: list[Future[None]]) -> None:
    """The desk is killed as often, spread over everything that is said; not any more once a writer has stumbled."""
    chance = random.Random(11)
    for death in range(deaths):
        enough = (death + 1) * FACTS // (deaths + 1)
        until = lambda enough=enough: sum(one.said for one in writers) >= enough or stumbled(working)  # noqa: E731
        wait_for(until, "something said between two deaths")
        time.sleep(chance.uniform(0.0, 0.2))
        os.killpg(wait_for(lambda: life(parent), "a life"), signal.SIGKILL)


def stumbled(working: list[Future[None]]) -> bool:
    return any(one.done() and one.exception() for one in working)


def opened(database: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def nothing_waits(database: Path) -> bool:
    connection = opened(database)
    waiting = connection.execute("SELECT count(*) FROM deadline WHERE next_at IS NOT NULL").fetchone()[0]
    connection.close()
    return bool(waiting == 0)


def judge(database: Path, wanted: Counter[Row]) -> None:
    connection = opened(database)
    rows = connection.execute("SELECT * FROM deadline").fetchall()
    found = Counter((row["subject"], row["key"], how(row)) for row in rows)
    assert not wanted - found, "lost"
    assert not found - wanted, "started twice, or never asked for"
    fired = defaultdict(list)
    for event in connection.execute("SELECT * FROM journal WHERE action LIKE 'deadlines.%' ORDER BY seq"):
        fired[json.loads(event["data"])["deadline"]].append(event)
    for row in rows:
        check(row, fired[row["id"]])
    pushed = connection.execute("SELECT subject FROM journal WHERE action = 'relay.pushed'").fetchall()
    steps = [step for events in fired.values() for event in events for step in told(event)]
    assert Counter(row["subject"] for row in pushed) == Counter(steps), "told again more often than its time came"


def how(row: sqlite3.Row) -> str:
    return f"dropped: {row['reason']}" if row["state"] == "dropped" else str(row["state"])


def told(event: sqlite3.Row) -> list[str]:
    """The message of every step by which its recipient is told again."""
    again = [step for step in json.loads(event["data"])["steps"] if step == "resend"]
    return [event["subject"]] * len(again) if event["subject"].startswith("relay:") else []


def check(row: sqlite3.Row, events: list[sqlite3.Row]) -> None:
    """Every stage that was reached was told once, in order, and none before its time."""
    plan, told = json.loads(row["plan"]), 0
    ended = row["met_at"] or row["dropped_at"]
    assert row["stage"] == len(plan) or row["state"] != "open"
    for event in events:
        assert ended is None or event["at"] <= ended, "fired after it was settled"
        data, passed = json.loads(event["data"]), []
        while told < row["stage"] and row["starts_at"] + round(plan[told][0] * MICRO) <= event["at"]:
            passed += plan[told][1:]
            told += 1
        assert passed, "fired early, or twice"
        assert data["steps"] == [what for what in passed if what not in ("warned", "due", "breached")]
    assert told == row["stage"], "a stage that nobody heard of"
