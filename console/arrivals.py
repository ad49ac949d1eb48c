"""The live board: who is expected, who waits, who is with the host, who has left."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

from console import cards, lock
from shared import badges, calls, journal, live, visits
from shared.lib import clock, db, i18n, web
from shared.lib.i18n import today
from shared.lib.web.assets import version
from shared.lib.web.routes import may

blueprint = Blueprint("arrivals", __name__, template_folder="templates")
APART = 0.1  # seconds between two renderings of one board
LOOKED_AT = 5.0  # seconds for which a board counts as looked at
Key = tuple[str, bool, bool]


@web.route(blueprint, "/console", needs="visits.read")
def page() -> ResponseReturnValue:
    """The whole day at the desk on one screen."""
    return web.render("console/board.html", board=rendered(), here="today", opened=False)


@web.route(blueprint, "/console/board", needs="visits.read")
def board() -> ResponseReturnValue:
    """The lanes alone: 204 when nothing is newer than `since`."""
    since = request.args.get("since", "")
    shown = _kept.get(key())
    current = since.isdecimal() and int(since) >= shown.seq
    response = Response(status=204) if current else web.fragment(shown.html, shown.seq)
    response.headers["X-Build"] = version()
    return response


def rendered() -> str:
    """The lanes as this reader may see them."""
    return _kept.get(key()).html.decode()


def key() -> Key:
    """What the answer to the one who asks depends on."""
    return i18n.language(), may("visits.write"), lock.is_locked()


@dataclass(frozen=True, slots=True)
class Shown:
    """A board as it was rendered: what it shows, on which day, and when that was last known to be the newest."""

    seq: int
    html: bytes
    day: date | None
    at: float

    def fresh(self) -> bool:
        return time.monotonic() - self.at < APART and self.day == today(clock.now())


NOTHING = Shown(-1, b"", None, 0.0)


class Kept:
    """One rendering for everybody who may see the same; at most one each 100 ms, however many ask.

    It is rendered again before consoles are told that something changed, so that none of them waits for it.
    """

    def __init__(self, render: Callable[[Key, int], str]) -> None:
        self.render = render
        live.before("/console", self.refresh)
        self.shown: dict[Key, Shown] = {}
        self.asked: dict[Key, tuple[float, Flask]] = {}
        self.turn = threading.Lock()

    def get(self, key: Key) -> Shown:
        """The board, which may lag behind for 100 ms."""
        app: Any = current_app
        self.asked[key] = (time.monotonic(), app._get_current_object())
        shown = self.shown.get(key, NOTHING)
        if shown.fresh():
            return shown
        with self.turn:
            shown = self.shown.get(key, NOTHING)
            return shown if shown.fresh() else self._newest(key)

    def refresh(self) -> None:
        """Renders what was asked for in the last seconds, before everybody asks for it again."""
        since = time.monotonic() - LOOKED_AT
        for key, (asked, app) in list(self.asked.items()):
            if asked >= since:
                with self.turn, app.app_context(), i18n.use(key[0]):
                    self._newest(key)

    def _newest(self, key: Key) -> Shown:
        shown, day = self.shown.get(key, NOTHING), today(clock.now())
        with db.looking():
            newest = journal.last_seq()
            same = newest == shown.seq and day == shown.day
            html = shown.html if same else self.render(key, newest).encode()
        made = self.shown[key] = Shown(newest, html, day, time.monotonic())
        return made

    def forget(self) -> None:
        """Renders everything again when it is next asked for; for tests."""
        self.shown.clear()
        self.asked.clear()


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


def forget() -> None:
    """Renders the board and its cards again when they are next asked for."""
    _kept.forget()
    cards.forget()


_kept = Kept(lambda asked, seq: _render(asked, seq))
db.when_closed(forget)
