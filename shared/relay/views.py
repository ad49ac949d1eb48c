"""A message as others read it: frozen, with every try, and with the number only for those it is meant for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import directory
from shared.directory import PersonView
from shared.lib import phone
from shared.lib.i18n import _, format_time, language, lazy
from shared.relay.model import OPEN, Relay, RelayAttempt

_R: Any = Relay.__table__.c
_A: Any = RelayAttempt.__table__.c
WITHOUT = {"read_back_done", "recorded_by"}
COLUMNS = [column for column in Relay.__table__.columns if column.name not in WITHOUT]
STATUS_NAMES = {
    "recorded": lazy("to be passed on"),
    "attempting": lazy("not reached yet"),
    "notified": lazy("passed on, not confirmed"),
    "confirmed": lazy("confirmed"),
    "replied": lazy("replied"),
    "closed": lazy("closed"),
    "cancelled": lazy("taken back"),
}


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One try."""

    n: int
    at: datetime
    by: str
    channel: str
    result: str
    note: str
    round: int
    undone: bool


@dataclass(frozen=True, slots=True)
class RelayView:
    """A message on its way."""

    id: int
    token: str
    subject: str
    visit_id: int | None
    to_id: int
    urgency: str
    from_name: str
    company: str
    number: str | None
    message: str
    wrong: str | None
    reply_required: bool
    status: str
    wrong_count: int
    round: int
    recorded_at: datetime
    notified_at: datetime | None
    confirmed_at: datetime | None
    confirm_method: str
    replied_at: datetime | None
    reply_summary: str | None
    closed_at: datetime | None
    escalated_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    holder_id: int
    attempts: tuple[AttemptView, ...] = ()

    @property
    def to(self) -> PersonView | None:
        """Whom it was left for."""
        return directory.person(self.to_id)

    @property
    def holder(self) -> PersonView | None:
        """Who has it now."""
        return directory.person(self.holder_id)

    @property
    def open(self) -> bool:
        """Whether it still has to be passed on or confirmed."""
        return self.status in OPEN

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do: replied, taken back, or confirmed when no reply is wanted."""
        return self.status in ("replied", "closed", "cancelled") or (
            self.status == "confirmed" and not self.reply_required
        )

    @property
    def awaits_reply(self) -> bool:
        return self.status == "confirmed" and self.reply_required

    @property
    def urgent(self) -> bool:
        return self.urgency == "urgent"

    @property
    def call_back(self) -> str:
        """The number for the eye; empty when no call back is wanted."""
        return phone.shown(self.number) if self.number else ""

    @property
    def tried(self) -> list[tuple[str, str]]:
        """The tries of this round by channel and result."""
        return [(one.channel, one.result) for one in self.attempts if one.round == self.round and not one.undone]

    @property
    def state(self) -> str:
        """Where it stands, in the reader's language."""
        if self.wrong is not None and self.open:
            return _("something is wrong")
        return _("waits for a reply") if self.awaits_reply else _(STATUS_NAMES[self.status])

    @property
    def line(self) -> str:
        """Where it stands with its time, as a card says it."""
        to = self.holder
        moment = self.replied_at or self.confirmed_at or self.notified_at or self.recorded_at
        values = {"time": format_time(moment), "name": to.spoken(language()) if to else "", "state": self.state}
        return _("%(time)s message for %(name)s: %(state)s") % values
