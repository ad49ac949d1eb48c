"""The flush comes before the answer: seen in the system calls of the serving process."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT, desk, wait_for

CALL = re.compile(r"(fdatasync|fsync)\(\d+<[^>]*desk\.db[^>]*>")


def test_every_answer_is_preceded_by_its_flush(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    times = 500 if request.config.getoption("--release") else 100
    trace = tmp_path / "trace.txt"
    with desk(tmp_path, DESK_RATE_LIMITS="relaxed", DESK_LOG_LEVEL="error") as server:
        token = server.prepared(1)["consoles"][0]
        calls = "trace=fdatasync,fsync,sendto,recvfrom"
        command = [
            "strace",
            "-f",
            "-qq",
            "-y",
            "-s",
            "60",
            "-e",
            calls,
            "-o",
            str(trace),
            sys.executable,
            "-m",
            "cli",
            "run",
        ]
        with subprocess.Popen(command, cwd=ROOT, env=server.environment(), start_new_session=True) as process:
            server.process = process
            wait_for(server.answers, "the desk under strace")
            for number in range(times):
                body = {
                    "visitor_name": f"访客{number}",
                    "visitor_company": "测试",
                    "purpose": "business",
                    "host": "前台",
                }
                status, _, _ = server.ask("POST", "/api/v1/visits", body, Authorization=f"Bearer {token}")
                assert status == 201
            server.stop()
    assert flushed(trace.read_text(errors="replace").splitlines()) == times


def flushed(lines: list[str]) -> int:
    """How many answers 201 had a flush of the database between their request and themselves."""
    count, since_request = 0, False
    for line in lines:
        if '"POST /api/v1/visits' in line:
            since_request = False
        elif CALL.search(line):
            since_request = True
        elif "sendto(" in line and '"HTTP/1.1 201' in line:
            assert since_request, "an answer left before the flush"
            count, since_request = count + 1, False
    return count
