"""An entry as whoever keeps the list reads it, and a match as reception reads it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared import directory
from shared.directory import PersonView
from shared.lib import i18n
from shared.lib.i18n import _
from shared.watch_list.model import WatchMatch


@dataclass(frozen=True, slots=True)
class EntryView:
    """Somebody to look out for."""

    id: int
    token: str
    name: str
    aliases: tuple[str, ...]
    company: str
    reason: str
    instruction: str
    expires_at: datetime
    added_by: str
    added_at: datetime
    row_version: int
    told: tuple[int, ...]

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"watch:{self.token}"

    @property
    def last_day(self) -> date:
        """The last day on which it counts, at the site."""
        return i18n.today(self.expires_at - timedelta(seconds=1))

    @property
    def people(self) -> list[PersonView]:
        """Who is told, beside reception and whoever of the administration is in."""
        return [one for one in map(directory.person, self.told) if one is not None]


@dataclass(frozen=True, slots=True)
class MatchView:
    """A visitor who may be somebody on the list; `instruction` is None once the entry's time is over."""

    id: int
    token: str
    visit_id: int
    subject: str
    state: str
    at: datetime
    decided_by: str | None
    decided_at: datetime | None
    let_in_by: str | None
    let_in_at: datetime | None
    instruction: str | None

    @property
    def open(self) -> bool:
        return self.state == "open"

    @property
    def holds(self) -> bool:
        """Whether the visit waits for a decision of reception."""
        return self.open or (self.state == "is_them" and self.let_in_at is None)

    @property
    def flag(self) -> str:
        """What the card says while it holds."""
        return _("Reception decides") if self.open else _("On the watch-list")


MATCHED: list[Any] = [WatchMatch.__table__.c[name] for name in MatchView.__dataclass_fields__ if name != "instruction"]
