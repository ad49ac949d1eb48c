"""Live parts of the console: rendered once for everybody who may see the same, answered from memory while fresh."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Request

from shared import journal, live
from shared.lib import clock, db, i18n, web
from shared.lib.actor import actor
from shared.lib.i18n import today
from shared.lib.web.assets import version
from shared.lib.web.routes import may

APART = 0.1  # seconds between two renderings of one part
LOOKED_AT = 5.0  # seconds for which a part counts as looked at
Key = tuple[str, bool, bool]
Made = str | tuple[str, datetime | None]  # a part, and from when on it may say something else by itself
Render = Callable[[Key, int], Made]


def key() -> Key:
    """What the answer to the one who asks depends on: language, whether they may write, whether names are short."""
    return i18n.language(), may("visits.write"), actor().locked


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as it was rendered: what it shows, on which day, when that was last known to be the newest, and from
    when on it may say something else although nothing happened.
    """

    seq: int
    html: bytes
    day: date | None
    at: float
    turns: datetime | None = None

    def fresh(self) -> bool:
        return time.monotonic() - self.at < APART and self.holds()

    def holds(self) -> bool:
        """Whether time alone has changed nothing."""
        moment = clock.now()
        return self.day == today(moment) and (self.turns is None or moment < self.turns)


NOTHING = Shown(-1, b"", None, 0.0)


class Fragment:
    """One rendering for everybody who may see the same; at most one each 100 ms, however many ask.

    It is rendered again before consoles are told that something changed, so that none of them waits for it.
    """

    def __init__(self, render: Render) -> None:
        self.render = render
        live.before("/console", self.refresh)
        self.shown: dict[Key, Shown] = {}
        self.asked: dict[Key, tuple[float, Flask]] = {}
        self.turn = threading.Lock()
        db.when_closed(self.forget)

    def serve(self, blueprint: Blueprint, address: str, needs: str) -> None:
        """GET `address` gives this part; 204 when nothing is newer than `since`. It says whether the session is locked,
        and which version of the pages is served.
        """

        @web.route(blueprint, address, needs=needs)
        def answer() -> ResponseReturnValue:
            ready = _answer(self.get(key()), request)
            return Response(ready.body, int(ready.status[:3]), headers=ready.headers)

        @web.from_memory(address, needs=needs)
        def from_memory(asked: Request) -> web.Ready | None:
            shown = self._at_hand(key())
            return None if shown is None else _answer(shown, asked)

    def html(self) -> str:
        """The part as this reader may see it, for a page."""
        return self.get(key()).html.decode()

    def get(self, key: Key) -> Shown:
        """The part, which may lag behind for 100 ms."""
        app: Any = current_app
        self.asked[key] = (time.monotonic(), app._get_current_object())
        shown = self.shown.get(key, NOTHING)
        if shown.fresh():
            return shown
        with self.turn:
            shown = self.shown.get(key, NOTHING)
            return shown if shown.fresh() else self._newest(key)

    def _at_hand(self, key: Key) -> Shown | None:
        """The part when it need not be looked up; it counts as asked for."""
        asked, shown = self.asked.get(key), self.shown.get(key, NOTHING)
        if asked is None or not shown.fresh():
            return None
        self.asked[key] = (time.monotonic(), asked[1])
        return shown

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
            if newest == shown.seq and shown.holds():
                html, turns = shown.html, shown.turns
            else:
                made = self.render(key, newest)
                text, turns = (made, None) if isinstance(made, str) else made
                html = text.encode()
        kept = self.shown[key] = Shown(newest, html, day, time.monotonic(), turns)
        return kept

    def forget(self) -> None:
        """Renders everything again when it is next asked for."""
        self.shown.clear()
        self.asked.clear()


def _answer(shown: Shown, asked: Request) -> web.Ready:
    since = asked.args.get("since", "")
    same_for_both = [("X-Build", version()), *([("X-Locked", "1")] if actor().locked else [])]
    if since.isdecimal() and len(since) < 19 and int(since) >= shown.seq:
        return web.Ready("204 No Content", same_for_both, b"")
    headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Seq", str(shown.seq)), *same_for_both]
    return web.Ready("200 OK", headers, shown.html)


def context() -> dict[str, object]:
    """What a fragment needs of the common context: nothing of the one who asks."""
    return {
        "now": clock.now,
        "today": today(clock.now()).isoformat(),
        "format_time": i18n.format_time,
        "format_date": i18n.format_date,
        "format_datetime": i18n.format_datetime,
    }
