"""A real desk for tests that talk to it from outside: its own process, port and data folder."""

import atexit
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 40.0
TELLING = {"DESK_DATABASE_URL", "DESK_DATA_KEY", "DESK_SECRET_KEY", "TEST_CLOCK"}  # such a desk is like no other
FILLED: dict[tuple[str, ...], tuple[Path, str]] = {}


@dataclass
class Desk:
    """A desk that serves, or is about to."""

    data: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    program: str = "cli"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
        own = {"DESK_DATA": str(self.data), "DESK_PORT": str(self.port), "DESK_PRINTER": "none:"}
        return {**plain, **own, **self.settings}

    def command(self, *words: str, text: str = "") -> str:
        """Runs `./desk words` and gives the last line it printed."""
        done = subprocess.run(
            [sys.executable, "-m", self.program, *words],
            cwd=ROOT, env=self.environment(), input=text, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""

    def prepared(self, people: int = 5, program: str = "tests.bench.prepare") -> dict[str, list[str]]:
        """Fills the empty desk with people and tokens, and with whatever else `program` brings."""
        made: dict[str, list[str]] = json.loads(self.filled(program, str(people)))
        return made

    def filled(self, program: str, *words: str) -> str:
        """Runs `program` on the empty desk and gives its last line; one that was filled so before is copied."""
        known = (program, *words)
        if self.settings.keys() & TELLING:
            return self._fills(known)
        if known not in FILLED:
            said, kept = self._fills(known), Path(tempfile.mkdtemp(prefix="foyer-filled-"))
            shutil.copytree(self.data, kept, dirs_exist_ok=True)
            atexit.register(shutil.rmtree, kept, ignore_errors=True)
            FILLED[known] = (kept, said)
            return said
        kept, said = FILLED[known]
        shutil.copytree(kept, self.data, dirs_exist_ok=True)
        return said

    def _fills(self, words: tuple[str, ...]) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().splitlines()[-1]

    def start(self, *words: str) -> None:
        with (self.data / "output.txt").open("ab") as output:
            command = [sys.executable, "-m", self.program, *(words or ("run",))]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=output, stderr=output, start_new_session=True
            )
        wait_for(lambda: self.answers() or self._ended(), f"{self.url} to answer")
        assert self.process.poll() is None, self.output()

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def output(self) -> str:
        return (self.data / "output.txt").read_text(errors="replace")

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/healthz")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        """Everything dies at once, as when the power goes."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One request; the status, the headers and the body, whatever they are."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        if data is not None and "Content_Type" not in headers:
            request.add_header("Content-Type", "application/json")
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()


def wait_for(condition: Any, what: str, patience: float = PATIENCE) -> Any:
    """Waits until `condition()` is true and gives what it gave."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {patience:.0f} s for {what}")


@contextlib.contextmanager
def desk(data: Path, **settings: str) -> Iterator[Desk]:
    """A desk in `data`; not started yet, ended afterwards."""
    made = Desk(data, free_port(), settings)
    try:
        yield made
    finally:
        made.stop()
