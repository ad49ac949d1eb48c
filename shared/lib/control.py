"""Commands of the operator: they reach the serving process through `desk.sock`, or take the data folder themselves."""

import fcntl
import json
import os
import socket
import socketserver
import stat
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shared.lib import db, i18n, in_place
from shared.lib.actor import OPERATOR, acting_as
from shared.lib.config import settings
from shared.lib.errors import Conflict, NotFound, Refused, Unavailable
from shared.lib.i18n import _

LONGEST_ADDRESS = 100  # bytes a socket's path may have; Linux allows 107, macOS 103
LONGEST_LINE = 64 * 1024 * 1024
PATIENCE = 15.0

Operation = Callable[..., Any]
_operations: dict[str, Operation] = {}


def operator(name: str, operation: Operation) -> None:
    """Lets an operator call `operation` by name, with JSON arguments and a JSON answer."""
    _operations[name] = operation


def call(name: str, /, **arguments: Any) -> Any:
    """Runs an operation: in the serving process when there is one, else here, holding the data folder meanwhile."""
    if not _alone():
        return _here(name, arguments)
    until = time.monotonic() + PATIENCE
    while True:
        connection = _connected()
        if connection is not None:
            return _there(connection, name, arguments)
        try:
            return _here(name, arguments)
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)  # the server is starting or stopping


class Busy(Conflict):
    """Another process holds the data folder."""

    code = "busy"


@contextmanager
def lock() -> Iterator[None]:
    """Holds the data folder: one process at a time writes to its database. Busy when another one does."""
    folder = settings().data
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / "desk.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _hold(descriptor)
        in_place.finish(folder)
        yield
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip() or "?"
        words = {"folder": settings().data, "process": holder}
        raise Busy(_("Process %(process)s is using the data folder %(folder)s.") % words) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


@contextmanager
def opened() -> Iterator[None]:
    """The database, brought up to date and open in this process; holds the data folder where one writer is the rule."""
    with lock() if _alone() else _nothing():
        settings().data.mkdir(parents=True, exist_ok=True, mode=0o700)
        db.migrate(settings().database)
        db.start(settings().database)
        try:
            yield
        finally:
            db.stop()


class Serving(socketserver.ThreadingUnixStreamServer):
    """Listens in the data folder for commands of the same user."""

    daemon_threads = True
    request_queue_size = 16

    def __init__(self) -> None:
        self.path = settings().data / "desk.sock"
        self.path.unlink(missing_ok=True)
        super().__init__(str(self.path), _Request)
        self.thread = threading.Thread(target=self.serve_forever, name="control", daemon=True)
        self.thread.start()

    def server_bind(self) -> None:
        before = os.umask(0o177)
        try:
            with short(self.path) as address:
                self.socket.bind(address)
        finally:
            os.umask(before)

    def stop(self) -> None:
        """No more commands; the socket is gone afterwards."""
        self.shutdown()
        self.server_close()
        self.path.unlink(missing_ok=True)


class _Request(socketserver.StreamRequestHandler):
    """One line in, one line out."""

    timeout = 60

    def handle(self) -> None:
        if _same_user(self.connection):
            line = self.rfile.readline(LONGEST_LINE)
            self.wfile.write(json.dumps(_answered(line)).encode() + b"\n")


def serve() -> Serving | None:
    """Takes commands from now on; call it holding `lock()`. None where several processes may write."""
    return Serving() if _alone() else None


def _answered(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        with i18n.use(i18n.known(asked.get("language")) or ""):
            return {"answer": _run(asked["name"], asked["arguments"])}
    except Refused as refused:
        return {"refused": refused.sentence, "code": refused.code, "fields": refused.fields}
    except Exception as error:
        return {"refused": f"{type(error).__name__}: {error}", "code": "accident", "fields": {}}


def _run(name: str, arguments: dict[str, Any]) -> Any:
    operation = _operations.get(name)
    if operation is None:
        raise NotFound(_("There is no command %(name)s.") % {"name": name})
    with acting_as(OPERATOR):
        return operation(**arguments)


def _here(name: str, arguments: dict[str, Any]) -> Any:
    with opened():
        return _run(name, arguments)


def _there(connection: socket.socket, name: str, arguments: dict[str, Any]) -> Any:
    asked = {"name": name, "arguments": arguments, "language": i18n.language()}
    with connection, connection.makefile("rwb") as line:
        line.write(json.dumps(asked).encode() + b"\n")
        line.flush()
        answer = line.readline()
    if not answer:
        raise Unavailable(_("The desk stopped before it answered. Look whether it was done, then try again."))
    told = json.loads(answer)
    if "refused" in told:
        raise Refused(told["refused"], code=told["code"], fields=told["fields"])
    return told["answer"]


def _connected() -> socket.socket | None:
    path = settings().data / "desk.sock"
    if not path.exists() or not stat.S_ISSOCK(path.stat().st_mode):
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with short(path) as address:
            connection.connect(address)
    except OSError:
        connection.close()
        return None
    return connection


@contextmanager
def short(path: Path) -> Iterator[str]:
    """The path of a socket, by way of a short link while it is bound or connected, when it is too long itself."""
    if len(os.fsencode(path)) <= LONGEST_ADDRESS:
        yield str(path)
        return
    with tempfile.TemporaryDirectory(prefix="foyer-", dir="/tmp") as folder:
        link = Path(folder) / "d"
        link.symlink_to(path.parent.absolute())
        yield str(link / path.name)


def _same_user(connection: socket.socket) -> bool:
    """Whether the caller is this user or root; where the system does not tell, the socket's rights must do."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    found = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return struct.unpack("3i", found)[1] in (os.getuid(), 0)


def _alone() -> bool:
    return settings().database.startswith("sqlite")


@contextmanager
def _nothing() -> Iterator[None]:
    yield
