"""Sockets: only our own pages open one, everyone lands in rooms the server chose, and ended sessions lose theirs."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from flask import request
from flask_socketio import SocketIO, join_room
from werkzeug.wrappers import Request

from shared.lib.actor import NOBODY, Actor
from shared.lib.web import routes, security
from shared.lib.web.frames import LARGEST, Frames

log = logging.getLogger("foyer.sockets")
LIMIT = 480  # of the 520 threads that serve
STRANGERS = 120
PER_CREDENTIAL = 10  # a session, a kiosk or a token

socketio = SocketIO()
_open: dict[tuple[str, str], Actor] = {}
_lock = threading.Lock()


class Gate:
    """Refuses handshakes that do not name one of our own origins, and those above the limits, before a session exists.

    A socket holds its thread until it closes, so each credential has a share of them only, and so has everybody who
    has none.
    """

    def __init__(self, app: Any) -> None:
        self.app = app
        self.held: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ.get("PATH_INFO", "").startswith("/socket.io"):
            answer: Iterable[bytes] = self.app(environ, start_response)
            return answer
        environ.pop("HTTP_X_FORWARDED_HOST", None)
        if environ.get("HTTP_ORIGIN") in security.own_origins():
            asked = Request(environ)
            who = routes.identify("/me", asked) or routes.identify("/kiosk", asked) or NOBODY
            holder = f"session:{who.session_id}" if who.session_id else who.ref
            if self._enter(holder):
                try:
                    answer = self.app(environ, start_response)
                    return answer
                finally:
                    with _lock:
                        self.held -= Counter([holder])
        start_response("403 Forbidden", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]

    def _enter(self, holder: str) -> bool:
        most = STRANGERS if holder == NOBODY.ref else PER_CREDENTIAL
        with _lock:
            room = self.held.total() < LIMIT and self.held[holder] < most
            self.held[holder] += room
        return room


def init(app: Any) -> None:
    """Joins Socket.IO to the app: WebSocket only, few and small messages, an explicit list of origins."""
    socketio.init_app(
        app,
        async_mode="threading",
        transports=["websocket"],
        cors_allowed_origins=security.own_origins(),
        manage_session=False,
        max_http_buffer_size=LARGEST,
        ping_interval=20,
        ping_timeout=20,
    )
    engine = socketio.server.eio
    engine._async = {**engine._async, "websocket": Frames}
    app.wsgi_app = Gate(app.wsgi_app)


def namespace(path: str, *, needs: str, rooms: Callable[[Actor], Iterable[str]]) -> None:
    """Opens `path` to those who hold `needs`; each socket joins `rooms(actor)` and no other."""

    def connect(_auth: Any = None) -> bool | None:
        who = routes.identify(path) or NOBODY
        if not routes.holds(who, needs):
            return False
        sid = request.sid  # type: ignore[attr-defined]
        with _lock:
            _open[(path, sid)] = who
        for room in rooms(who):
            join_room(room)
        return None

    def disconnect(_reason: Any = None) -> None:
        with _lock:
            _open.pop((path, request.sid), None)  # type: ignore[attr-defined]

    socketio.on_event("connect", connect, namespace=path)
    socketio.on_event("disconnect", disconnect, namespace=path)


def close_where(ended: Callable[[Actor], bool]) -> int:
    """Closes the sockets of everyone for whom `ended` is true; how many there were."""
    with _lock:
        gone = [key for key, who in _open.items() if ended(who)]
    for path, sid in gone:
        socketio.server.disconnect(sid, namespace=path)
        with _lock:
            _open.pop((path, sid), None)
    return len(gone)


def open_to(path: str, matches: Callable[[Actor], bool]) -> bool:
    """Whether somebody for whom `matches` is true has a socket open at `path`."""
    with _lock:
        return any(where == path and matches(who) for (where, _sid), who in _open.items())
