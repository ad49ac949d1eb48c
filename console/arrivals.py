"""The live board: who is expected, who waits, who is with the host, who has left."""

import threading
import time
from collections.abc import Callable

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from console import cards, lock
from shared import badges, calls, journal, visits
from shared.lib import clock, db, i18n, web
from shared.lib.i18n import today
from shared.lib.web.assets import version
from shared.lib.web.routes import may

blueprint = Blueprint("arrivals", __name__, template_folder="templates")
APART = 0.1  # seconds between two renderings of one board
Key = tuple[str, bool, bool]


@web.route(blueprint, "/console", needs="visits.read")
def page() -> ResponseReturnValue:
    """The whole day at the desk on one screen."""
    return web.render("console/board.html", board=rendered(), here="today", opened=False)


@web.route(blueprint, "/console/board", needs="visits.read")
def board() -> ResponseReturnValue:
    """The lanes alone: 204 when nothing is newer than `since`."""
    since = request.args.get("since", "")
    seq, html = _kept.get(_key(), _render)
    response = Response(status=204) if since.isdecimal() and int(since) >= seq else web.fragment(html, seq)
    response.headers["X-Build"] = version()
    return response


def rendered() -> str:
    """The lanes as this reader may see them."""
    return _kept.get(_key(), _render)[1].decode()


def _key() -> Key:
    return i18n.language(), may("visits.write"), lock.is_locked()


class Kept:
    """One rendering for everybody who may see the same; at most one each 100 ms, however many ask."""

    def __init__(self) -> None:
        self.shown: dict[Key, tuple[int, object, float, bytes]] = {}
        self.locks: dict[Key, threading.Lock] = {}
        self.guard = threading.Lock()

    def get(self, key: Key, render: Callable[[Key, int], str]) -> tuple[int, bytes]:
        """The seq that is shown, and the HTML; the seq may lag behind for 100 ms."""
        with self.guard:
            turn = self.locks.setdefault(key, threading.Lock())
        with turn:
            day = today(clock.now())
            seq, shown_day, at, html = self.shown.get(key, (-1, None, 0.0, b""))
            if shown_day == day and time.monotonic() - at < APART:
                return seq, html
            newest = journal.last_seq()
            if newest != seq or shown_day != day:
                seq, html = newest, render(key, newest).encode()
            self.shown[key] = (seq, day, time.monotonic(), html)
            return seq, html

    def forget(self) -> None:
        """Renders everything again when it is next asked for; for tests."""
        self.shown.clear()
        cards.forget()


_kept = Kept()
forget = _kept.forget
db.when_closed(forget)


def _render(key: Key, seq: int) -> str:
    _language, writes, masked = key
    writes = writes and not masked
    lanes = cards.lanes(visits.board(), writes=writes, masked=masked)
    template = current_app.jinja_env.get_template("console/_board.html")
    shown = {"lanes": lanes, "calls": calls.waiting(), "trouble": badges.trouble(), "writes": writes}
    return template.render(web_context(), seq=seq, **shown)


def web_context() -> dict[str, object]:
    """What a fragment needs of the common context: nothing of the one who asks."""
    return {
        "now": clock.now,
        "today": today(clock.now()).isoformat(),
        "format_time": i18n.format_time,
        "format_date": i18n.format_date,
        "format_datetime": i18n.format_datetime,
    }
