"""What follows when a message is not passed on, confirmed or answered in time: again, the deputy, the managers."""

from shared import accounts, directory
from shared.directory import PersonView
from shared.journal import Event
from shared.lib import db
from shared.lib.db import act_time
from shared.relay.changing import happened, holder, holders, log_attempt, relay_of
from shared.relay.handing import join_holder
from shared.relay.model import OPEN, Relay


def climb(event: Event) -> None:
    """A step of the ladder of T06, T09, T10 or T11 has come for a message that still waits for it."""
    kind, _colon, token = event.subject.partition(":")
    if kind != "relay" or not event.data["steps"]:
        return
    row = relay_of(token)
    if row.status not in OPEN and not (row.status == "confirmed" and row.reply_required):
        return
    for step in event.data["steps"]:
        if step == "resend":
            log_attempt(row, "page", "auto_sent")
            happened(row, "relay.pushed", key=event.data["key"])
        elif step != "backup":  # who is called to the desk, and is asked to confirm nothing
            _ask(row, step, event.data["key"])


def _ask(row: Relay, step: str, key: str) -> None:
    """Whoever is next may confirm it too; the recipient still can. Who was asked in an earlier round hears it again."""
    role, people = next_in_line(holder(row), step)
    known = {one.person_id for one in holders(row)}
    for person in people:
        if person.id not in known:
            join_holder(row, person.id, role)
        row.escalated_at = row.escalated_at or act_time()
        happened(row, "relay.asked", person_id=person.id, role=role, key=key)
    db.session().flush()


def next_in_line(person_id: int, step: str) -> tuple[str, list[PersonView]]:
    """The deputy; without one the head of the department; without that, or for `manager`, the reception's manager."""
    deputy, head = directory.deputy_of(person_id), _head(person_id)
    if step == "deputy" and deputy is not None:
        return "deputy", [deputy]
    if step in ("deputy", "dept_manager") and head is not None:
        return "dept_manager", [head]
    return "manager", [one for one in _managers() if one.id != person_id]


def _head(person_id: int) -> PersonView | None:
    """Who leads the department of somebody, unless it is they."""
    person = directory.person(person_id)
    departments = {one.id: one for one in directory.departments()}
    leader = departments[person.department_id].manager_id if person else None
    found = directory.person(leader) if leader is not None and leader != person_id else None
    return found if found is not None and found.active else None


def _managers() -> list[PersonView]:
    linked = [one.person_id for one in accounts.accounts() if "admin_manager" in one.roles and not one.disabled_at]
    found = [directory.person(one) for one in linked if one is not None]
    return [one for one in found if one is not None and one.active]
