"""A calendar file comes in whole or not at all, with a word on every row."""

from datetime import date

import pytest

from shared import calendar, journal
from shared.calendar import Report
from shared.lib import i18n
from shared.lib.errors import Invalid

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20310122
DTEND;VALUE=DATE:20310125
SUMMARY:春节 休
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20310126
SUMMARY:春节 班
END:VEVENT
{more}END:VCALENDAR
"""


def taken(text: str, *, rehearse: bool = False) -> Report:
    with i18n.use("en"):
        return calendar.import_file(text.encode(), rehearse=rehearse)


def test_a_list_comes_in_with_its_kinds_in_either_language(database: str) -> None:
    report = taken("日期,类型,名称\n2031年1月1日,休,元旦\n2031/1/4,makeup_workday,\n2031-01-06,Working day,开工\n")
    assert (report.applied, report.count("new")) == (True, 3)
    assert [(day.date, day.kind, day.name) for day in calendar.own_days().values()] == [
        (date(2031, 1, 1), "holiday", "元旦"),
        (date(2031, 1, 4), "makeup_workday", ""),
        (date(2031, 1, 6), "workday", "开工"),
    ]
    assert not calendar.is_workday(date(2031, 1, 1))
    assert calendar.is_workday(date(2031, 1, 4))
    assert journal.newest(1)[0].data == {"new": 3}


def test_one_wrong_row_and_nothing_is_taken(database: str) -> None:
    report = taken("date,kind\n2031-01-01,holiday\n2031-02-30,holiday\n2031-01-02,party\n2031-01-01,workday\n")
    assert not report.applied
    assert [(line.row, line.what, line.sentence) for line in report.lines] == [
        (2, "new", ""),
        (3, "error", "This is not a date: write 2027-01-31."),
        (4, "error", "Write workday, weekend, holiday or makeup_workday."),
        (5, "error", "Row 2 says otherwise."),
    ]
    assert calendar.own_days() == {}


def test_a_rehearsal_writes_nothing_and_a_repeat_changes_nothing(database: str) -> None:
    text = "date,kind,name\n2031-01-01,holiday,New Year\n"
    assert taken(text, rehearse=True).count("new") == 1
    assert calendar.own_days() == {}
    assert taken(text).applied
    assert taken(text).count("unchanged") == 1
    assert taken(text.replace("New Year", "元旦")).count("changed") == 1


def test_whole_days_of_a_calendar_come_in_and_made_up_days_are_worked(database: str) -> None:
    report = taken(ICS.format(more=""))
    assert report.count("new") == 4
    assert {day.day: own.kind for day, own in calendar.own_days().items()} == {
        22: "holiday", 23: "holiday", 24: "holiday", 26: "makeup_workday",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ("DTSTART:20310127T090000Z\nSUMMARY:会", "This is not a whole day."),
        ("DTSTART;VALUE=DATE:20310127\nRRULE:FREQ=YEARLY\nSUMMARY:节", "This repeats: write each day out."),
        ("DTSTART;VALUE=DATE:20310127\nDTEND;VALUE=DATE:20390127\nSUMMARY:节", "This lasts too long for a holiday."),
        ("SUMMARY:节", "This is not a whole day."),
    ],
)
def test_an_event_that_is_no_holiday_is_told_and_nothing_is_taken(database: str, event: str, sentence: str) -> None:
    report = taken(ICS.format(more=f"BEGIN:VEVENT\nUID:3\n{event}\nEND:VEVENT\n"))
    assert not report.applied
    assert report.lines[-1].sentence == sentence
    assert calendar.own_days() == {}


@pytest.mark.parametrize("data", [b"", b"name,town\nA,B\n", b"BEGIN:VCALENDAR\nnonsense", b"BEGIN:VCALENDAR\n\xff\xfe"])
def test_what_is_no_calendar_is_refused_with_a_sentence(database: str, data: bytes) -> None:
    with pytest.raises(Invalid):
        calendar.import_file(data)
