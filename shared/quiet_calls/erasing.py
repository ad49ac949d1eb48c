"""What was written at the end of a quiet call is forgotten like a visitor; that there was one, and who came, stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared import company
from shared.lib.i18n import lazy
from shared.quiet_calls.model import QuietCall
from shared.register import Register, Rule


def erase(rows: Sequence[QuietCall]) -> None:
    """The note goes."""
    for row in rows:
        row.note = None


def _old(before: datetime) -> Sequence[Any]:
    return QuietCall.note.is_not(None), QuietCall.ended_at <= before


REGISTER = Register(
    key="quiet_call",
    model=QuietCall,
    rules=(
        Rule("W2", lazy("The note of a quiet call"), lazy("erased"), lambda: company.facts().visit_days, _old, erase),
    ),
)
