"""No clock is lost, none fires twice, none early: the desk is killed at random moments during a hundred visits."""

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.safety.test_kill import children, life
from tests.serving import ROOT, Desk, desk, wait_for

VISITS, WRITERS = 100, 4
QUICK = {"T01": (1, 2, 2, [3]), "T02": (1, 2, 3, [3])}  # seconds in which every stage comes
MICRO = 1_000_000


@dataclass
class Ledger:
    """What was acknowledged: visits by their token, and which of them were greeted."""

    came: list[str] = field(default_factory=list)
    greeted: list[str] = field(default_factory=list)


def quicken(database: Path) -> None:
    """The clocks of an administrator in a hurry."""
    connection = sqlite3.connect(database)
    for key, (warn, due, breach, steps) in QUICK.items():
        row = (key, warn, due, breach, json.dumps(steps), 0)
        connection.execute("INSERT INTO clock_change VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.commit()
    connection.close()


def sends(server: Desk, token: str, path: str, body: dict[str, Any], key: str) -> dict[str, Any]:
    """One thing, said until it is acknowledged; the same key counts once. A conflict is an answer too."""
    while True:
        try:
            headers = {"Authorization": f"Bearer {token}", "Idempotency_Key": key}
            status, _, content = server.ask("POST", path, body, **headers)
        except (OSError, http.client.HTTPException):
            status, content = 0, b""
        if status in (200, 201, 409):
            found: dict[str, Any] = json.loads(content)
            return found
        time.sleep(0.01)


def writer(server: Desk, made: dict[str, list[str]], notice: str, place: int, ledger: Ledger) -> None:
    """Visitors come to the tablet, each for another host; every second one is greeted."""
    for number in range(VISITS // WRITERS):
        body = {
            "visitor_name": f"访客{place}号{number}", "visitor_company": "测试", "purpose": "business",
            "host": {"ref": made["people"][(place * 7 + number) % len(made["people"])]},
            "notice_version": notice, "consent": True,
        }  # fmt: skip
        token = sends(server, made["kiosks"][place], "/api/v1/visits", body, f"w{place}-{number}")["token"]
        ledger.came.append(token)
        if number % 2:
            sends(server, made["consoles"][0], f"/console/visits/{token}/greeting", {}, f"g{place}-{number}")
            ledger.greeted.append(token)


def test_a_hundred_visits_under_a_desk_that_dies(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    deaths = 60 if request.config.getoption("--release") else 12
    chance = random.Random(11)
    with desk(tmp_path, DESK_RATE_LIMITS="relaxed", DESK_LOG_LEVEL="error") as server:
        made, ledger = server.prepared(40), Ledger()
        quicken(tmp_path / "desk.db")
        phoenix = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.phoenix"], cwd=ROOT, env=server.environment(), start_new_session=True
        )
        try:
            wait_for(server.answers, "the desk")
            notice = json.loads(server.ask("GET", "/api/v1/notice")[2])["version"]
            threads = [
                threading.Thread(target=writer, args=(server, made, notice, place, ledger)) for place in range(WRITERS)
            ]
            for thread in threads:
                thread.start()
            for death in range(deaths):
                enough = (death + 1) * VISITS // (deaths + 1)
                wait_for(lambda enough=enough: len(ledger.came) >= enough, "visits between two deaths")
                time.sleep(chance.uniform(0.0, 0.2))
                os.killpg(wait_for(lambda: life(phoenix.pid), "a life"), signal.SIGKILL)
            for thread in threads:
                thread.join()
            wait_for(server.answers, "the desk after its last death")
            wait_for(lambda: nothing_waits(tmp_path / "desk.db"), "every stage")
        finally:
            for pid in [*children(phoenix.pid), phoenix.pid]:
                os.kill(pid, signal.SIGKILL)
            phoenix.wait()
        judge(tmp_path / "desk.db", ledger)


def nothing_waits(database: Path) -> bool:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    waiting = connection.execute("SELECT count(*) FROM deadline WHERE next_at IS NOT NULL").fetchone()[0]
    connection.close()
    return bool(waiting == 0)


def judge(database: Path, ledger: Ledger) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    rows = connection.execute("SELECT * FROM deadline").fetchall()
    keys = defaultdict(list)
    for row in rows:
        keys[row["subject"]].append(row["key"])
    assert {f"visit:{token}": ["T01", "T02"] for token in ledger.came} == keys, "lost, or started twice"
    met = {row["subject"] for row in rows if row["key"] == "T01" and row["state"] == "met"}
    assert met == {f"visit:{token}" for token in ledger.greeted}
    fired = defaultdict(list)
    for event in connection.execute("SELECT * FROM journal WHERE action LIKE 'deadlines.%' ORDER BY seq"):
        fired[json.loads(event["data"])["deadline"]].append(event)
    for row in rows:
        check(row, fired[row["id"]])


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
