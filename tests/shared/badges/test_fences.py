"""The render process is fenced in: time, memory, no network, no files, no secrets, and it never outlives the desk."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from shared.badges.render import ROOT, Renderer, RenderFailed
from tests.printer import eventually
from tests.shared.badges.conftest import CHEN

MEMORY_BOMB = "<table>" + "<tr><td colspan=1000000>x" * 50 + "</table>"
TIME_BOMB = "<p>" + "<b>x " * 3_000_000
BADGE = b"%PDF"


@pytest.fixture
def own() -> Iterator[Renderer]:
    """A render process that a test may ruin; its limits are small."""
    process = Renderer(seconds=2, megabytes=256)
    process.pdf(CHEN)
    yield process
    process.stop()


def test_the_desk_itself_never_loads_weasyprint() -> None:
    code = (
        "import sys; from shared.migrations import models; models.load(); import app;"
        "from shared import badges; badges.Printing, badges.picture;"
        "sys.exit(any(name.split('.')[0] in ('weasyprint', 'pypdfium2', 'PIL.Image') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_child_loads_nothing_of_the_database_and_knows_no_secret(own: Renderer) -> None:
    environment = Path(f"/proc/{own.pid}/environ").read_text()
    assert "DESK_" not in environment
    assert "foyer-badge" not in environment and "FONTCONFIG_FILE" in environment
    code = "import sys, shared.badges.child; sys.exit('sqlalchemy' in sys.modules or 'flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_page_that_never_ends_is_ended_and_the_next_badge_prints(own: Renderer) -> None:
    first = own.pid
    with pytest.raises(RenderFailed, match="slow"):
        own.document(TIME_BOMB)
    assert own.pdf(CHEN).startswith(BADGE)
    assert own.pid != first


def test_a_page_that_eats_memory_is_ended_below_the_limit_and_the_next_badge_prints(own: Renderer) -> None:
    peak = 0

    def watch() -> None:
        nonlocal peak
        with suppress(OSError):
            while not done.wait(0.005):
                status = Path(f"/proc/{first}/status").read_text()
                peak = max([peak, *(int(kb) for kb in re.findall(r"RssAnon:\s+(\d+)", status))])

    first, done = own.pid, threading.Event()
    watcher = threading.Thread(target=watch)
    watcher.start()
    with pytest.raises(RenderFailed):
        own.document(MEMORY_BOMB)
    done.set()
    watcher.join()
    assert 0 < peak <= 256 * 1024
    assert own.pdf(CHEN).startswith(BADGE)
    assert own.pid != first


def test_a_killed_process_is_replaced(own: Renderer) -> None:
    assert own.pid is not None
    os.kill(own.pid, signal.SIGKILL)
    eventually(lambda: own.pid is None, "the process is gone")
    assert own.pdf(CHEN).startswith(BADGE)


def test_a_process_killed_while_it_draws_is_replaced(own: Renderer) -> None:
    first = own.pid
    assert first is not None
    threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
    with pytest.raises(RenderFailed, match="died"):
        own.document(TIME_BOMB)
    assert own.pdf(CHEN).startswith(BADGE)


def test_a_frozen_process_is_replaced(own: Renderer) -> None:
    assert own.pid is not None
    os.kill(own.pid, signal.SIGSTOP)
    with pytest.raises(RenderFailed, match="slow"):
        own.pdf(CHEN)
    assert own.pdf(CHEN).startswith(BADGE)


def test_after_a_failure_the_next_process_is_warmed_before_anybody_asks(own: Renderer) -> None:
    with pytest.raises(RenderFailed):
        own.document(MEMORY_BOMB)
    eventually(lambda: own.pid is not None, "another process stands ready")


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "drawing"])
def test_it_does_not_outlive_the_desk(busy: bool) -> None:
    code = (
        "import threading; from shared.badges.render import Renderer; from tests.shared.badges.conftest import CHEN;"
        "r = Renderer(seconds=300, megabytes=3000); r.pdf(CHEN); print(r.pid, flush=True);"
        + ("r.document('<p>' + '<b>x ' * 3000000)" if busy else "threading.Event().wait()")
    )
    desk = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    child = int(desk.stdout.readline())
    ticks = _ticks(child)
    eventually(lambda: not busy or _ticks(child) > ticks + 20, "it is at work")
    desk.kill()
    desk.wait()
    eventually(lambda: not _lives(child), "the render process ends")


def test_it_cannot_reach_the_network_or_the_disk(own: Renderer, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-4711")
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        web = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        hostile = (
            f'<link rel=stylesheet href="{web}a.css"><link rel=attachment href="file://{secret}">'
            f'<style>@import "{web}b.css"; @font-face {{ font-family: x; src: url({web}c.ttf) }}'
            f"p {{ background: url({web}d.png); font-family: x }} q {{ background: url(file://{secret}) }}</style>"
            f'<img src="{web}e.png"><img src="file://{secret}"><p>p<q>q<a rel=attachment href="file://{secret}">a</a>'
            f'<svg><image href="{web}f.png"/></svg><object data="{web}g.svg"></object><embed src="file://{secret}">'
        )
        pdf = own.document(hostile)
        with pytest.raises(BlockingIOError):
            trap.accept()
    assert b"/EmbeddedFile" not in pdf and b"canary" not in pdf


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_drawing_opens_and_connects_to_nothing(own: Renderer, tmp_path: Path) -> None:
    log = tmp_path / "calls"
    command = ["strace", "-f", "-e", "trace=open,openat,connect,socket,execve", "-o", str(log), "-p", str(own.pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    if "attached" not in tracer.stderr.readline():
        pytest.skip("strace may not look at other processes here")
    for index in range(20):
        own.pdf(replace(CHEN, visitor_name=f"<img src=file:///etc/passwd?{index}>䶮{chr(0x4E00 + index)}"))
    tracer.terminate()
    tracer.wait()
    calls = [line for line in log.read_text().splitlines() if re.search(r"\b(open(at)?|connect|socket|execve)\(", line)]
    fonts = ("/usr/share/fonts", str(ROOT / "build" / "fonts"))
    assert not [call for call in calls if not any(f'"{place}' in call for place in fonts)]


def test_what_it_answers_is_never_unpickled(own: Renderer) -> None:
    """The desk reads bytes and a code; nothing a ruined process sends becomes an object."""
    source = (ROOT / "shared/badges/render.py").read_text()
    assert "pickle.loads" not in source and ".recv()" not in source


def test_a_closed_renderer_says_so(own: Renderer) -> None:
    own.stop()
    with pytest.raises(RenderFailed, match="closed"):
        own.pdf(CHEN)


def _ticks(pid: int) -> int:
    """Processor time of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])


def _lives(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
