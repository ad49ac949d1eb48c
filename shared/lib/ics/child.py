"""The process that reads one calendar: it holds no secret, reaches nothing, and is ended when it takes too long."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shared.lib import sandbox

SECONDS, EVENTS, SPANS = 2.0, 5_000, 400
MEETING, OUT = "meeting", "out"
OF_MICROSOFT = {"BUSY": MEETING, "OOF": OUT}
OF_FREEBUSY = {"BUSY": MEETING, "BUSY-UNAVAILABLE": OUT}
Span = tuple[int, int]


class Unfit(Exception):
    """This is no calendar, or holds too much."""


def main(zone: str, start: int, end: int) -> dict[str, Any]:
    """The busy times of the calendar on standard input, in seconds since 1970."""
    data = sys.stdin.buffer.read()
    try:
        found = _busy(data.decode("utf-8-sig", "replace"), ZoneInfo(zone), start, end)
    except Unfit as unfit:
        return {"unreadable": str(unfit)}
    except MemoryError:
        return {"unreadable": "too_much"}
    except Exception:  # whatever a stranger's file makes a parser stumble over
        return {"unreadable": "not_calendar"}
    return {"busy": found}


def _busy(text: str, zone: ZoneInfo, start: int, end: int) -> list[tuple[int, int, str]]:
    if "BEGIN:VCALENDAR" not in text[:4096].upper() or not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise Unfit("not_calendar")  # also one that was cut off, which would look free from there on
    if text.upper().count("BEGIN:VEVENT") > EVENTS:
        raise Unfit("too_much")
    import icalendar

    spans: dict[str, list[Span]] = {MEETING: [], OUT: []}
    for calendar in icalendar.Calendar.from_ical(text, multiple=True):
        for kind, first, last in (*_of_events(calendar, zone, start, end), *_of_freebusy(calendar, zone)):
            if first < end and last > start and last > first:
                spans[kind].append((max(first, start), min(last, end)))
    out = _merged(spans[OUT])
    meetings = [part for span in _merged(spans[MEETING]) for part in _without(span, out)]
    found = sorted([*((*span, OUT) for span in out), *((*span, MEETING) for span in meetings)])
    if len(found) > SPANS:
        raise Unfit("too_much")
    return found


def _of_events(calendar: Any, zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Every event of these days, repeated ones each time, as far as its owner is busy."""
    import recurring_ical_events

    days = (datetime.fromtimestamp(moment, UTC) for moment in (start, end))
    for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(*days):
        kind = _kind(event)
        if kind:
            yield kind, _seconds(event.start, zone), _seconds(event.end, zone)


def _kind(event: Any) -> str:
    """In a meeting, out, or not busy at all: cancelled, tentative, and what is marked as free."""
    said = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return ""
    if said:
        return OF_MICROSOFT.get(said, "")
    if str(event.get("STATUS", "")).upper() == "TENTATIVE":
        return ""
    return "" if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" else MEETING


def _of_freebusy(calendar: Any, zone: ZoneInfo) -> Iterator[tuple[str, int, int]]:
    """Calendars that tell busy times and nothing else."""
    for part in calendar.walk("VFREEBUSY"):
        given = part.get("FREEBUSY", [])
        for period in given if isinstance(given, list) else [given]:
            kind = OF_FREEBUSY.get(str(period.params.get("FBTYPE", "BUSY")).upper(), "")
            if kind:
                yield kind, _seconds(period.start, zone), _seconds(period.end, zone)


def _seconds(moment: date, zone: ZoneInfo) -> int:
    """A day begins at the site's midnight; a time without a zone is the site's."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), zone)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=zone)).timestamp())


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Overlapping and touching times as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _without(span: Span, others: Iterable[Span]) -> Iterator[Span]:
    """What is left of a time when others are taken out of it."""
    start, end = span
    for first, last in others:
        if last <= start or first >= end:
            continue
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


if __name__ == "__main__":
    sandbox.fence(int(sys.argv[4]))
    sandbox.processor_time(SECONDS)
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
