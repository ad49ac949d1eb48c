"""What happens to a visit after the door."""

from datetime import timedelta

import pytest

from shared import journal, notice, visits
from shared.lib import clock, db
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Gone, Invalid, NotFound
from shared.visits import Correction, reveal
from tests.cast import Cast, checks_in, goes_in, people

LIN = Actor("account", 0, "Lin", frozenset({"receptionist"}))


@pytest.fixture
def cast(database: str) -> Cast:
    notice.publish()
    return people()


def test_a_visit_goes_from_waiting_to_meeting_to_left(cast: Cast) -> None:
    done = checks_in(cast.host)
    assert goes_in(done.token).state == "meeting"
    assert visits.depart(done.token, how="console", badge_returned=True).state == "left"
    visit = visits.by_token(done.token)
    assert visit.met_at and visit.left_at and visit.badge_returned


def test_leaving_twice_says_when_it_was(cast: Cast) -> None:
    done = checks_in(cast.host)
    visits.depart_by_pass(done.visit_pass, how="kiosk")
    with pytest.raises(Conflict, match=r"left at|离开"):
        visits.depart_by_pass(done.visit_pass, how="kiosk")


def test_the_short_code_works_however_it_is_typed_and_only_on_site(cast: Cast) -> None:
    done = checks_in(cast.host)
    typed = f" {done.short_code[:3].lower()}-{done.short_code[3:]} "
    assert visits.depart_by_code(typed, how="kiosk").token == done.token
    with pytest.raises(NotFound):
        visits.depart_by_code(done.short_code, how="kiosk")


def test_one_takes_back_ones_own_act_within_fifteen_seconds(cast: Cast) -> None:
    done = checks_in(cast.host)
    with acting_as(LIN):
        left = visits.depart(done.token, how="console")
        assert visits.undo(left.seq).state == "arrived"
    visit = visits.by_token(done.token)
    assert visit.left_at is None
    assert visit.badge == done.badge
    assert visits.depart_by_pass(done.visit_pass, how="kiosk").state == "left", "the pass is valid again"


def test_a_badge_that_comes_out_meanwhile_does_not_stand_in_the_way_of_undo(cast: Cast) -> None:
    done = checks_in(cast.host)
    with acting_as(LIN):
        met = goes_in(done.token)
        db.write(lambda: journal.record("badges.printed", f"visit:{done.token}", visit=done.id))
        assert visits.undo(met.seq).state == "arrived"


def test_a_look_does_not_stand_in_the_way_of_undo_and_a_change_does(cast: Cast) -> None:
    done = checks_in(cast.host)
    with acting_as(LIN):
        met = goes_in(done.token)
        reveal.reveal_phone(done.token)
        reveal.reveal_codes(done.token)
        assert visits.undo(met.seq).state == "arrived"
        left = visits.depart(done.token, how="console")
        reveal.reveal_phone(done.token)
        reveal.return_badge(done.token)
        with pytest.raises(Conflict):
            visits.undo(left.seq)


def test_nobody_takes_back_the_act_of_another_or_an_old_one(cast: Cast) -> None:
    done = checks_in(cast.host)
    with acting_as(LIN):
        left = visits.depart(done.token, how="console")
    with pytest.raises(NotFound):
        visits.undo(left.seq)
    later = clock.now() + timedelta(seconds=16)
    clock.set_clock(lambda: later)
    with acting_as(LIN), pytest.raises(Gone):
        visits.undo(left.seq)


def test_a_correction_keeps_both_values(cast: Cast) -> None:
    done = checks_in(cast.host)
    visit = visits.by_token(done.token)
    visits.correct(done.token, Correction(row_version=visit.row_version, visitor_name="陈家豪"))
    assert visits.by_token(done.token).visitor_name == "陈家豪"
    assert [row[1:4] for row in visits.corrections(visit.id)] == [("visitor_name", "陈嘉豪", "陈家豪")]


def test_a_correction_of_what_somebody_else_changed_is_refused(cast: Cast) -> None:
    done = checks_in(cast.host)
    visit = visits.by_token(done.token)
    visits.correct(done.token, Correction(row_version=visit.row_version, party_size=2))
    with pytest.raises(Conflict):
        visits.correct(done.token, Correction(row_version=visit.row_version, party_size=3))


def test_after_fifteen_minutes_a_correction_needs_a_reason(cast: Cast) -> None:
    done = checks_in(cast.host)
    visit = visits.by_token(done.token)
    later = clock.now() + timedelta(minutes=16)
    clock.set_clock(lambda: later)
    with pytest.raises(Invalid) as refused:
        visits.correct(done.token, Correction(row_version=visit.row_version, party_size=2))
    assert list(refused.value.fields) == ["reason"]
    visits.correct(done.token, Correction(row_version=visit.row_version, party_size=2, reason="漏了一位"))


def test_the_board_has_everyone_in_their_lane(cast: Cast) -> None:
    waiting, meeting, gone = checks_in(cast.host), checks_in(cast.host), checks_in(cast.other, party_size=3)
    goes_in(meeting.token)
    visits.depart(gone.token, how="kiosk")
    board = visits.board()
    assert [visit.token for visit in board.waiting.visits] == [waiting.token]
    assert [visit.token for visit in board.meeting.visits] == [meeting.token]
    assert [visit.token for visit in board.left.visits] == [gone.token]
    assert board.people_on_site == 2


def test_a_visit_is_found_by_name_company_host_badge_and_number(cast: Cast) -> None:
    done = checks_in(cast.host)
    for query in ("嘉豪", "深蓝", "王建明", "wangjianming", done.badge, done.reg_no):
        assert [visit.token for visit in visits.find(query)] == [done.token], query
    for query in ("%", "_", "王小明", ""):
        assert visits.find(query) == [], query
