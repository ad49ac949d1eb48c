"""Every try to reach the person (O3, O4): what reached them counts, what is written only while they are away."""

from typing import Any

from sqlalchemy import select

from shared import directory, presence
from shared.lib import db
from shared.lib.db import act_time
from shared.lib.errors import Invalid
from shared.lib.i18n import _
from shared.relay.changing import Done, change, holder, log_attempt, meet, relay_of, still_open
from shared.relay.model import FAILURES, VOICE, WRITTEN, Relay, RelayAttempt

ENOUGH = 2  # voice failures, after which it is written down


@db.act
def attempt(token: str, channel: str, result: str, note: str = "") -> Done:
    """Logs a try by hand. `reached` counts as passed on (T06); `delivered_written` does while the person is not in.

    The second voice failure puts it in writing: a slip is printed and the person is written to again.
    """
    _check(channel, result)
    row = still_open(relay_of(token))
    counts = result == "reached" or (result == "delivered_written" and not presence.of(holder(row)).is_in)
    log_attempt(row, channel, result, note)
    values: dict[str, Any] = {"status": row.status if row.status == "notified" else "attempting"}
    if counts:
        values = {"status": "notified", "notified_at": row.notified_at or act_time()}
        meet(row, "T06")
    written = result in FAILURES and _failures(row) == ENOUGH
    if written:
        log_attempt(row, _way_to_write(row), "auto_sent")
    data = {"channel": channel, "result": result, "written": written}
    return change(row, "relay.attempted", data=data, **values)


def _check(channel: str, result: str) -> None:
    by_voice, in_writing = channel in VOICE and result in ("reached", *FAILURES), result == "delivered_written"
    if by_voice or (channel in WRITTEN and (in_writing or (channel == "im" and result == "reached"))):
        return
    raise Invalid(_("This way has no such outcome."), fields={"result": _("This way has no such outcome.")})


def _failures(row: Relay) -> int:
    """How often nobody could be spoken to in this round, this time included."""
    db.session().flush()
    query = select(RelayAttempt.channel, RelayAttempt.result).where(
        RelayAttempt.relay_id == row.id, RelayAttempt.round == row.round, RelayAttempt.undone.is_(False)
    )
    return sum(1 for one in db.session().execute(query) if one.channel in VOICE and one.result in FAILURES)


def _way_to_write(row: Relay) -> str:
    person = directory.person(holder(row))
    return "email" if person is not None and person.has_email else "page"
