"""Nobody who came unannounced or for the first time goes in before reception has said so (procedure 一.1.1, 4.2.5)."""

from typing import Any

from shared import rooms, watch_list
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict
from shared.lib.i18n import _
from shared.visits.changing import Done, already, change, visit_of
from shared.visits.model import WAITING, Visit


@db.act
def confirm_entry(token: str) -> Done:
    """Reception has looked at the visitor and lets them in; the card says who did, and when."""
    visit = visit_of(token)
    if visit.state not in WAITING:
        raise already(visit)
    if not visit.escort or visit.confirmed_at is not None:
        raise Conflict(_("%(name)s may go in already.") % {"name": visit.visitor_name}, code="confirmed")
    watch_list.check(visit.id, visit.visitor_name)
    return change(visit, "visits.entry_confirmed", **_confirmed())


def led_in(visit: Visit, use_id: int) -> dict[str, Any]:
    """Whoever shows a visitor to a room has let them in; the waiting area is not inside yet."""
    waits = rooms.where(use_id)[1]
    if not waits:
        watch_list.check(visit.id, visit.visitor_name)
    return _confirmed() if visit.escort and visit.confirmed_at is None and not waits else {}


def check(visit: Visit) -> None:
    """Refuses entry to whoever was not confirmed, unless the host has come for them; what is to be decided is first."""
    watch_list.check(visit.id, visit.visitor_name)
    fetched = visit.host_id is not None and actor().person_id == visit.host_id
    if visit.escort and visit.confirmed_at is None and not fetched:
        raise Conflict(
            _("%(name)s came unannounced or for the first time. Confirm the entry first.")
            % {"name": visit.visitor_name},
            code="unconfirmed",
        )


def _confirmed() -> dict[str, Any]:
    by = (actor().id or None) if actor().kind == "account" else None
    return {"confirmed_at": act_time(), "confirmed_by": by}
