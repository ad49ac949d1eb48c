"""The live board: who is expected, who waits, who is with the host, who has left."""

from datetime import datetime

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from console import cards, fragments, jump
from console.fragments import Fragment, Key
from shared import backups, badges, calls, phone, presence, visits
from shared.lib import db, web

blueprint = Blueprint("arrivals", __name__, template_folder="templates")


@web.route(blueprint, "/console", needs="visits.read")
def page() -> ResponseReturnValue:
    """The whole day at the desk on one screen."""
    return web.render("console/board.html", board=rendered(), here="today", opened=False)


def _render(key: Key, seq: int) -> tuple[str, datetime | None]:
    _language, writes, masked = key
    writes, now = writes and not masked, visits.board()
    lanes = cards.lanes(now, writes=writes, masked=masked)
    turns = presence.turns(visit.host_id for visit in now.with_hosts)
    template = current_app.jinja_env.get_template("console/_board.html")
    shown = {"lanes": lanes, "calls": calls.waiting(), "trouble": badges.trouble(), "jump": jump.sentence()}
    shown |= {"unsaved": backups.trouble(), "unheard": phone.exchange.trouble()}
    html = template.render(fragments.context(), seq=seq, writes=writes, turns=cards.iso(turns), **shown)
    return html, turns


board = Fragment(lambda key, seq: _render(key, seq))
board.serve(blueprint, "/console/board", needs="visits.read")
rendered = board.html
db.when_closed(cards.forget)


def forget() -> None:
    """Renders the board and its cards again when they are next asked for."""
    board.forget()
    cards.forget()
