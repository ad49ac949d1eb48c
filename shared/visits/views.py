"""A visit as staff see it, and the board it stands on: frozen, and without a phone number."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from shared import directory, presence
from shared.directory import PersonView
from shared.presence import PresenceView
from shared.visits import absence
from shared.visits.model import ON_SITE, WAITING, Visit, badge_of

_SECRET = {"phone", "phone_key", "pass_hash", "pass_sealed", "short_code", "invitation_hash", "invitation_code"}
_SECRET |= {"visitor_key"}
COLUMNS = [column for column in Visit.__table__.columns if column.name not in _SECRET]


class VisitView(NamedTuple):
    """A visit as staff see it: a tuple, for a page of the register makes fifty of them and a list many thousand."""

    id: int
    token: str
    reg_no: str | None
    state: str
    source: str
    language: str
    visitor_name: str
    visitor_company: str
    party_size: int
    purpose: str
    purpose_note: str
    host_id: int | None
    host_text: str
    host_answer: str | None
    host_minutes: int | None
    host_answered_at: datetime | None
    expected_at: datetime | None
    expected_by: int | None
    arrived_at: datetime | None
    captured_at: datetime | None
    met_at: datetime | None
    left_at: datetime | None
    left_how: str | None
    first_visit: bool
    escort: bool
    confirmed_by: int | None
    confirmed_at: datetime | None
    badge_number: int | None
    badge_returned: bool
    drink: str
    room_use_id: int | None
    seated_at: datetime | None
    notice_version: str
    lawful_basis: str
    consent_at: datetime | None
    receptionist_id: int | None
    device_id: int | None
    remark: str
    created_at: datetime
    row_version: int
    will_return: bool
    return_at: datetime | None
    time_open: bool
    closed_at: datetime | None
    erased_at: datetime | None

    @property
    def badge(self) -> str:
        return badge_of(self.badge_number)

    @property
    def host(self) -> PersonView | None:
        return directory.person(self.host_id) if self.host_id is not None else None

    @property
    def host_presence(self) -> PresenceView:
        """Where the host is now; for staff."""
        return presence.of(self.host_id)

    @property
    def host_absent(self) -> bool:
        """Whether reception has to decide: the host cannot come, or is not there and has not answered."""
        if self.state == "arrived" and self.host_answer in (None, "delegated"):
            return absence.is_away(self.host_id, invited=self.invited)
        return self.state == "absent_host"

    @property
    def unconfirmed(self) -> bool:
        """Whether reception has still to say that this visitor may go in."""
        return self.escort and self.confirmed_at is None and self.state in WAITING

    @property
    def neutral(self) -> bool:
        """Whether the visitor wrote a name down and must not learn whether it is anybody's."""
        return self.host_text != ""

    @property
    def on_site(self) -> bool:
        return self.state in ON_SITE

    @property
    def invited(self) -> bool:
        return self.expected_at is not None

    @property
    def answer_due(self) -> datetime | None:
        """When a host who said "5 minutes" will be there."""
        if self.host_answered_at is None or self.host_minutes is None:
            return None
        return self.host_answered_at + timedelta(minutes=self.host_minutes)


@dataclass(frozen=True, slots=True)
class Lane:
    """One column of the board: the visits it shows, and how many there are."""

    visits: tuple[VisitView, ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.visits)


@dataclass(frozen=True, slots=True)
class Board:
    """Today at the desk."""

    expected: Lane
    waiting: Lane
    meeting: Lane
    left: Lane
    people_on_site: int

    @property
    def with_hosts(self) -> tuple[VisitView, ...]:
        """Those for whom it matters where the host is: who is to come and who waits."""
        return (*self.expected.visits, *self.waiting.visits)
