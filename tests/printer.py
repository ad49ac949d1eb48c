"""A real IPP printer without a cable: `ippeveprinter` with 62 x 100 mm labels, and a wire that can lose answers."""

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.postgres import free_port

PATIENCE = 30.0
ATTRIBUTES = """\
ATTR keyword media-supported "om_badge_62x100mm","om_card_54x86mm"
ATTR keyword media-default "om_badge_62x100mm"
ATTR keyword media-ready "om_badge_62x100mm"
ATTR mimeMediaType document-format-supported "application/octet-stream","application/pdf"
ATTR mimeMediaType document-format-default "application/pdf"
ATTR keyword print-scaling-supported "auto","none"
"""
COMMAND = """\
#!/bin/sh
# What the printer does with a badge: `mood` says how it feels, `printed` gets one line and one file for each badge.
cd "$(dirname "$0")"
mood() { read -r now < mood; }
mood
while [ "$now" = empty ] || [ "$now" = open ]; do
    [ "$now" = empty ] && reason=media-empty || reason=cover-open
    echo "STATE: +$reason" >&2
    sleep 0.05
    mood
done
echo "STATE: -media-empty,cover-open" >&2
if [ "$now" = broken ]; then
    echo "ERROR: The print head is too hot." >&2
    exit 1
fi
echo "$IPP_JOB_NAME" >> printed
cp "$1" "$IPP_JOB_NAME.pdf"
"""
BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/>
<allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
"""


def eventually(holds: Callable[[], object], what: str = "") -> None:
    """Waits until `holds` does; fails loudly when it never does."""
    until = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not holds():
        assert time.monotonic() < until, f"never came true: {what or holds}"
        pause.wait(0.02)


class LabelPrinter:
    """One printer on a port of its own; `mood` is ok, empty (no paper), open (its door) or broken."""

    def __init__(self, folder: Path, bus: str) -> None:
        self.folder, self.bus, self.port = folder, bus, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "badge.conf").write_text(ATTRIBUTES)
        (folder / "print.sh").write_text(COMMAND)
        (folder / "print.sh").chmod(0o755)
        self.mood("ok")

    @property
    def uri(self) -> str:
        return f"ipp://localhost:{self.port}/ipp/print"

    @property
    def printed(self) -> list[str]:
        """Names of the badges that came out, in order."""
        path = self.folder / "printed"
        return path.read_text().splitlines() if path.exists() else []

    def mood(self, mood: str) -> None:
        fresh = self.folder / "mood.new"
        fresh.write_text(f"{mood}\n")
        fresh.replace(self.folder / "mood")

    def pdf(self, name: str) -> bytes:
        """What came out under `name`, as the printer received it."""
        return (self.folder / f"{name}.pdf").read_bytes()

    def on(self) -> None:
        """Switches it on and waits until it answers."""
        command = ["ippeveprinter", "-p", str(self.port), "-n", "localhost", "-r", "off", "-a", "badge.conf"]
        self.process = subprocess.Popen(
            [*command, "-c", str(self.folder / "print.sh"), "-d", str(self.folder), "-K", str(self.folder), "Badges"],
            cwd=self.folder,
            env=os.environ | {"DBUS_SYSTEM_BUS_ADDRESS": self.bus},
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("ab"),
        )
        eventually(self._answers, "the printer answers")

    def off(self) -> None:
        """Pulls the plug: it forgets every job."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def hang(self) -> None:
        """It takes connections and says nothing."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("localhost", self.port), 1):
            return True
        assert self.process is not None and self.process.poll() is None, (self.folder / "log").read_text()
        return False


@contextmanager
def message_bus(folder: Path) -> Iterator[str]:
    """A D-Bus of our own, which `ippeveprinter` insists on; nothing else speaks on it."""
    path = folder / "bus"
    (folder / "bus.conf").write_text(BUS.format(path=path))
    command = [shutil.which("dbus-daemon") or "dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork"]
    process = subprocess.Popen([*command, "--nopidfile"], stderr=subprocess.DEVNULL)
    eventually(path.exists, "the bus is there")
    yield f"unix:path={path}"
    process.kill()
    process.wait()


class Wire:
    """A cable to the printer that can lose requests, or the answers to them, that hold certain bytes.

    `held` is set while an answer that holds them is kept back instead, until `let_go` is set.
    """

    def __init__(self, port: int) -> None:
        self.printer_port = port
        self.lost_answers: bytes | None = None
        self.lost_requests: bytes | None = None
        self.held_answers: bytes | None = None
        self.held, self.let_go = threading.Event(), threading.Event()
        self.lost = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self.server.getsockname()[1]}/ipp/print"

    def close(self) -> None:
        self.server.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            request = _whole(client)
            if self.lost_requests is not None and self.lost_requests in request:
                self.lost += 1
                return
            request = request.replace(b"\r\nHost:", b"\r\nConnection: close\r\nHost:", 1)
            with socket.create_connection(("localhost", self.printer_port), 10) as printer:
                printer.sendall(request)
                answer = _whole(printer)
            if self.lost_answers is not None and self.lost_answers in request:
                self.lost += 1
                return
            if self.held_answers is not None and self.held_answers in request:
                self.held.set()
                self.let_go.wait(PATIENCE)
            client.sendall(answer)


def _whole(connection: socket.socket) -> bytes:
    """One HTTP message, by its Content-Length or chunks."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return data
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lower = head.lower()
    if b"100 continue" in lower:
        return _whole(connection)
    if b"content-length:" in lower:
        length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += connection.recv(65536)
    else:
        while not body.endswith(b"0\r\n\r\n"):
            part = connection.recv(65536)
            if not part:
                break
            body += part
    return head + b"\r\n\r\n" + body
