"""The call list of an exchange: what is read in it, in every usual encoding and layout."""

from datetime import UTC, datetime

import pytest

from shared.phone import cdr
from tests.shared.phone.lists import ASTERISK, GENERIC, HEADINGS, asterisk, file, generic, read

pytestmark = pytest.mark.usefixtures("fresh_settings")
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def only(reading: cdr.Reading) -> cdr.Record:
    assert reading.wrong == ()
    [record] = reading.records.values()
    return record


def test_a_line_of_asterisk_is_a_call() -> None:
    record = only(read(file(asterisk(lasted=29, talked=20, became="ANSWERED", id="1763859600.12")), ASTERISK))
    assert record == cdr.Record(NINE, "+8615400000921", True, 9.0, 20.0, "in", "1763859600.12")


@pytest.mark.parametrize("became", ["NO ANSWER", "BUSY", "FAILED", "CONGESTION"])
def test_what_asterisk_calls_a_call_that_nobody_answered(became: str) -> None:
    record = only(read(file(asterisk(became=became)), ASTERISK))
    assert (record.answered, record.ring, record.id) == (False, 20.0, "")


@pytest.mark.parametrize(
    ("given", "direction"),
    [
        ({"context": "ext-group"}, "in"),
        ({"src": "1001", "context": "from-internal", "dst": "15400000921"}, "out"),
        ({"src": "1001", "channel": "PJSIP/1001-00000007", "context": "office", "dst": "15400000921"}, "out"),
        ({"src": "1001", "context": "from-internal", "dst": "1002"}, "inside"),
        ({"src": "10086", "context": "from-trunk"}, "in"),
        ({"src": "", "channel": "PJSIP/-00000001"}, "in"),
    ],
)
def test_asterisk_says_who_called_whom(given: dict[str, str], direction: str) -> None:
    assert only(read(file(asterisk(**given)), ASTERISK)).direction == direction  # type: ignore[arg-type]


def test_every_telephone_that_rang_for_one_call_is_one_call() -> None:
    lines = [
        asterisk("2026-11-23 09:00:00", lasted=15, id="1.1"),
        asterisk("2026-11-23 09:00:15", lasted=40, talked=35, became="ANSWERED", id="1.1"),
        asterisk("2026-11-23 09:00:15", lasted=5, id="1.1"),
    ]
    for order in (lines, lines[::-1]):
        reading = read(file(*order), ASTERISK)
        record = only(reading)
        assert (record.at, record.answered, record.ring, reading.twice) == (NINE, True, 20.0, 2)


def test_a_list_with_chinese_headings_in_any_order() -> None:
    record = only(read("振铃秒数;通话秒数;号码;时间;是否接听\n9;61;154 0000 0921;2026/11/23 9:00;是\n".encode()))
    assert record == cdr.Record(NINE, "+8615400000921", True, 9.0, 61.0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_every_usual_encoding_and_delimiter(encoding: str, sign: str) -> None:
    lines = (HEADINGS, "2026-11-23 09:00:00,15400000921,否,25", "2026-11-23 09:01:00,075512345678,是,3")
    reading = read("\r\n".join(lines).replace(",", sign).encode(encoding))
    assert [(one.number, one.answered) for one in reading.records.values()] == [
        ("+8615400000921", False), ("+8675512345678", True),
    ]  # fmt: skip


def test_somebody_says_which_column_is_which() -> None:
    named = GENERIC.model_copy(update={"columns": {"time": "when", "number": "who", "answered": "ok", "ring": "wait"}})
    assert only(read(b"ok,when,who,wait\n0,2026-11-23 09:00:00,15400000921,12\n", named)).ring == 12.0
    counted = GENERIC.model_copy(update={"columns": {"time": "2", "number": "3", "answered": "1", "ring": "4"}})
    assert only(read(b"0,2026-11-23 09:00:00,15400000921,12\n", counted)).at == NINE
    assert only(read(b"a,b,c,d\n0,2026-11-23 09:00:00,15400000921,12\n", counted)).at == NINE


@pytest.mark.parametrize(
    ("written", "order", "zone"),
    [
        ("2026-11-23 09:00:00", "ymd", "Asia/Shanghai"),
        ("2026年11月23日 9:00", "ymd", "Asia/Shanghai"),
        ("23.11.2026 02:00:00", "dmy", "Europe/Berlin"),
        ("11/23/2026 1:00", "mdy", "UTC"),
        ("2026-11-23T10:00:00+09:00", "ymd", "Asia/Shanghai"),
        ("2026-11-23T01:00:00.250Z", "ymd", "Asia/Shanghai"),
    ],
)
def test_a_time_is_read_in_the_zone_of_the_exchange(written: str, order: str, zone: str) -> None:
    asked = cdr.Asked.model_validate({"profile": "generic", "zone": zone, "order": order})
    assert only(read(generic(f"{written},15400000921,否,25"), asked)).at == NINE


@pytest.mark.parametrize(
    ("written", "number"),
    [("", None), ("anonymous", None), ("未知", None), ("-", None), ("26751234", "26751234"), ("10086", "10086"),
     ("+49 30 123456", "+4930123456")],
)  # fmt: skip
def test_a_number_is_known_or_hidden(written: str, number: str | None) -> None:
    assert only(read(generic(f"2026-11-23 09:00:00,{written},否,25"))).number == number


@pytest.mark.parametrize(
    ("written", "seconds"), [("", None), ("9", 9.0), ("9.5", 9.5), ("00:01:09", 69.0), ("-0", 0.0)]
)
def test_seconds_as_exchanges_write_them(written: str, seconds: float | None) -> None:
    assert only(read(generic(f"2026-11-23 09:00:00,15400000921,是,{written}"))).ring == seconds


def test_lines_that_say_the_same_count_once() -> None:
    line = "2026-11-23 09:00:00,15400000921,否,25"
    reading = read(generic(line, "", line, line))
    assert (len(reading.records), reading.rows, reading.twice) == (1, 3, 2)
