"""The recipient repeats what was said, or taps that it is right; then the reply is followed (O5, T10, T11)."""

from typing import Any

from sqlalchemy import select

from shared.lib import db
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, Invalid
from shared.lib.i18n import _, format_time
from shared.relay.changing import Done, change, clock_of, log_attempt, meet, pass_on_clock, relay_of, start
from shared.relay.mine import held_by
from shared.relay.model import OPEN, Relay


@db.act
def confirm(token: str, method: str, *, person_id: int | None = None, channel: str = "in_person") -> Done:
    """The content is confirmed: `repeated` to reception on `channel`, or by the person on `page`, `link` or `api`.

    Whoever confirms has been reached. Raises Forbidden for anybody else, Gone once it was handed on or is settled.
    """
    row = relay_of(token)
    held_by(row, person_id)
    if row.status not in OPEN:
        raise _settled(row)
    _check_right(row)
    return _finished(row, _confirm(row, method, "page" if person_id else channel))


@db.act
def reply(token: str, summary: str, *, person_id: int | None = None, method: str = "repeated") -> Done:
    """The visitor has their reply. Who replies has understood: what was not confirmed yet is with it."""
    row = relay_of(token)
    held_by(row, person_id)
    if not summary:
        raise Invalid(_("Write what you replied."), fields={"summary": _("Write what you replied.")})
    if row.status in OPEN:
        _check_right(row)
        _confirm(row, method, "page" if person_id else "in_person")
    elif row.status != "confirmed":
        raise _settled(row)
    meet(row, clock_of(row, "T11"))
    values: dict[str, Any] = {"status": "replied", "replied_at": act_time(), "reply_summary": summary}
    return _finished(row, change(row, "relay.replied", **values))


@db.act
def close_all(subject: str) -> None:
    """What it was about is over: messages with nothing left to do are closed with it."""
    over = (Relay.status == "replied") | ((Relay.status == "confirmed") & Relay.reply_required.is_(False))
    for row in db.session().scalars(select(Relay).where(Relay.subject == subject, over)):
        row.status, row.closed_at = "closed", act_time()


def _check_right(row: Relay) -> None:
    if row.wrong is not None:
        raise Conflict(_("It is being put right. Confirm it when the new text is there."))


def _confirm(row: Relay, method: str, channel: str) -> Done:
    values: dict[str, Any] = {"status": "confirmed", "confirmed_at": act_time(), "confirm_method": method}
    if row.notified_at is None:
        log_attempt(row, channel, "reached")
        values["notified_at"] = act_time()
    meet(row, pass_on_clock(row.subject))
    meet(row, clock_of(row, "T10"))
    if row.reply_required:
        start(row, clock_of(row, "T11"))
    return change(row, "relay.confirmed", data={"method": method}, **values)


def _finished(row: Relay, done: Done) -> Done:
    """A message about nothing that ends by itself is closed as soon as nothing is left to do."""
    if row.visit_id is None and (row.status == "replied" or not row.reply_required):
        row.status, row.closed_at = "closed", act_time()
    return done


def _settled(row: Relay) -> Gone:
    if row.status == "cancelled":
        return Gone(_("This message was taken back."))
    if row.replied_at is not None:
        return Gone(_("Replied at %(time)s.") % {"time": format_time(row.replied_at)})
    return Gone(_("Confirmed at %(time)s.") % {"time": format_time(row.confirmed_at or row.recorded_at)})
