"""The machine's clock has jumped: a strip on the board says so, and a person decides."""

from datetime import timedelta

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared import deadlines
from shared.lib import clock, web
from shared.lib.i18n import _, format_time

blueprint = Blueprint("jump", __name__)


@web.route(blueprint, "/console/clock/following", needs="visits.write", methods=("POST",))
def follow() -> ResponseReturnValue:
    """The desk goes with the machine's clock."""
    deadlines.follow_clock()
    return jsonify(say=_("The desk follows: it is %(time)s.") % {"time": format_time(clock.now())})


@web.route(blueprint, "/console/clock/ignoring", needs="visits.write", methods=("POST",))
def ignore() -> ResponseReturnValue:
    """The desk keeps its own time."""
    deadlines.ignore_clock()
    return jsonify(say=_("The desk keeps its own time: it is %(time)s.") % {"time": format_time(clock.now())})


def sentence() -> str:
    """By how much the machine's clock has moved, and what the desk goes by; empty when they agree."""
    by = clock.jump()
    if not by:
        return ""
    values = {"by": _length(abs(by)), "machine": format_time(clock.now() + by), "time": format_time(clock.now())}
    if by > clock.ZERO:
        return _("The machine's clock went %(by)s forward, to %(machine)s. The desk goes on with %(time)s.") % values
    return _("The machine's clock went %(by)s back, to %(machine)s. The desk goes on with %(time)s.") % values


def _length(by: timedelta) -> str:
    seconds = round(by.total_seconds())
    if seconds < 120:
        return _("%(n)s s") % {"n": seconds}
    if seconds < 7200:
        return _("%(n)s min") % {"n": round(seconds / 60)}
    return _("%(n)s h") % {"n": round(seconds / 3600)}
