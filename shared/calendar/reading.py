"""A calendar file as rows: a list with date, kind and name, or the all-day events of an .ics file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared.calendar.days import KINDS
from shared.lib import sheets, text
from shared.lib.errors import Invalid
from shared.lib.forms import YEARS
from shared.lib.i18n import _, gettext

HEADINGS = {"date": ("date", "日期"), "kind": ("kind", "类型"), "name": ("name", "名称")}
SHORT = {"休": "holiday", "班": "makeup_workday", "上班": "workday", "节日": "holiday", "补班": "makeup_workday"}
WORKED = re.compile(r"班|make-?up|work(ing)? ?day", re.I)
MOST_DAYS = 1000
ICS_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a file: a day with what it is, or what is wrong with the row."""

    row: int
    written: str
    day: date | None = None
    kind: str = ""
    name: str = ""
    fault: str = ""


def read(data: bytes) -> list[Entry]:
    """The rows of a CSV, XLSX or .ics file; Invalid with a sentence when it is none of these."""
    if b"BEGIN:VCALENDAR" in data[:4096].upper():
        return list(_events(data))
    return list(_rows(sheets.read(data)))


def _rows(cells: list[list[str]]) -> Iterator[Entry]:
    places = _places(cells[0])
    for number, row in enumerate(cells[1:], start=2):
        if any(row):
            yield _row(number, {name: row[at] if at < len(row) else "" for name, at in places.items()})


def _places(headings: list[str]) -> dict[str, int]:
    """Where each column stands; date and kind have to be there."""
    known = {text.fold(cell): place for place, cell in enumerate(headings)}
    places = {name: known[word] for name, words in HEADINGS.items() for word in words if word in known}
    if "date" not in places or "kind" not in places:
        raise Invalid(_("The first row names the columns: date, kind, name."))
    return places


def _row(number: int, cells: dict[str, str]) -> Entry:
    written = cells["date"]
    day, kind = _day(written), _kind(cells["kind"])
    if day is None:
        return Entry(number, written, fault=_("This is not a date: write 2027-01-31."))
    if not kind:
        return Entry(number, written, fault=_("Write workday, weekend, holiday or makeup_workday."))
    return Entry(number, written, day, kind, text.clean(cells.get("name", ""))[:80])


def _day(written: str) -> date | None:
    """2027-01-31, 2027/1/31 or 2027年1月31日."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", written.strip())
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _kind(written: str) -> str:
    """A kind by its key, its name in the reader's language, or the sign of the official calendar."""
    names = {text.fold(word): key for key, name in KINDS.items() for word in (key, gettext(name))}
    return (SHORT | names).get(text.fold(written), "")


def _events(data: bytes) -> Iterator[Entry]:
    """Each day of each all-day event; one that speaks of work (班) is a make-up working day, any other a holiday."""
    import icalendar

    if len(data) > ICS_BYTES:
        raise Invalid(_("This file is too large. At most %(size)s MB.") % {"size": 1})
    try:
        calendar: Any = icalendar.Calendar.from_ical(data.decode("utf-8-sig"))
        events = [(_date(event, "DTSTART"), _date(event, "DTEND"), event) for event in calendar.walk("VEVENT")]
    except (ValueError, UnicodeDecodeError, AttributeError, TypeError):
        raise Invalid(_("This calendar could not be read.")) from None
    for number, (first, end, event) in enumerate(events, start=1):
        yield from _days_of(number, first, end, event)


def _date(event: Any, name: str) -> date | None:
    value = event.get(name)
    found = value.dt if value is not None else None
    return found if isinstance(found, date) else None


def _days_of(number: int, first: date | None, end: date | None, event: Any) -> Iterator[Entry]:
    summary = text.clean(str(event.get("SUMMARY", "")))[:80]
    if first is None or isinstance(first, datetime) or first.year not in YEARS:
        yield Entry(number, summary, fault=_("This is not a whole day."))
        return
    if event.get("RRULE") is not None:
        yield Entry(number, summary, fault=_("This repeats: write each day out."))
        return
    length = (end - first).days if end is not None and not isinstance(end, datetime) else 1
    if not 1 <= length <= MOST_DAYS:
        yield Entry(number, summary, fault=_("This lasts too long for a holiday."))
        return
    kind = "makeup_workday" if WORKED.search(summary) else "holiday"
    for offset in range(length):
        day = first + timedelta(days=offset)
        yield Entry(number, day.isoformat(), day, kind, summary)
