"""The call list of an exchange comes in: missed calls wait to be called back, the others find their row (2.2)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from shared import journal, phone, register
from shared.lib import db, i18n
from shared.lib.actor import acting_as
from shared.lib.errors import Invalid
from shared.lib.text import unseal
from shared.phone import cdr
from shared.phone.cdr import reading
from shared.phone.model import Call, key_of
from shared.phone.records import PhoneRecord
from tests.shared.phone.conftest import NINE, Desk, running
from tests.shared.phone.lists import ASTERISK, GENERIC, asterisk, file, generic

TODAY = date(2026, 11, 23)
MISSED = "2026-11-23 09:00:00,15400000921,否,25"


def imports(desk: Desk, *lines: str, **more: bool) -> phone.Report:
    with acting_as(desk.lin):
        return phone.import_calls(generic(*lines), GENERIC, **more)


def calls() -> list[tuple[str, str, float | None]]:
    """State, source and seconds until it was answered of every call of the register."""
    with db.looking() as on:
        rows = on.execute(select(Call.state, Call.source, Call.answer_seconds).order_by(Call.id)).all()
    return [tuple(row) for row in rows]


def records() -> int:
    with db.looking() as on:
        return on.scalar(select(func.count()).select_from(PhoneRecord)) or 0


def test_b1_5_a_missed_call_imported_at_nine_is_red_at_ten_past(desk: Desk) -> None:
    assert imports(desk, MISSED).to_call == 1
    [call] = phone.waiting()
    assert (call.number, call.call_at, call.source) == ("+8615400000921", NINE, "import")
    desk.moves(minutes=7)
    assert running(f"phone:{call.token}")["T08"].colour(desk.at) == "soon"
    desk.moves(minutes=3, seconds=0.001)
    assert running(f"phone:{call.token}")["T08"].colour(desk.at) == "late"


def test_b1_5_imported_late_the_clock_began_when_it_rang(desk: Desk) -> None:
    desk.moves(minutes=30)
    imports(desk, MISSED)
    [call] = phone.waiting()
    assert running(f"phone:{call.token}")["T08"].colour(desk.at) == "late"


def test_b3_2_a_call_of_the_exchange_without_a_row_is_listed_at_a_quarter_to_six(desk: Desk) -> None:
    desk.writes()
    desk.moves(hours=8, minutes=45)
    imports(
        desk,
        "2026-11-23 08:55:00,15400001207,是,3",
        "2026-11-23 11:00:00,15400000922,是,4",
        "2026-11-23 12:00:00,,是,4",
        "2026-11-22 11:00:00,15400000923,是,4",
        MISSED,
    )
    found = phone.unrecorded(TODAY)
    assert [(one.number, one.ring_seconds) for one in found] == [("+8615400000922", 4.0), (None, 4.0)]


def test_b3_2_written_down_after_the_import_it_is_listed_no_more(desk: Desk) -> None:
    imports(desk, "2026-11-23 08:55:00,15400001207,是,3", "2026-11-23 08:58:00,15400001207,是,3")
    assert len(phone.unrecorded(TODAY)) == 2
    desk.writes()
    assert [one.at for one in phone.unrecorded(TODAY)] == [NINE - timedelta(minutes=5)], "one row is one call"


@pytest.mark.parametrize(("minutes", "listed"), [(10, 0), (10.01, 1)])
def test_b3_2_ten_minutes_are_near_enough(desk: Desk, minutes: float, listed: int) -> None:
    imports(desk, "2026-11-23 09:00:00,15400001207,是,3")
    desk.moves(minutes=minutes)
    desk.writes()
    assert len(phone.unrecorded(TODAY)) == listed


def test_b1_1_nine_seconds_count_as_late(desk: Desk) -> None:
    desk.writes()
    lines = [f"2026-11-23 0{hour}:00:00,1540000120{number},是,{ring}"
             for hour, number, ring in ((9, 7, "9"), (8, 1, "6"), (7, 2, "6.5"), (6, 3, ""))]  # fmt: skip
    imports(desk, *lines)
    assert phone.answering(TODAY, TODAY) == phone.Answering(in_time=1, late=2)
    assert [seconds for _state, _source, seconds in calls()] == [9.0]
    assert [one.late for one in phone.unrecorded(TODAY)] == [False, True, False]


def test_a_rehearsal_says_what_would_become_of_it_and_writes_nothing(desk: Desk) -> None:
    lines = [MISSED, MISSED, "2026-11-23 08:00:00,15400001207,是,3", "2026-11-20 08:00:00,15400000924,否,3"]
    said = imports(desk, *lines, rehearse=True)
    assert (said.rows, said.missed, said.answered, said.twice, said.known, said.to_call) == (4, 2, 1, 1, 0, 2)
    assert not said.applied and records() == 0 and calls() == []
    done = imports(desk, *lines)
    assert done.applied and (done.missed, done.to_call, records()) == (2, 2, 3)


def test_the_same_list_twice_changes_nothing(desk: Desk) -> None:
    data = file(asterisk(id="1.1"), asterisk("2026-11-23 08:59:00", src="15400001207", became="ANSWERED", id="1.2"))
    desk.writes()
    with acting_as(desk.lin):
        assert phone.import_calls(data, ASTERISK).known == 0
        before, seq = (calls(), records()), journal.last_seq()
        again = phone.import_calls(data, ASTERISK)
    assert (again.known, again.to_call) == (2, 0)
    assert (calls(), records()) == before
    assert journal.last_seq() == seq
    with db.looking() as on:
        assert on.scalar(text("SELECT count(*) FROM phone_import")) in (1, 2)


def test_a_list_that_goes_on_where_the_last_one_ended_brings_what_is_new(desk: Desk) -> None:
    imports(desk, MISSED)
    said = imports(desk, MISSED, "2026-11-23 08:59:00,15400000925,否,25")
    assert (said.known, said.to_call, len(phone.waiting())) == (1, 1, 2)


def test_whoever_was_answered_later_is_not_called_back(desk: Desk) -> None:
    said = imports(desk, "2026-11-23 08:50:00,15400000921,否,25", "2026-11-23 08:55:00,15400000921,是,3", MISSED)
    assert said.to_call == 1
    assert [state for state, _source, _seconds in calls()] == ["rang_again", "missed"]
    assert [one.call_at for one in phone.waiting()] == [NINE]


def test_whoever_has_rung_again_at_the_desk_is_not_called_back(desk: Desk) -> None:
    desk.writes()
    imports(desk, "2026-11-23 08:30:00,15400001207,否,25")
    assert [state for state, _source, _seconds in calls()] == ["handled", "rang_again"]


def test_a_missed_call_that_the_desk_has_noted_is_the_same_call(desk: Desk) -> None:
    desk.misses()
    assert imports(desk, MISSED).to_call == 0
    assert calls() == [("missed", "console", None)]


def test_calls_before_the_last_working_day_and_hidden_ones_are_kept_as_records_only(desk: Desk) -> None:
    lines = ["2026-11-19 23:59:59,15400000921,否,25", "2026-11-20 00:00:00,15400000922,否,25"]
    imports(desk, *lines, "2026-11-23 08:00:00,,否,25")
    assert [one.number for one in phone.waiting()] == ["+8615400000922"]
    assert records() == 3


def test_calls_that_go_out_or_stay_inside_are_nobodys_to_call_back(desk: Desk) -> None:
    data = file(
        asterisk(src="1001", context="from-internal", dst="1002"),
        asterisk(src="1001", context="from-internal", dst="15400000921", lasted=30),
    )
    with acting_as(desk.lin):
        said = phone.import_calls(data, ASTERISK)
    assert (said.others, said.missed, records(), calls()) == (2, 0, 2, [])


def test_nothing_comes_in_when_one_line_is_wrong(desk: Desk) -> None:
    said = imports(desk, MISSED, "soon,15400000921,否,25")
    assert (said.errors, said.applied, records(), calls()) == (1, False, 0, [])


def test_the_number_is_sealed_and_goes_a_year_after_its_year(desk: Desk) -> None:
    imports(desk, MISSED)
    with db.looking() as on:
        row = on.execute(text("SELECT * FROM phone_record")).mappings().one()
    assert isinstance(row["number"], bytes | memoryview)
    assert not [value for value in row.values() if "15400000921" in str(value)]
    desk.at = NINE.replace(year=2027, month=12, day=31)
    register.run()
    assert records() == 1
    desk.at += timedelta(days=1)
    assert register.run().counts["P3"] == 1
    assert records() == 0


def test_a_long_list_is_read_by_a_process_of_its_own_and_comes_in_the_same(desk: Desk) -> None:
    lines = [asterisk(f"2026-11-20 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}", id=f"{n}.1") for n in range(2000)]
    data = file(*lines, asterisk(id="1.9"))
    assert len(data) > cdr.APART
    found = cdr.read(data, ASTERISK, now=NINE)
    assert found == reading.read(data, ASTERISK, now=NINE)
    assert [(number, unseal(kept.sealed), kept.key) for number, kept in found.numbers.items()] == [
        ("+8615400000921", "+8615400000921", key_of("+8615400000921"))
    ]
    with acting_as(desk.lin):
        said = phone.import_calls(data, ASTERISK, rehearse=True)
    assert (said.rows, said.missed, said.to_call) == (2001, 2001, 2001)
    wrong = cdr.read(file(*lines, "soon"), ASTERISK, now=NINE)
    assert [(one.row, one.column) for one in wrong.wrong] == [(2001, "src")]
    with i18n.use("en"), pytest.raises(Invalid) as refusal:
        cdr.read(data, ASTERISK.model_copy(update={"zone": "Asia/Nowhere"}), now=NINE)
    assert refusal.value.fields == {"zone": "There is no such time zone. Write it as Asia/Shanghai."}
