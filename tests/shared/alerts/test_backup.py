"""T01 (一.1.1) and T04 (一.1.5): when nobody greets or refills, the backup is really called, and one of them goes."""

import pytest

from shared import accounts, alerts, deadlines, directory, journal, rooms, visits
from shared.lib import db, i18n
from shared.lib.actor import acting_as
from shared.lib.errors import Forbidden, Gone, Invalid
from shared.visits import Seat
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import Clock
from tests.shared.alerts.stand_ins import Desk, called, has_tea, later, opened, signs_up, told


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return opened()


def test_t01_after_two_minutes_every_backup_is_called_once(desk: Desk, cast: Cast, time: Clock) -> None:
    done = checks_in("陆总")
    later(time, seconds=119.9)
    assert called(desk.zhou) == called(desk.fang) == []
    later(time, seconds=0.1)
    for person in (desk.zhou, desk.fang):
        [alert] = called(person)
        assert (alert.kind, alert.subject, alert.answer) == ("backup", f"visit:{done.token}", None)
        assert {one.channel for one in alert.deliveries} == {"screen", "email"}
    assert told(f"visit:{done.token}") == [("backup_called", desk.zhou.id), ("backup_called", desk.fang.id)]
    assert alerts.open_for(desk.zhou.id) == [], "it is no visitor of theirs"
    assert alerts.for_visits([done.id])[done.id] == [], "the card speaks of the host"


def test_t04_after_twenty_minutes_every_backup_is_called_once(desk: Desk, cast: Cast, time: Clock) -> None:
    has_tea(desk, cast)
    later(time, minutes=19, seconds=59)
    assert called(desk.zhou) == []
    later(time, seconds=1)
    subject = rooms.subject(desk.house.zhu)
    assert [one.subject for one in (*called(desk.zhou), *called(desk.fang))] == [subject, subject]
    later(time, minutes=30)
    assert len(called(desk.zhou)) == 1


def test_t01_after_a_restart_that_came_too_late_it_rings_once(desk: Desk, cast: Cast, time: Clock) -> None:
    done = checks_in("陆总")
    later(time, hours=1)
    [due] = deadlines.running(f"visit:{done.token}")
    again = {"key": "T01", "steps": ["backup"], "deadline": due.id, "visit": done.id}
    db.write(lambda: journal.record("deadlines.escalated", due.subject, **again))
    assert len(called(desk.zhou)) == 1
    assert told(f"visit:{done.token}").count(("backup_called", desk.zhou.id)) == 1


def test_t01_only_who_works_here_and_may_sign_in_is_called(desk: Desk, cast: Cast, time: Clock) -> None:
    signs_up("王建明", cast.host, "admin_officer")
    signs_up("无人", None, "backup_receptionist")
    accounts.disable(desk.accounts[desk.zhou.id].token)
    directory.retire_person(desk.fang.token)
    done = checks_in("陆总")
    later(time, minutes=2)
    assert alerts.page()[0] == []
    assert told(f"visit:{done.token}") == [("no_backup", None)]


def test_t04_whoever_served_last_is_not_called_for_their_own_room(desk: Desk, cast: Cast, time: Clock) -> None:
    has_tea(desk, cast, by=desk.actor(desk.zhou))
    later(time, minutes=20)
    assert (called(desk.zhou), len(called(desk.fang))) == ([], 1)


def test_t01_one_goes_and_the_others_hear_who(desk: Desk, cast: Cast, time: Clock) -> None:
    done = checks_in("陆总")
    subject = f"visit:{done.token}"
    later(time, minutes=2)
    [mine], [theirs] = called(desk.zhou), called(desk.fang)
    with pytest.raises(Invalid):
        alerts.answer(mine.token, desk.zhou.id, "minutes", 5)
    with pytest.raises(Forbidden):
        alerts.answer(mine.token, desk.fang.id, "coming")
    time.moves(seconds=10)
    for _twice in range(2):
        alerts.answer(mine.token, desk.zhou.id, "coming")
    assert called(desk.fang) == []
    with i18n.use("en"), pytest.raises(Gone, match="Zhou Yuxin has taken over"):
        alerts.answer(theirs.token, desk.fang.id, "coming")
    going = alerts.backups()[subject]
    assert (going.goes, going.since) == (directory.person(desk.zhou.id), time.at)
    assert told(subject)[2:] == [("backup_over", desk.fang.id), ("backup_goes", desk.zhou.id)]
    assert [due.key for due in deadlines.running(subject)] == ["T01"], "only greeting settles the clock"
    assert [one.passed_to for one in alerts.backup_over(desk.fang.id)] == [desk.zhou.id]


@pytest.mark.parametrize("end", ["greeted", "seated", "left"])
def test_t01_it_ends_with_the_clock(desk: Desk, cast: Cast, time: Clock, end: str) -> None:
    done = checks_in("陆总")
    later(time, minutes=2)
    ends = {
        "greeted": lambda: visits.greet(done.token),
        "seated": lambda: visits.seat(done.token, Seat(room=desk.house.zhu)),
        "left": lambda: visits.depart(done.token, how="console"),
    }
    alerts.answer(called(desk.zhou)[0].token, desk.zhou.id, "coming")
    with acting_as(desk.lin):
        ends[end]()
    assert called(desk.zhou) == []
    assert alerts.backups() == {}
    [over] = alerts.backup_over(desk.zhou.id)
    assert (over.state, over.ended_at, over.passed_to) == ("settled", time.at, None)
    assert all(one.next_at is None for one in over.deliveries)


@pytest.mark.parametrize("end", ["refilled", "quiet", "left"])
def test_t04_it_ends_with_the_clock_and_the_next_round_is_another(
    desk: Desk, cast: Cast, time: Clock, end: str
) -> None:
    token = has_tea(desk, cast)
    later(time, minutes=20)
    ends = {
        "refilled": lambda: rooms.serve(desk.house.zhu),
        "quiet": lambda: rooms.do_not_disturb(desk.house.zhu),
        "left": lambda: visits.depart(token, how="console"),
    }
    with acting_as(desk.lin):
        ends[end]()
    assert called(desk.zhou) == []
    later(time, minutes=19)
    assert called(desk.zhou) == []
    later(time, minutes=2)
    assert len(called(desk.zhou)) == (1 if end == "refilled" else 0)


def test_t04_what_happens_elsewhere_ends_nothing(desk: Desk, cast: Cast, time: Clock) -> None:
    first, second = has_tea(desk, cast), checks_in(cast.other, visitor_name="孟庆远").token
    with acting_as(desk.lin):
        visits.seat(second, Seat(room=desk.house.zhu, together=True))
        later(time, minutes=20)
        visits.depart(first, how="console")
        third = checks_in("陆总", visitor_name="彭先生").token
        visits.greet(third)
    assert [one.subject for one in called(desk.zhou)] == [rooms.subject(desk.house.zhu)]


def test_t04_a_party_that_moves_takes_the_call_along(desk: Desk, cast: Cast, time: Clock) -> None:
    token = has_tea(desk, cast)
    later(time, minutes=20)
    with acting_as(desk.lin):
        visits.move(token, Seat(room=desk.house.ju))
    assert [one.subject for one in called(desk.zhou)] == [rooms.subject(desk.house.ju)]


def test_t01_what_was_greeted_by_mistake_is_called_for_again(desk: Desk, cast: Cast, time: Clock) -> None:
    done = checks_in("陆总")
    later(time, minutes=2)
    with acting_as(desk.lin):
        greeted = visits.greet(done.token)
        time.moves(seconds=10)
        visits.undo(greeted.seq)
    [again] = called(desk.zhou)
    assert again.ended_at is None
    assert [one.channel for one in again.deliveries if one.next_at is not None] == ["screen"]


def test_t04_what_was_refilled_by_mistake_is_called_for_again(desk: Desk, cast: Cast, time: Clock) -> None:
    has_tea(desk, cast)
    later(time, minutes=20)
    with acting_as(desk.lin):
        served = rooms.serve(desk.house.zhu)
        time.moves(seconds=10)
        rooms.undo(served.seq)
    assert len(called(desk.zhou)) == 1
