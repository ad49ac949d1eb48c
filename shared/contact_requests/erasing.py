"""Who asked how a colleague is reached is forgotten like a visitor; that somebody asked, and the outcome, stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shared import company
from shared.contact_requests.model import ContactRequest
from shared.lib.i18n import lazy
from shared.register import Register, Rule


def erase(rows: Sequence[ContactRequest]) -> None:
    """The description of whoever asked goes."""
    for row in rows:
        row.asker = None


def _old(before: datetime) -> Sequence[Any]:
    return ContactRequest.asker.is_not(None), ContactRequest.asked_at <= before


REGISTER = Register(
    key="contact_request",
    model=ContactRequest,
    rules=(
        Rule(
            "V6", lazy("Who asked for a colleague's contact details"), lazy("erased"),
            lambda: company.facts().visit_days, _old, erase,
        ),
    ),
)  # fmt: skip
