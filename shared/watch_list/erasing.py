"""What the watch-list forgets: an entry when its time is over, and who a visitor was with the visitor (W1)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from shared import journal
from shared.lib import db
from shared.lib.i18n import lazy
from shared.register import Register, Rule
from shared.watch_list.model import WatchEntry, WatchMatch, WatchTold

_NOBODY: dict[str, Any] = {"entry_id": None, "let_in_reason": None}


def erase(rows: Sequence[WatchEntry]) -> None:
    """The entry goes, with every word of it; that a visit was looked at, and what was decided, stays."""
    ids = [row.id for row in rows]
    session = db.session()
    session.execute(update(WatchMatch).where(WatchMatch.entry_id.in_(ids)).values(_NOBODY))
    session.execute(delete(WatchTold).where(WatchTold.entry_id.in_(ids)))
    session.execute(delete(WatchEntry).where(WatchEntry.id.in_(ids)).execution_options(synchronize_session=False))


def erase_visits(visit_ids: Collection[int]) -> None:
    """Nothing says any more whom on the list these visitors may have been. Only inside an act."""
    known = WatchMatch.visit_id.in_(list(visit_ids)) & WatchMatch.entry_id.is_not(None)
    result: Any = db.session().execute(update(WatchMatch).where(known).values(_NOBODY))
    if result.rowcount:
        journal.record("watch_list.forgotten", "watch_list")


def _over(before: datetime) -> Sequence[Any]:
    return (WatchEntry.expires_at <= before,)


REGISTER = Register(
    key="watch_list",
    model=WatchEntry,
    rules=(
        Rule("W1", lazy("An entry of the watch-list"), lazy("erased, from its matches too"), lambda: 0, _over, erase),
    ),
)
