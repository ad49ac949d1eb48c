"""gunicorn's threaded worker, which does not wait for ever: whoever sends or reads slowly cannot stop the desk."""

import contextlib
import io
import socket
import struct
import threading
import time
from itertools import islice
from typing import Any

from gunicorn.http.body import Body
from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import TConn, ThreadWorker

ARRIVES_WITHIN = 20.0  # seconds for a request to arrive, head and body
DAWDLERS = 128  # requests that may take longer than a second to arrive; the threads are for the others
GOODBYES = 64  # answered clients that may take their time to hang up; the others are hung up on
CONNECTIONS = 2000
IDLE = 1500  # above this many connections, those that rest longest are closed
SMALL = 64 << 10  # bytes of a body that is read before anybody acts on the request
STALLED = struct.pack("ll", 20, 0)  # an answer that nobody takes for 20 seconds is given up


class Worker(ThreadWorker):  # type: ignore[misc]
    """Every thread that waits for a client is counted; late ones, and the oldest of too many, hear that it is over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[TConn, float] = {}
        self.goodbyes = threading.BoundedSemaphore(GOODBYES)

    def handle(self, conn: TConn) -> Any:
        if not conn.initialized:
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, STALLED)
        self.arriving[conn] = time.monotonic()
        try:
            goes_on = super().handle(conn)
            if goes_on is False:
                self._say_goodbye(conn)
            return goes_on
        finally:
            self.arriving.pop(conn, None)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """The head is here. A small body is waited for first: cut off, it costs no page and changes nothing.

        A large one is read by whoever wants it, and stays counted, since its thread may wait for the rest.
        """
        length = _announced(req)
        if length is not None and length > SMALL:
            req.body.reader = _Whole(req.body.reader, length)
        elif length is not None:
            if length and not _arrives(req, conn, length):
                return False
            self.arriving.pop(conn, None)
        return super().handle_request(req, conn)

    def _say_goodbye(self, conn: TConn) -> None:
        """Closes here and waits, two seconds at most, for the client to do so too: gunicorn would wait in its one loop.

        Only some are waited for: a client that never hangs up holds a thread meanwhile.
        """
        waits = self.goodbyes.acquire(blocking=False)
        try:
            conn.close(graceful=waits)
        finally:
            if waits:
                self.goodbyes.release()
        conn.close = _closed

    def murder_pending(self) -> None:
        """Called at least once a second by the loop that accepts connections."""
        self._cut_off(time.monotonic())
        for resting in (self.keepalived_conns, self.pending_conns):
            for conn in islice(resting, max(0, self.nr_conns - IDLE)):
                conn.timeout = 0.0
        super().murder_pending()

    def _cut_off(self, now: float) -> None:
        """Nothing more is read from them: what waits for the rest of a request ends, an answer still goes out."""
        late = sorted((since, id(conn), conn) for conn, since in list(self.arriving.items()) if now - since > 1.0)
        for place, (since, _id, conn) in enumerate(late):
            if now - since > ARRIVES_WITHIN or place < len(late) - DAWDLERS:
                self.arriving.pop(conn, None)
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(conn.sock, socket.SHUT_RD)  # an SSLSocket's own would end encryption too


class _Whole:
    """A body that ends before it is complete is an error: gunicorn itself takes the end of the line for its end."""

    def __init__(self, reader: Any, left: int) -> None:
        self.reader, self.left = reader, left

    def read(self, size: int) -> bytes:
        data: bytes = self.reader.read(size)
        wanted, self.left = min(size, self.left), self.left - len(data)
        if len(data) < wanted:
            raise NoMoreData(data)
        return data


def _announced(req: Any) -> int | None:
    """How long the body is said to be; None when it comes in pieces, each of which says so itself."""
    heads = dict(req.headers)
    return None if "TRANSFER-ENCODING" in heads else int(heads.get("CONTENT-LENGTH", 0))


def _arrives(req: Any, conn: TConn, length: int) -> bool:
    """Reads the body; a client that waits to hear that it may send it hears so here, and not only from gunicorn."""
    if req._expected_100_continue:
        req._expected_100_continue = False
        conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    data = req.body.read(length)
    req.body = Body(io.BytesIO(data))
    return len(data) == length


def _closed(graceful: bool = False) -> None:
    """It is."""
