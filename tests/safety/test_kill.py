"""Nothing acknowledged is lost: the desk is killed at random moments while four writers register visitors."""

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
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.serving import ROOT, Desk, desk, wait_for

WRITERS = 4


@dataclass
class Ledger:
    """What was sent and what was acknowledged: a line before, a line after."""

    sent: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def writer(url_port: int, token: str, ledger: Ledger, place: int, stopping: threading.Event) -> None:
    """Sends one key until it is answered, then the next."""
    number = 0
    connection: http.client.HTTPConnection | None = None
    while not stopping.is_set():
        number += 1
        key, name = f"w{place}-{number}", f"访客{place}号{number}"
        body = json.dumps({"visitor_name": name, "visitor_company": "测试", "purpose": "business", "host": "前台"})
        with ledger.lock:
            ledger.sent[key] = name
        while not stopping.is_set():
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", url_port, timeout=10)
                headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
                connection.request("POST", "/api/v1/visits", body, {**headers, "Idempotency-Key": key})
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                connection = None
                time.sleep(0.01)
                continue
            if answer.status in (200, 201):
                with ledger.lock:
                    ledger.kept[key] = json.loads(content)["reg_no"]
                break


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def life(parent: int) -> int | None:
    """The process that serves now."""
    found = children(parent)
    return found[0] if found else None


def answering(server: Desk) -> bool:
    return server.answers()


def test_two_hundred_deaths_lose_nothing_and_double_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    deaths = 200 if request.config.getoption("--release") else 6
    chance = random.Random(7)
    with desk(tmp_path, DESK_RATE_LIMITS="relaxed", DESK_LOG_LEVEL="error") as server:
        token = server.prepared(2)["consoles"][0]
        ledger, stopping = Ledger(), threading.Event()
        phoenix = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.phoenix"], cwd=ROOT, env=server.environment(), start_new_session=True
        )
        try:
            wait_for(server.answers, "the desk")
            threads = [
                threading.Thread(target=writer, args=(server.port, token, ledger, place, stopping))
                for place in range(WRITERS)
            ]
            for thread in threads:
                thread.start()
            for _ in range(deaths):
                before = len(ledger.kept)
                wait_for(lambda before=before: len(ledger.kept) > before + WRITERS, "check-ins between two deaths")
                time.sleep(chance.uniform(0.0, 0.2))
                alive = wait_for(lambda: life(phoenix.pid), "a life")
                os.killpg(alive, signal.SIGKILL)
            wait_for(server.answers, "the desk after its last death")
            stopping.set()
            for thread in threads:
                thread.join()
        finally:
            for pid in [*children(phoenix.pid), phoenix.pid]:
                os.kill(pid, signal.SIGKILL)
            phoenix.wait()
        judge(tmp_path / "desk.db", ledger)


def judge(database: Path, ledger: Ledger) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    names = [row[0] for row in connection.execute("SELECT visitor_name FROM visit")]
    numbers = {row[0]: row[1] for row in connection.execute("SELECT visitor_name, reg_no FROM visit")}
    journal = connection.execute("SELECT count(*), min(seq), max(seq) FROM journal").fetchone()
    told = connection.execute("SELECT count(*) FROM journal WHERE action = 'visits.checked_in'").fetchone()[0]
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    lost = [key for key, number in ledger.kept.items() if numbers.get(ledger.sent[key]) != number]
    assert not lost, "acknowledged and not there"
    assert len(names) == len(set(names)), "doubled"
    assert set(names) <= set(ledger.sent.values()), "there and never sent"
    assert told == len(names), "journal and visits differ"
    assert journal[0] == journal[2] - journal[1] + 1, "the journal has a gap"
    assert sorted(numbers.values())[-1].endswith(f"{len(names):05d}"), "register numbers are gapless"
