"""Somebody has set the machine's clock: consoles are told, and a person says whether the desk follows."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from shared import journal, procedure
from shared.deadlines.model import Deadline
from shared.journal import Event
from shared.lib import clock, db
from shared.lib.errors import Conflict
from shared.lib.i18n import _

MOVED = ("starts_at", "warn_at", "due_at", "red_at", "breach_at", "next_at")
_told = clock.ZERO


def notice() -> None:
    """Tells of a jump once; one that has gone by itself is told too."""
    global _told
    by = clock.jump()
    if abs(by - _told) > clock.JUMP:
        db.write(lambda: journal.record("clock.jumped", "clock", seconds=round(by.total_seconds())))
        _told = by


@db.act
def follow_clock() -> timedelta:
    """The desk goes with the machine's clock. What runs is moved with it, so that nothing fires early or lasts less.

    Only what ends with the working day stays where it is: that is a time of day.
    """
    by = clock.jump()
    if not by:
        raise Conflict(_("The machine's clock and the desk's are the same."))
    evening = [key for key, one in procedure.DEFAULTS.items() if one.ends]
    running = update(Deadline).where(Deadline.state == "open", Deadline.key.not_in(evening))
    values: Any = {name: db.moved(getattr(Deadline, name), by) for name in MOVED}
    db.connection().execute(running.values(values))
    journal.record("clock.followed", "clock", seconds=by.total_seconds())
    return by


@db.act
def ignore_clock() -> None:
    """The desk stays with its own time until it starts again."""
    if not clock.jump():
        raise Conflict(_("The machine's clock and the desk's are the same."))
    journal.record("clock.ignored", "clock")


def hear(event: Event) -> None:
    """A process was told whether to follow, and every one does the same."""
    if event.action == "clock.followed" and clock.jump():
        clock.follow()
    if event.action == "clock.ignored" and clock.jump():
        clock.ignore()
