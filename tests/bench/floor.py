"""The bare floor: Flask, sqlite3 with synchronous=FULL and one emit, under the same server settings; nothing else."""

import sqlite3
import sys
import threading
import time

from flask import Flask, request
from flask_socketio import SocketIO, join_room
from gunicorn.app.base import BaseApplication

app = Flask(__name__)
sockets = SocketIO(app, async_mode="threading", cors_allowed_origins="*", transports=["websocket"])
lock = threading.Lock()
database: sqlite3.Connection


def open_database(_worker: object) -> None:
    global database
    database = sqlite3.connect(sys.argv[2], check_same_thread=False, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS visit (id INTEGER PRIMARY KEY, name TEXT, host TEXT, at REAL)")
    database.execute("CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, action TEXT, visit INTEGER)")


@app.post("/visits")
def visits() -> tuple[dict[str, object], int]:
    body = request.get_json()
    with lock:
        database.execute("BEGIN IMMEDIATE")
        row = (body["visitor_name"], str(body["host"]), time.time())
        visit = database.execute("INSERT INTO visit (name, host, at) VALUES (?, ?, ?)", row).lastrowid
        seq = database.execute("INSERT INTO journal (action, visit) VALUES ('checked_in', ?)", (visit,)).lastrowid
        database.execute("COMMIT")
    sockets.emit("changed", {"seq": seq, "name": body["visitor_name"]}, to="console", namespace="/console")
    return {"id": visit, "seq": seq}, 201


@app.get("/healthz")
def healthy() -> str:
    return "ok"


@sockets.on("connect", namespace="/console")
def connect() -> None:
    join_room("console")


class Server(BaseApplication):  # type: ignore[misc]
    def load_config(self) -> None:
        settings = {"bind": f"127.0.0.1:{sys.argv[1]}", "worker_class": "gthread", "workers": 1, "threads": 520}
        settings |= {"graceful_timeout": 5, "keepalive": 75, "accesslog": None, "loglevel": "warning"}
        settings |= {"control_socket_disable": True, "post_worker_init": open_database}
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return app


if __name__ == "__main__":
    Server().run()
