"""Foyer: the whole product on one page. Nouns in shared/, faces in kiosk/ and console/, and how they are joined."""

import threading

from flask import Flask, Response, jsonify
from werkzeug.wrappers import Request

import console
from kiosk import BLUEPRINTS as KIOSK
from shared import (
    accounts,
    alerts,
    backups,
    badges,
    company,
    deadlines,
    journal,
    live,
    notice,
    phone,
    presence,
    register,
    relay,
    roll_call,
    tidying,
    visits,
)
from shared.lib import db, i18n, web
from shared.lib.actor import Actor
from shared.lib.config import settings
from shared.lib.web import memory, pages, problems, proxy, routes, security, sockets


def create_app() -> Flask:
    """Both faces in one Flask app; nothing runs yet."""
    app = Flask(__name__, static_folder="static", template_folder="shared/templates")
    app.config.update(MAX_CONTENT_LENGTH=16 << 20, MAX_FORM_MEMORY_SIZE=1 << 20, MAX_FORM_PARTS=200)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(pages.context)
    app.context_processor(lambda: {"is_demo": lambda: company.facts().demo})
    web.identify_with(identify, accounts.may)
    security.csrf_with(accounts.csrf_of)
    for part in (security, problems, routes):
        part.install(app)
    for blueprint in (*KIOSK, *console.blueprints()):
        app.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "healthz", healthy)
    app.add_url_rule("/readyz", "readyz", ready)
    sockets.init(app)
    sockets.namespace("/console", needs="visits.read", rooms=lambda who: ["console"])
    sockets.namespace("/kiosk", needs="kiosk.use", rooms=lambda who: [f"device:{who.id}"])
    sockets.namespace("/v", needs="public", rooms=lambda who: [])
    sockets.namespace("/me", needs="me", rooms=lambda who: [f"person:{who.person_id}"])
    within = security.Headers(memory.Memory(app.wsgi_app))
    app.wsgi_app = proxy.TrustedProxies(within, settings().trusted_proxies)  # type: ignore[method-assign]
    return app


def identify(asked: Request, face: str) -> Actor | None:
    """Who is asking: a bearer token, the tablet's cookie on the kiosk's own addresses, or somebody who signed in."""
    scheme, _, token = asked.environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    return accounts.identify(
        bearer=token.strip() if scheme.lower() == "bearer" else "",
        session=web.read_cookie(asked, accounts.SESSION_COOKIE),
        device=web.read_cookie(asked, accounts.DEVICE_COOKIE),
        path=face,
        secure=asked.is_secure or settings().loopback,
    )


def join() -> None:
    """Who reacts to what. Accounts, presence, alerts and badges write within the act; after it, what has to be woken.

    Each process hears an event once, whoever wrote it: its own at the commit, before the act returns, so that the next
    request sees it; another's when the live pump reads it. Caches hear before threads (`journal.keep_fresh`).
    """
    for noun in (accounts, presence, deadlines, relay, register, visits, roll_call, alerts, badges):
        noun.join()
    alerts.pages_with(lambda person_id: sockets.open_to("/me", lambda who: who.person_id == person_id))


def healthy() -> tuple[str, int]:
    return "ok\n", 200


def ready() -> tuple[Response, int]:
    """Worker is the live pump, the clockwork and the tidying; printer and mail are the queues in front of them.

    A back-up or an exchange that does not work is named where one is set, and is no reason to send visitors away.
    """
    worker = all(part.alive() for part in (live, deadlines, tidying))
    parts = {"database": db.ready(), "worker": worker, **badges.ready(), **alerts.ready()}
    return jsonify(parts | backups.ready() | phone.exchange.ready()), 200 if all(parts.values()) else 503


class Desk:
    """What runs beside the requests in one process: live pump, sender, print queue, clocks, calendars, exchange."""

    def start(self) -> None:
        join()
        db.start(settings().database)
        notice.publish()
        self.stopping = threading.Event()
        self.pump = live.Pump(_emit, hear=_passed)
        self.sender, self.printing = alerts.Sender(), badges.Printing()
        self.clockwork, self.tidying = deadlines.Clockwork(), tidying.Tidying()
        self.calendars, self.index, self.forgetting = presence.Refreshing(), register.Indexing(), register.Forgetting()
        db.after_batch(self.pump.wake)
        if settings().database_url:
            from shared.lib.db import notify

            notify.listen(settings().database_url, self.pump.wake, self.stopping)
        parts = (
            self.pump, self.sender, self.printing, self.clockwork, self.tidying, self.calendars, self.index,
            self.forgetting, register.Takings(), backups.second_place(), phone.listening(),
        )  # fmt: skip
        self.parts = [part for part in parts if part is not None]
        for part in self.parts:
            part.start()

    def stop(self) -> None:
        self.stopping.set()
        for part in self.parts[::-1]:
            part.stop()
        db.stop()


def _passed(event: journal.Event) -> None:
    """The live pump reads every event: what was not heard here yet is, and ended sessions lose their sockets."""
    journal.hear(event)
    ended = accounts.ended_by(event)
    if ended is not None:
        sockets.close_where(ended)


def _emit(namespace: str, room: str, message: dict[str, object]) -> None:
    sockets.socketio.server.emit("changed", message, room=room, namespace=namespace)
