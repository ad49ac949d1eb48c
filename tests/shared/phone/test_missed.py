"""B1.5: whoever was missed is called back within ten minutes of working time; after three tries it is closed."""

import pytest

from shared import phone
from shared.lib.actor import acting_as
from shared.lib.errors import Conflict, Gone
from tests.shared.phone.conftest import Desk, kept, running


def test_b1_5_missed_at_nine_it_is_red_at_ten_past(desk: Desk) -> None:
    token = desk.misses()
    desk.moves(minutes=7)
    assert running(f"phone:{token}")["T08"].colour(desk.at) == "soon"
    desk.moves(minutes=3, seconds=0.001)
    assert running(f"phone:{token}")["T08"].colour(desk.at) == "late"


def test_b1_5_three_tries_without_an_answer_close_it(desk: Desk) -> None:
    token = desk.misses()
    for result in ("no_answer", "busy", "off"):
        assert phone.one(token).waits
        desk.calls_back(token, result)
    call = phone.one(token)
    assert (call.state, len(call.tries)) == ("unreachable", 3)
    assert running(f"phone:{token}") == {}
    with pytest.raises(Conflict):
        desk.calls_back(token, "reached")


@pytest.mark.parametrize(("seconds", "in_time"), [(600.0, True), (600.001, False)])
def test_b1_5_called_back_at_ten_minutes_is_in_time(desk: Desk, seconds: float, in_time: bool) -> None:
    token = desk.misses()
    desk.moves(seconds=seconds)
    desk.calls_back(token, "reached")
    [clock] = kept(f"phone:{token}", "T08")
    assert clock.in_time is in_time
    assert phone.one(token).became == "missed, called back"


def test_b1_5_the_clock_counts_working_time(desk: Desk) -> None:
    desk.moves(hours=8, minutes=55)  # 17:55
    token = desk.misses()
    desk.moves(hours=15, minutes=9)  # 09:04 the next day: nine minutes of work
    assert running(f"phone:{token}")["T08"].colour(desk.at) == "soon"
    desk.moves(minutes=1, seconds=0.001)
    assert running(f"phone:{token}")["T08"].colour(desk.at) == "late"


def test_the_call_back_is_written_down_as_a_call_of_its_own(desk: Desk) -> None:
    token = desk.misses("+8615400001207")
    made = phone.one(desk.writes(back_of=token, outcome="answered", offer="", wanted=None).token)
    assert (made.direction, made.back_of) == ("out", phone.one(token).id)
    assert phone.one(token).state == "called_back"


def test_nobody_calls_a_hidden_number_back(desk: Desk) -> None:
    token = desk.misses(None)
    assert phone.one(token).state == "unreachable"
    assert running(f"phone:{token}") == {}


def test_the_last_try_is_taken_back_and_the_clock_goes_on(desk: Desk) -> None:
    token = desk.misses()
    before = running(f"phone:{token}")["T08"]
    done = desk.calls_back(token, "reached")
    desk.moves(seconds=14)
    with acting_as(desk.lin):
        phone.undo(done.seq)
    assert phone.one(token).waits and phone.one(token).tries == ()
    assert running(f"phone:{token}")["T08"].due == before.due
    done = desk.calls_back(token, "no_answer")
    desk.moves(seconds=16)
    with acting_as(desk.lin), pytest.raises(Gone):
        phone.undo(done.seq)


def test_three_tries_that_were_taken_back_close_nothing(desk: Desk) -> None:
    token = desk.misses()
    for _time in range(3):
        done = desk.calls_back(token, "no_answer")
        with acting_as(desk.lin):
            phone.undo(done.seq)
    assert phone.one(token).waits
