"""Business time: the office's hours on working days, on the clock of the site, whatever summer time does."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared import company
from shared.calendar.days import is_workday, workdays
from shared.lib.config import settings

MOST_DAYS = 3660


def open_hours(day: date) -> tuple[datetime, datetime]:
    """When the office opens and closes on this day, in UTC; the same moment twice on a day that is not worked."""
    facts = company.facts()
    opens = at(day, facts.office_opens)
    return opens, at(day, facts.office_closes) if is_workday(day) else opens


def add_business(start: datetime, length: timedelta) -> datetime:
    """The moment at which `length` of business time has gone by since `start`, in UTC."""
    if length < timedelta(0):
        raise ValueError("business time goes forward")
    left, day = length, _day(start)
    for _ in range(MOST_DAYS):
        opens, closes = open_hours(day)
        begin = max(start, opens)
        if begin < closes and left <= closes - begin:
            return begin + left
        left -= max(timedelta(0), closes - begin)
        day += timedelta(days=1)
    raise ValueError("no working day for ten years")


def business_between(start: datetime, end: datetime) -> timedelta:
    """How much business time lies between two moments."""
    gone, day, last = timedelta(0), _day(start), _day(end)
    while day <= last:
        opens, closes = open_hours(day)
        gone += max(timedelta(0), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return gone


def end_of_workday(moment: datetime) -> datetime:
    """When the working day of `moment` ends, in UTC; after closing time or on a free day, when the next one does."""
    for day in workdays(_day(moment)):
        closes = open_hours(day)[1]
        if closes > moment:
            return closes
    raise ValueError("no working day")


def _day(moment: datetime) -> date:
    return moment.astimezone(settings().zone).date()


def at(day: date, hour: str) -> datetime:
    """`hour` (09:00) of this day on the wall of the site, in UTC; 24:00 is the end of the day."""
    hours, minutes = (int(part) for part in hour.split(":"))
    wall = datetime.combine(day + timedelta(days=hours // 24), time(hours % 24, minutes), settings().zone)
    return wall.astimezone(ZoneInfo("UTC"))
