"""Questions to the watch-list: who is on it, which visits wait for a decision."""

from collections import defaultdict
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from shared.lib import clock, db
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.watch_list import cache
from shared.watch_list.model import WatchEntry, WatchMatch, WatchTold
from shared.watch_list.views import EntryView, MatchView

_M: Any = WatchMatch.__table__.c
_HOLDING = db.Prepared(
    select(_M.id).where(
        _M.visit_id == bindparam("visit_"),
        or_(_M.state == "open", and_(_M.state == "is_them", _M.let_in_at.is_(None))),
    )
)


def entries() -> list[EntryView]:
    """Everybody on the list whose time is not over, the newest first."""
    with db.reading() as session:
        wanted = select(WatchEntry).where(WatchEntry.expires_at > clock.now()).order_by(WatchEntry.id.desc())
        rows = list(session.scalars(wanted))
        told: dict[int, list[int]] = defaultdict(list)
        for pair in session.execute(select(WatchTold.entry_id, WatchTold.person_id).order_by(WatchTold.person_id)):
            told[pair.entry_id].append(pair.person_id)
    return [_view(one, told[one.id]) for one in rows]


def one(token: str, *, ended: bool = False) -> EntryView:
    """An entry; NotFound when there is none, or its time is over."""
    with db.reading() as session:
        found = row(token, ended=ended)
        told = select(WatchTold.person_id).where(WatchTold.entry_id == found.id).order_by(WatchTold.person_id)
        return _view(found, list(session.scalars(told)))


def row(token: str, *, ended: bool = False) -> WatchEntry:
    """The row of an entry."""
    with db.reading() as session:
        found: WatchEntry | None = session.scalar(select(WatchEntry).where(WatchEntry.token == token))
    if found is None or (found.expires_at <= clock.now() and not ended):
        raise NotFound(_("There is no such entry on the watch-list."))
    return found


def of_visit(visit_id: int) -> tuple[MatchView, ...]:
    """Who on the list a visitor of these days may be, and what was decided."""
    return cache.of_visit(visit_id)


def holding() -> set[int]:
    """The visits that wait for a decision; of who has left meanwhile as well."""
    return {visit_id for visit_id, found in cache.matches().items() if any(one.holds for one in found)}


def holds(visit_id: int) -> bool:
    """Whether reception has still to decide about a visit, or has not let them in."""
    with db.looking() as on:
        return _HOLDING.first({"visit_": visit_id}, on) is not None


def check(visit_id: int, name: str) -> None:
    """Refuses what has to wait for the decision. It says nothing of a list: whoever asks may be the host."""
    if holds(visit_id):
        raise Conflict(_("%(name)s: the front desk has to decide something first.") % {"name": name}, code="held")


def _view(one: WatchEntry, told: list[int]) -> EntryView:
    aliases = tuple(one.aliases.splitlines())
    return EntryView(
        one.id, one.token, one.name, aliases, one.company, one.reason, one.instruction, one.expires_at, one.added_by,
        one.added_at, one.row_version, tuple(told),
    )  # fmt: skip
