"""`./desk run`: serves the desk."""

import argparse
import logging
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from gunicorn.app.base import BaseApplication

from shared.lib import control, db
from shared.lib.config import Settings, settings
from shared.lib.web import worker

THREADS = 520


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="load the demo company and print its sign-ins")
    parser.add_argument("--now", type=datetime.fromisoformat, help=argparse.SUPPRESS)  # with --demo: a fixed morning


def main(args: argparse.Namespace) -> int:
    """Checks, brings the tables up to date, then serves until it is stopped."""
    given = settings()
    refusal = refuse_public(given)
    if refusal:
        print(refusal, file=sys.stderr)
        return 2
    given.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    for key in ("secret_key", "data_key"):
        given.key(key)
    with control.lock():
        db.migrate(given.database)
        if args.demo:
            from cli import demo

            demo.load(given, args.now)
        Server(given, lambda: announce(given, args.demo)).run()
    return 0


def refuse_public(given: Settings) -> str:
    """Why this address may not be served; empty when it may."""
    if given.loopback or given.tls_cert or given.trusted_proxies:
        return ""
    return (
        f"DESK_HOST={given.host} is reachable by others, and neither DESK_TLS_CERT/DESK_TLS_KEY nor "
        "DESK_TRUSTED_PROXIES is set: names and passwords would travel in the clear."
    )


def announce(given: Settings, demo: bool) -> None:
    """What the person at the terminal needs to know next."""
    from shared import accounts

    print(f"Foyer is at {given.url}", flush=True)
    link = None if demo else accounts.set_up_link()
    if link:
        print(f"Set it up here, once, within 30 minutes: {given.url}/set-up/{link}", flush=True)


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with one threaded worker; everything is opened in the worker."""

    def __init__(self, given: Settings, ready: Callable[[], None]) -> None:
        self.given, self.ready = given, ready
        super().__init__()

    def load_config(self) -> None:
        host = f"[{self.given.host}]" if ":" in self.given.host else self.given.host
        options: dict[str, Any] = {
            "bind": f"{host}:{self.given.port}",
            "worker_class": worker.Worker,
            "workers": 1,
            "threads": THREADS,
            "worker_connections": worker.CONNECTIONS,
            "graceful_timeout": 5,
            "timeout": 120,
            "keepalive": 75,
            "preload_app": False,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            "proc_name": "foyer",
            "loglevel": "error" if self.given.log_level == "error" else "warning",  # debug would write addresses
            "accesslog": None,
            "certfile": str(self.given.tls_cert) if self.given.tls_cert else None,
            "keyfile": str(self.given.tls_key) if self.given.tls_key else None,
            "post_worker_init": self._open,
            "worker_exit": self._close,
            "limit_request_line": 4094,
            "limit_request_fields": 60,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        import app

        return app.create_app()

    def _open(self, _worker: Any) -> None:
        import app

        logging.basicConfig(
            level=self.given.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        self.desk = app.Desk()
        self.desk.start()
        control.serve()
        self.ready()

    def _close(self, _server: Any, _worker: Any) -> None:
        if hasattr(self, "desk"):
            self.desk.stop()
