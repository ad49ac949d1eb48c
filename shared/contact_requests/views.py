"""A request as staff read it: who asked, about whom, and in words what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared import directory, phone, visits
from shared.contact_requests.model import AGREED, ContactRequest
from shared.directory import PersonView
from shared.lib import clock
from shared.lib.i18n import _, format_time, lazy
from shared.phone import CallView

WAITS = timedelta(minutes=30)  # as long as the person is asked
GOOD = timedelta(hours=1)  # as long as what they agreed to may be shown
COLUMNS = list(ContactRequest.__table__.columns)
SAID = {
    "declined_relayed": lazy("politely declined, passed on instead"),
    "refused": lazy("refused"),
    AGREED: lazy("they agreed"),
}
WANTED = {"extension": lazy("extension"), "phone": lazy("phone number"), "email": lazy("e-mail address")}


def wanted_name(wanted: str) -> str:
    """A way to reach somebody, in the reader's language."""
    return _(WANTED[wanted])


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request, as it stands now."""

    id: int
    token: str
    visit_id: int | None
    call_id: int | None
    pad: str | None
    asker: str | None
    person_id: int
    wanted: str
    outcome: str | None
    asked_at: datetime
    asked_by: int | None
    answered_at: datetime | None
    answered_by: int | None
    settled_at: datetime | None

    @property
    def person(self) -> PersonView | None:
        """About whom."""
        return directory.person(self.person_id)

    @property
    def who(self) -> str:
        """Who asked: the visitor, the caller, or what reception wrote down."""
        if self.visit_id is not None:
            return visits.one(self.visit_id).visitor_name
        if self.by_phone:
            call = self.call
            return (call.caller_name or call.shown_number if call else self.asker) or _("a caller without a name")
        return self.asker or _("a visitor who is no longer in the register")

    @property
    def company(self) -> str:
        """From where, as far as it is known."""
        if self.visit_id is not None:
            return visits.one(self.visit_id).visitor_company
        return self.call.caller_company if self.call else ""

    @property
    def by_phone(self) -> bool:
        """Whether somebody asked on the phone."""
        return self.call_id is not None or self.pad is not None

    @property
    def call(self) -> CallView | None:
        """The call by which somebody asked, once it is saved."""
        return next(iter(phone.by_ids([self.call_id])), None) if self.call_id is not None else None

    @property
    def lapses(self) -> datetime:
        """When the person is asked no longer."""
        return self.asked_at + WAITS

    @property
    def open(self) -> bool:
        """Whether the person may still say something."""
        return self.outcome is None and clock.now() < self.lapses

    @property
    def good_until(self) -> datetime | None:
        """Until when reception may look at what they agreed to."""
        return self.answered_at + GOOD if self.outcome == AGREED and self.answered_at else None

    @property
    def may_be_shown(self) -> bool:
        return self.good_until is not None and clock.now() < self.good_until

    @property
    def way(self) -> str:
        """Which way was wanted, in words."""
        return wanted_name(self.wanted)

    @property
    def words(self) -> str:
        """What became of it, in words."""
        if self.outcome is None:
            return _("asked, no answer yet") if self.open else _("asked, no answer")
        if self.answered_at is None:
            return _(SAID[self.outcome])
        said = _("they agreed at %(time)s") if self.outcome == AGREED else _("they declined at %(time)s")
        return said % {"time": format_time(self.answered_at)}
