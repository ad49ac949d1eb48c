"""Business time is counted on the clock of the site, over nights, holidays and summer time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared import calendar, company
from shared.lib.config import settings

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def site(database: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> ZoneInfo:
    """A site in the zone the test asks for; the machine's own zone is somewhere else."""
    monkeypatch.setenv("DESK_TIMEZONE", request.param)
    monkeypatch.setenv("TZ", "America/New_York")
    settings.cache_clear()
    return settings().zone


@pytest.mark.parametrize("site", ["Asia/Shanghai"], indirect=True)
@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 10:00", 1, "2026-11-23 11:00"),
        ("2026-11-23 17:30", 1, "2026-11-24 09:30"),  # over the night
        ("2026-11-20 17:30", 1, "2026-11-23 09:30"),  # over the weekend
        ("2026-11-21 12:00", 1, "2026-11-23 10:00"),  # from a Saturday
        ("2026-11-23 06:00", 1, "2026-11-23 10:00"),  # before opening
        ("2026-11-23 09:00", 9, "2026-11-23 18:00"),  # to the very end
        ("2026-09-30 17:30", 1, "2026-10-08 09:30"),  # over the National Day
    ],
)
def test_business_time_is_the_offices_hours(site: ZoneInfo, start: str, hours: int, end: str) -> None:
    begin, until = (datetime.fromisoformat(one).replace(tzinfo=site) for one in (start, end))
    assert calendar.add_business(begin, hours * HOUR) == until
    assert calendar.business_between(begin, until) == hours * HOUR


@pytest.mark.parametrize("site", ["Asia/Shanghai"], indirect=True)
def test_the_working_day_ends_when_the_office_closes(site: ZoneInfo) -> None:
    at = lambda text: datetime.fromisoformat(text).replace(tzinfo=site)  # noqa: E731
    assert calendar.end_of_workday(at("2026-11-23 10:00")) == at("2026-11-23 18:00")
    assert calendar.end_of_workday(at("2026-11-23 18:00")) == at("2026-11-24 18:00")
    assert calendar.end_of_workday(at("2026-11-21 10:00")) == at("2026-11-23 18:00")
    company.change(company.facts().model_copy(update={"office_closes": "17:30"}))
    assert calendar.end_of_workday(at("2026-11-23 10:00")) == at("2026-11-23 17:30")


@pytest.mark.parametrize(
    ("site", "change", "length"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 8),
        ("Europe/Berlin", date(2026, 10, 25), 10),
        ("Australia/Lord_Howe", date(2026, 4, 5), 9.5),  # half an hour, and the other way round
        ("Australia/Lord_Howe", date(2026, 10, 4), 8.5),
    ],
    indirect=["site"],
)
def test_when_summer_time_changes_the_office_keeps_its_hours_on_the_wall(
    site: ZoneInfo, change: date, length: float
) -> None:
    company.change(company.facts().model_copy(update={"office_opens": "00:00", "office_closes": "09:00"}))
    calendar.set_day(change, "workday")  # a Sunday
    opens, closes = calendar.open_hours(change)
    assert (opens.astimezone(site).hour, closes.astimezone(site).hour) == (0, 9)
    assert closes - opens == length * HOUR
    assert calendar.add_business(opens, length * HOUR) == closes
    for minute in range(0, int(length * 60), 7):
        moment = opens + timedelta(minutes=minute)
        assert (
            calendar.business_between(opens, calendar.add_business(opens, timedelta(minutes=minute))) == moment - opens
        )


@pytest.mark.parametrize("site", ["Europe/Berlin", "Australia/Lord_Howe"], indirect=True)
def test_over_the_weekend_of_the_change_no_business_time_is_lost_or_won(site: ZoneInfo) -> None:
    for friday in (date(2026, 3, 27), date(2026, 4, 3), date(2026, 10, 2), date(2026, 10, 23)):
        for offset in range(4):
            calendar.set_day(friday + timedelta(days=offset), "workday" if offset in (0, 3) else "weekend")
        begin = datetime(friday.year, friday.month, friday.day, 17, tzinfo=site)
        end = calendar.add_business(begin, 2 * HOUR)
        monday = friday + timedelta(days=3)
        assert end == datetime(monday.year, monday.month, monday.day, 10, tzinfo=site)
        assert calendar.business_between(begin, end) == 2 * HOUR
