"""What comes in over a socket: shapes our pages send, 64 KB each, a hundred a minute; all else is hung up on.

Nothing here writes to the log: whoever can open a socket could fill it.
"""

import socket
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import simple_websocket
from socketio import packet
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError

LARGEST = 64 * 1024  # bytes
A_MINUTE = 100
OVER = (simple_websocket.ConnectionClosed, LocalProtocolError, OSError)
RESERVED = ("connect", "disconnect")  # events of the library; a client that sends one would run our own handlers


class Line(simple_websocket.Server):  # type: ignore[misc]
    """A WebSocket that is over for both of its threads, and for the other side, once it is over for one."""

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        with suppress(*OVER):
            super().close(reason, message)
        with suppress(OSError):
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def _handle_events(self) -> bool:
        if super()._handle_events():
            return True
        self.connected = False
        self.event.set()
        return False


class Frames:
    """A WebSocket as Engine.IO asks for one: `wait` gives the next text, None when there is none any more."""

    def __init__(self, handler: Callable[["Frames"], Any], _server: Any) -> None:
        self.handler = handler
        self.heard: deque[float] = deque(maxlen=A_MINUTE)

    def __call__(self, environ: dict[str, Any], _start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.line = Line(environ, max_message_size=LARGEST)
        self.handler(self)
        raise StopIteration  # gunicorn's sign that the connection was ours and has ended

    def wait(self) -> str | None:
        try:
            frame = self.line.receive()
        except simple_websocket.ConnectionClosed:
            return None
        if not self._too_often() and readable(frame):
            return str(frame)
        self.close(CloseReason.POLICY_VIOLATION)
        return None

    def send(self, message: str) -> None:
        try:
            self.line.send(message)
        except OVER:
            raise OSError from None

    def close(self, reason: int | None = None) -> None:
        self.line.close(reason)

    def _too_often(self) -> bool:
        now = time.monotonic()
        full = len(self.heard) == A_MINUTE and now - self.heard[0] < 60
        self.heard.append(now)
        return full


def readable(frame: str | bytes) -> bool:
    """Whether a page of ours may say this: a pong, a goodbye, or to join, leave or tell a namespace something."""
    if frame in ("1", "3"):
        return True
    if not isinstance(frame, str) or frame[:2] not in ("40", "41", "42"):
        return False
    try:
        said = packet.Packet(encoded_packet=frame[1:])
    except (ValueError, RecursionError):
        return False
    if said.packet_type == packet.EVENT:
        return isinstance(said.data, list) and bool(said.data) and _is_event(said.data[0])
    return said.data is None or isinstance(said.data, dict)


def _is_event(name: object) -> bool:
    return isinstance(name, str) and name not in RESERVED
