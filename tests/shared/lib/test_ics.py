"""Calendars as people export them become busy times; hostile ones become a reason."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.lib import ics
from shared.lib.ics import Busy, Unreadable, busy_times

SITE = "Asia/Shanghai"
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, ten o'clock at the site
END = START + timedelta(days=14)
WINDOWS = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def calendar(*events: str, more: str = "") -> bytes:
    parts = "".join(
        f"BEGIN:VEVENT\nUID:{at}\nDTSTAMP:20261101T000000Z\n{one.strip()}\nEND:VEVENT\n"
        for at, one in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{more}{parts}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    ).encode()


def told(*events: str, more: str = "", until: datetime = END) -> list[str]:
    """Every busy time as the site reads it: `23 10:30-11:30 meeting`."""
    local = lambda moment: moment.astimezone(ZoneInfo(SITE))  # noqa: E731
    return [
        f"{local(one.start):%d %H:%M}-{local(one.end):%H:%M} {one.kind}"
        for one in busy_times(calendar(*events, more=more), SITE, START, until)
    ]


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        busy_times(data, SITE, START, END)
    return refused.value.reason


HOUR = "DTSTART:20261123T060000Z\nDTEND:20261123T070000Z"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("", "meeting"),
        ("TRANSP:OPAQUE", "meeting"),
        ("TRANSP:TRANSPARENT", ""),
        ("STATUS:CONFIRMED", "meeting"),
        ("STATUS:CANCELLED", ""),
        ("STATUS:TENTATIVE", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "meeting"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "out"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nSTATUS:CANCELLED", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP:TRANSPARENT", "out"),
    ],
)
def test_what_is_marked_as_busy_is_a_meeting_and_out_of_office_is_out(words: str, kind: str) -> None:
    assert told(f"{HOUR}\nSUMMARY:secret\n{words}") == ([f"23 14:00-15:00 {kind}"] if kind else [])


def test_times_follow_their_zone_and_days_and_plain_times_the_sites() -> None:
    zoned = "DTSTART;TZID=W. Europe Standard Time:20261124T090000\nDTEND;TZID=W. Europe Standard Time:20261124T100000"
    plain = "DTSTART:20261125T090000\nDURATION:PT30M"
    days = "DTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20261128\nX-MICROSOFT-CDO-BUSYSTATUS:OOF"
    assert told(zoned, plain, days, more=WINDOWS) == [
        "24 16:00-17:00 meeting",
        "25 09:00-09:30 meeting",
        "26 00:00-00:00 out",
    ]
    found = busy_times(calendar(days), SITE, START, END)
    assert found[0].end - found[0].start == timedelta(days=2)


def test_what_repeats_is_told_for_the_days_asked_for_and_no_others() -> None:
    daily = "DTSTART;TZID=Asia/Shanghai:20200101T093000\nDURATION:PT15M\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    without = daily + "\nEXDATE;TZID=Asia/Shanghai:20261125T093000"
    assert told(without, until=START + timedelta(days=3)) == ["24 09:30-09:45 meeting", "26 09:30-09:45 meeting"]
    moved = (
        "DTSTART;TZID=Asia/Shanghai:20261124T160000\nDURATION:PT15M\nRECURRENCE-ID;TZID=Asia/Shanghai:20261124T093000"
    )
    both = calendar(daily, moved).replace(b"UID:1", b"UID:0")
    ours = busy_times(both, SITE, START, START + timedelta(days=1, hours=12))
    assert [one.start.astimezone(ZoneInfo(SITE)).strftime("%d %H:%M") for one in ours] == ["24 16:00"]


def test_times_that_overlap_become_one_and_out_outweighs_a_meeting() -> None:
    first, second = "DTSTART:20261123T060000Z\nDURATION:PT1H", "DTSTART:20261123T064500Z\nDURATION:PT1H"
    third = "DTSTART:20261123T074500Z\nDURATION:PT15M"
    away = "DTSTART:20261123T063000Z\nDURATION:PT15M\nX-MICROSOFT-CDO-BUSYSTATUS:OOF"
    assert told(first, second, third, away) == [
        "23 14:00-14:30 meeting",
        "23 14:30-14:45 out",
        "23 14:45-16:00 meeting",
    ]


def test_a_calendar_that_tells_free_and_busy_only_is_understood() -> None:
    part = "BEGIN:VFREEBUSY\nUID:f\nDTSTAMP:20261101T000000Z\n"
    part += "FREEBUSY;FBTYPE=BUSY:20261123T060000Z/20261123T070000Z,20261123T080000Z/PT30M\n"
    part += "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261124T060000Z/20261124T070000Z\n"
    part += "FREEBUSY;FBTYPE=FREE:20261125T060000Z/20261125T070000Z\nEND:VFREEBUSY\n"
    assert told(more=part) == ["23 14:00-15:00 meeting", "23 16:00-16:30 meeting", "24 14:00-15:00 out"]


def test_one_broken_event_does_not_take_the_others_with_it() -> None:
    broken = "DTSTART;TZID=Nowhere/Land:20261123T060000\nRRULE:FREQ=SOMETIMES"
    assert told(broken, HOUR) == ["23 14:00-15:00 meeting"]


def test_nothing_but_times_comes_out() -> None:
    words = "SUMMARY:Zq7-canary\nDESCRIPTION:Zq7-canary\nLOCATION:Zq7-canary\nATTENDEE:mailto:Zq7-canary@example.com"
    found = busy_times(calendar(f"{HOUR}\n{words}"), SITE, START, END)
    assert found == [Busy(START + timedelta(hours=4), START + timedelta(hours=5), "meeting")]
    assert "canary" not in repr(found)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "not_calendar"),
        (b"<html>Sign in</html>", "not_calendar"),
        (calendar(HOUR).partition(b"END:VEVENT")[0], "not_calendar"),
        (b"\x00\xff" * 400, "not_calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 90_000, "not_calendar"),
        (calendar(*[HOUR] * 5_001), "too_much"),
        (calendar("DTSTART:20200101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"), "too_much"),
        (calendar("DTSTART:00010101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), "too_much"),
        (calendar(*[f"DTSTART:2026112{4 + at % 5}T{at % 24:02}{at % 59:02}00Z\nDURATION:PT1S" for at in range(1_000)]),
         "too_much"),
        (b"x" * (ics.BYTES + 1), "too_big"),
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_calendar_or_too_much_of_one_ends_with_a_reason(data: bytes, why: str) -> None:
    assert reason(data) == why


def test_the_process_that_reads_knows_no_secret_and_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys, shared.lib.ics.child as c; sys.exit('sqlalchemy' in sys.modules or 'flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ics.ROOT, check=False).returncode == 0
    monkeypatch.setenv("DESK_DATA_KEY", "secret")
    seen: list[dict[str, str]] = []
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **how: (seen.append(how["env"]), real(*given, **how))[1])
    busy_times(calendar(HOUR), SITE, START, END)
    assert seen and not [name for name in seen[0] if name.startswith("DESK_")]


def test_the_desk_itself_never_loads_the_parser() -> None:
    code = (
        "import sys; from shared.migrations import models; models.load(); import app;"
        "sys.exit(any(name.split('.')[0] in ('icalendar', 'recurring_ical_events') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ics.ROOT, check=False).returncode == 0
