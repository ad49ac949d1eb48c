"""A call list that cannot be read is refused as a whole: which row, which column, what is wrong."""

from collections.abc import Iterator

import pytest

from shared.lib import i18n
from shared.lib.errors import Invalid
from shared.phone import cdr
from tests.shared.phone.lists import ASTERISK, GENERIC, asterisk, file, generic, read

pytestmark = pytest.mark.usefixtures("fresh_settings")
GOOD = "2026-11-23 09:00:00,15400000921,否,25"
TIME = "This is not a time as you chose it."
FORMULA = "This is a formula. Save the list with its values."


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with i18n.use("en"):
        yield


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("yesterday,15400000921,否,25", "时间", TIME),
        ("23.11.2026 09:00,15400000921,否,25", "时间", TIME),
        ("2026-02-30 09:00,15400000921,否,25", "时间", TIME),
        ("2026-11-23 24:00,15400000921,否,25", "时间", TIME),
        (",15400000921,否,25", "时间", TIME),
        ("=NOW(),15400000921,否,25", "时间", FORMULA),
        ("2026-11-23 09:00,=1+1,否,25", "号码", FORMULA),
        ("2026-11-23 09:00,+1+cmd|x,否,25", "号码", FORMULA),
        ("2026-11-23 09:00,@SUM(A1),否,25", "号码", FORMULA),
        ("2026-11-23 09:00,15400000921,否,=A1", "振铃秒数", FORMULA),
        ("2026-11-23 09:00,1.54E+10,否,25", "号码", "The digits of this number are lost."),
        ("2026-11-23 09:00,15400000921,maybe,25", "是否接听", "This says neither"),
        ("2026-11-23 09:00,15400000921,否,-1", "振铃秒数", "This is less than nothing."),
        ("2026-11-23 09:00,15400000921,否,long", "振铃秒数", "This is not a number of seconds."),
        ("2026-11-23 09:00,15400000921,否,99999999", "振铃秒数", "This is not a number of seconds."),
        ("2026-11-23 09:00,15400000921,否", "振铃秒数", "This column is missing."),
        ("2026-11-23 18:00,15400000921,否,25", "时间", "This has not happened yet."),
    ],
)
def test_it_is_said_where_and_what(line: str, column: str, said: str) -> None:
    reading = read(generic(GOOD, line, GOOD))
    [wrong] = reading.wrong
    assert (wrong.row, wrong.column, reading.errors) == (3, column, 1)
    assert wrong.sentence.startswith(said)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (asterisk("soon"), "start"),
        (asterisk(src="=1"), "src"),
        (asterisk(lasted=-5), "duration"),
        (asterisk(talked=-1), "billsec"),
        (asterisk(lasted=10, talked=11), "billsec"),
        (asterisk(lasted=""), "duration"),
        (asterisk(became="PERHAPS"), "disposition"),
        ("a,b,c", "dcontext"),
    ],
)
def test_it_is_said_of_asterisk_too(line: str, column: str) -> None:
    [wrong] = read(file(asterisk(), line), ASTERISK).wrong
    assert (wrong.row, wrong.column) == (2, column)


def test_twenty_lines_are_said_and_the_others_counted() -> None:
    reading = read(generic(*["nothing,at,all,here"] * 31))
    assert (len(reading.wrong), reading.errors, dict(reading.records)) == (20, 31, {})


def test_columns_that_are_missing_are_named() -> None:
    reading = read(b"time,number\n2026-11-23 09:00:00,15400000921\n")
    assert [(one.row, one.column) for one in reading.wrong] == [(1, "Answered or not"), (1, "Ring seconds")]
    named = GENERIC.model_copy(update={"columns": {"ring": "wait"}})
    assert [one.column for one in read(generic(GOOD), named).wrong] == ["wait"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        "时间,号码,是否接听,振铃秒数\n".encode(),
        generic(GOOD).replace(b"\xe5", b"\xff"),
        b"PK\x03\x04" + bytes(200),
        bytes(range(256)) * 4,
        generic(f'"{GOOD}'),
        generic(*[GOOD] * (cdr.ROWS + 1)),
        generic(GOOD) + b"\n" * cdr.BYTES,
    ],
    ids=["empty", "blank", "headings", "encoding", "xlsx", "bytes", "quotes", "rows", "large"],
)
def test_what_is_no_list_of_calls_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        read(data)


def test_a_zone_that_is_none_is_refused() -> None:
    for zone in ("Asia/Nowhere", "../../etc/passwd", ""):
        with pytest.raises(Invalid) as refusal:
            read(generic(GOOD), cdr.Asked(profile="generic", zone=zone))
        assert "zone" in refusal.value.fields


@pytest.mark.parametrize("profile", [ASTERISK, GENERIC])
@pytest.mark.parametrize("wide", [b";,\t" * 100_000, b"," * 101 + b"\n", b"a," * 70_000])
def test_a_line_without_end_is_refused_before_anything_is_made_of_it(profile: cdr.Asked, wide: bytes) -> None:
    with pytest.raises(Invalid, match="too many columns"):
        read(file(GOOD) + wide, profile)
