"""A call as others read it: frozen, with every try to call back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import directory
from shared.directory import PersonView
from shared.lib import phone
from shared.lib.i18n import _, gettext
from shared.phone.model import Call
from shared.phone.words import outcome_of

WITHOUT = {"number_key", "created_at", "row_version", "answer_seconds"}
COLUMNS = [column for column in Call.__table__.columns if column.name not in WITHOUT]


@dataclass(frozen=True, slots=True)
class TryView:
    """One try to call back."""

    at: datetime
    by: str
    result: str
    note: str


@dataclass(frozen=True, slots=True)
class CallView:
    """One call."""

    id: int
    token: str
    reg_no: str
    state: str
    direction: str
    source: str
    call_at: datetime
    number: str | None
    caller_name: str
    caller_company: str
    caller_title: str
    spoken: str
    rings: int | None
    wanted_id: int | None
    wanted_text: str
    content: str
    outcome: str
    transfer_result: str
    offer: str
    complaint: str | None
    complained: bool
    answered_by: int | None
    back_of: int | None
    remark: str
    settled_at: datetime | None
    erased_at: datetime | None
    tries: tuple[TryView, ...] = ()

    @property
    def wanted(self) -> PersonView | None:
        """The colleague who was wanted."""
        return directory.person(self.wanted_id or 0)

    @property
    def waits(self) -> bool:
        """Whether somebody is to be called back."""
        return self.state == "missed"

    @property
    def caller(self) -> str:
        """Who called, as far as they said."""
        return self.caller_name or _("Did not say")

    @property
    def shown_number(self) -> str:
        """The number for the eye; empty when it was hidden."""
        return phone.shown(self.number) if self.number else ""

    @property
    def masked_number(self) -> str:
        """The number for a screen that visitors may see."""
        return phone.mask(self.number) if self.number else ""

    @property
    def became(self) -> str:
        """What became of it, in the reader's language."""
        return gettext(outcome_of(self))


def view(row: Any, tries: tuple[TryView, ...] = ()) -> CallView:
    """A row of `COLUMNS` as others read it."""
    return CallView(*(*row, tries))
