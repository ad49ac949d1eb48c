"""Somebody checks in: whether their name is one on the list, kept beside the visit in the same act."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from shared import accounts, directory, journal, presence
from shared.lib import db, text
from shared.lib.db import act_time
from shared.watch_list import cache
from shared.watch_list.model import WatchEntry, WatchMatch, WatchTold

ADMINISTRATION = frozenset({"admin_manager", "admin_officer"})


def meant(names: Iterable[str], company: str) -> Sequence[int]:
    """The entries a visitor may be, out of memory; nothing for nearly everybody."""
    return cache.meant(names, company, act_time())


def note(visit_id: int, subject: str, entries: Sequence[int]) -> bool:
    """Keeps who a visitor may be, and says who is to know; whether that is new. Only inside an act."""
    session = db.session()
    there = set(session.scalars(select(WatchEntry.id).where(WatchEntry.id.in_(entries))))
    there -= set(session.scalars(select(WatchMatch.entry_id).where(WatchMatch.visit_id == visit_id)))
    for entry_id in sorted(there):
        session.add(
            WatchMatch(token=text.token(12), visit_id=visit_id, subject=subject, entry_id=entry_id, at=act_time())
        )
    session.flush()
    if there:
        journal.record("watch_list.matched", subject, of=visit_id, people=_people(there))
    return bool(there)


def _people(entries: set[int]) -> list[int]:
    """Whoever was chosen, and whoever of the administration is in: everybody of it when presence knows of nobody."""
    told: Any = select(WatchTold.person_id).where(WatchTold.entry_id.in_(entries))
    chosen = {one for one in db.session().scalars(told) if _works_here(one)}
    office = [one.person_id for one in accounts.accounts() if ADMINISTRATION & one.roles and not one.disabled_at]
    linked = [one for one in office if one is not None and _works_here(one)]
    present = [one for one in linked if not presence.of(one).away]
    return sorted(chosen | set(present or linked))


def _works_here(person_id: int) -> bool:
    person = directory.person(person_id)
    return person is not None and person.active
