"""Every try to reach the person (O3, O4): what reached them counts, what is written only while they are away."""

from typing import Any

from sqlalchemy import select

from shared import directory
from shared.lib import db
from shared.lib.db import act_time
from shared.lib.errors import Invalid
from shared.lib.i18n import _
from shared.relay.changing import Done, change, holder, log_attempt, meet, pass_on_clock, relay_of, still_open
from shared.relay.channels import ENOUGH, counts_in_writing, failures
from shared.relay.model import FAILURES, VOICE, WRITTEN, Relay, RelayAttempt


@db.act
def attempt(token: str, channel: str, result: str, note: str = "") -> Done:
    """Logs a try by hand. `reached` counts as passed on (T06, T09); `delivered_written` as `counts_in_writing` says.

    The second voice failure puts it in writing: a slip is printed and the person is written to again.
    """
    _check(channel, result)
    row = still_open(relay_of(token))
    in_writing = result == "delivered_written" and counts_in_writing(holder(row), _tried(row))
    counts = result == "reached" or in_writing
    log_attempt(row, channel, result, note)
    values: dict[str, Any] = {"status": row.status if row.status == "notified" else "attempting"}
    if counts:
        values = {"status": "notified", "notified_at": row.notified_at or act_time()}
        meet(row, pass_on_clock(row.subject))
    written = result in FAILURES and failures(_tried(row)) == ENOUGH
    if written:
        log_attempt(row, _way_to_write(row), "auto_sent")
    data = {"channel": channel, "result": result, "written": written}
    return change(row, "relay.attempted", data=data, **values)


def _check(channel: str, result: str) -> None:
    by_voice, in_writing = channel in VOICE and result in ("reached", *FAILURES), result == "delivered_written"
    if by_voice or (channel in WRITTEN and (in_writing or (channel == "im" and result == "reached"))):
        return
    raise Invalid(_("This way has no such outcome."), fields={"result": _("This way has no such outcome.")})


def _tried(row: Relay) -> list[tuple[str, str]]:
    """The tries of this round by channel and result, this time included once it is logged."""
    db.session().flush()
    query = select(RelayAttempt.channel, RelayAttempt.result).where(
        RelayAttempt.relay_id == row.id, RelayAttempt.round == row.round, RelayAttempt.undone.is_(False)
    )
    return [(one.channel, one.result) for one in db.session().execute(query)]


def _way_to_write(row: Relay) -> str:
    person = directory.person(holder(row))
    return "email" if person is not None and person.has_email else "page"
