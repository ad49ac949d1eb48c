"""The journal keeps a year of who did and looked at what (L1): its oldest rows go, so that what stays has no gap.

Nothing that is counted comes from them: reports read the rows of their own registers.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from shared import company, journal
from shared.journal import JournalRow
from shared.lib import db
from shared.lib.i18n import lazy
from shared.register.definition import Log, registers
from shared.register.holding import held

AT_ONCE = 500
_J: Any = JournalRow.__table__.c


def count(before: datetime) -> int:
    """How many rows may go."""
    return max(0, _last(before) - journal.first_seq() + 1) if journal.first_seq() else 0


@db.act
def erase(before: datetime) -> int:
    """The oldest few of them go; how many that were."""
    upto = min(_last(before), journal.first_seq() + AT_ONCE - 1)
    gone: Any = db.connection().execute(delete(JournalRow).where(_J.seq <= upto))
    return int(gone.rowcount)


def _last(before: datetime) -> int:
    """The last row that may go: of that time, before everything about a row that is held, and never the newest."""
    younger = select(_J.seq).where(_J.at > before).order_by(_J.seq).limit(1)
    with db.reading() as session:
        kept: list[int | None] = [session.scalar(younger), session.scalar(_of_held(session)), journal.last_seq()]
    return min(seq for seq in kept if seq is not None) - 1


def _of_held(session: Any) -> Any:
    subjects = [
        f"{register.key}:{token}"
        for register in registers()
        for token in session.scalars(select(register.model.token).where(held(register)))
    ]
    return select(func.min(_J.seq)).where(_J.subject.in_(subjects))


LOG = Log(
    "L1", lazy("Who did and looked at what, and who signed in (the journal)"), lazy("erased"),
    lambda: company.facts().security_days, count, erase,
)  # fmt: skip
