"""What the privacy officer counts each week: looks at what is hidden, and who asked how a colleague is reached."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared import journal
from shared.contact_requests.questions import between, outcomes
from shared.contact_requests.views import RequestView
from shared.journal import Event
from shared.lib import clock
from shared.lib.config import settings
from shared.lib.i18n import today

LOOKS = ("directory.contact_revealed", "visits.phone_revealed", "visits.codes_revealed")
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday on: how often each thing happened."""

    monday: date
    looks: dict[str, int]
    outcomes: dict[str, int]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def total(self) -> int:
        """How often somebody asked."""
        return sum(self.outcomes.values())

    @property
    def looked(self) -> int:
        """How often somebody looked."""
        return sum(self.looks.values())


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(count: int = 8) -> list[Week]:
    """The last weeks, this one first."""
    newest = monday_of(today(clock.now()))
    return [_week(newest - index * WEEK) for index in range(count)]


def looks(monday: date) -> list[Event]:
    """Who looked at what in a week, newest first."""
    return journal.between(*_span(monday), LOOKS)


def requests(monday: date) -> list[RequestView]:
    """Who asked in a week, newest first; a long list is cut, the numbers of the week are not."""
    return between(*_span(monday))


def _week(monday: date) -> Week:
    return Week(
        monday,
        looks=journal.counts(*_span(monday), LOOKS),
        outcomes=outcomes(*_span(monday)),
    )


def _span(monday: date) -> tuple[datetime, datetime]:
    start, end = (datetime.combine(day, time(), settings().zone) for day in (monday, monday + WEEK))
    return start, end
