"""A match that is found late, when a name is put right, holds back the host's side as one at the door does."""

from collections.abc import Callable

import pytest

from shared import alerts, deadlines, directory, journal, visits
from shared.alerts import raising
from shared.deadlines import Clockwork
from shared.lib import db
from shared.lib.errors import Gone
from shared.visits import CheckedIn, Correction
from tests.cast import checks_in
from tests.shared.watch_list.conftest import Clock, Desk, decides, listed


def put_right(done: CheckedIn, name: str = "陈嘉豪") -> None:
    visits.correct(done.token, Correction(visitor_name=name, row_version=visits.by_token(done.token).row_version))


def running(done: CheckedIn) -> list[str]:
    return [one.key for one in deadlines.running(f"visit:{done.token}")]


def test_a_host_who_was_told_need_not_answer_until_the_decision(desk: Desk, time: Clock) -> None:
    listed()
    host, done = desk.cast.host, checks_in(desk.cast.host, visitor_name="陈嘉")
    [before] = alerts.open_for(host.id)
    assert "T02" in running(done)
    put_right(done)
    assert alerts.open_for(host.id) == [] and running(done) == ["T01"]
    with pytest.raises(Gone):
        alerts.answer(before.token, host.id, "coming")
    said = next(one for one in journal.newest(20) if one.action == "alerts.cancelled")
    assert (said.subject, said.data["people"]) == (f"visit:{done.token}", [host.id])
    assert len(alerts.watch_calls(desk.manager.id)) == 1
    time.moves(minutes=6)
    Clockwork().work()
    assert alerts.open_for(desk.cast.other.id) == [], "the deputy is not asked"
    decides(done.id, is_them=False)
    [after] = alerts.open_for(host.id)
    assert (after.created_at, "T02" in running(done)) == (time.at, True)


def test_of_several_who_came_together_only_who_is_held_leaves_the_summary(desk: Desk) -> None:
    listed()
    host = desk.cast.host
    came = [checks_in(host, visitor_name=f"陈嘉{word}") for word in "一二三四五六七"]
    put_right(came[5])
    summary = next(one for one in alerts.open_for(host.id) if one.summary)
    assert [one.id for one in alerts.visits_of(summary)] == [came[6].id]
    assert len(alerts.open_for(host.id)) == 6 and "T02" not in running(came[5])
    put_right(came[6])
    assert len(alerts.open_for(host.id)) == 5, "nobody is left in it"
    decides(came[5].id, is_them=False)
    assert "T02" in running(came[5])


@pytest.fixture
def told_all_the_same(desk: Desk) -> Callable[[], CheckedIn]:
    """A visit that is held, whose host was told: so it was before hosts were held back."""

    def held() -> CheckedIn:
        listed()
        done = checks_in(desk.cast.host)
        at = db.write(db.act_time)
        db.write(lambda: raising.call(done.id, f"visit:{done.token}", desk.cast.host.id, at))
        return done

    return held


def test_no_step_of_the_ladder_is_taken_while_a_visit_is_held(
    desk: Desk, time: Clock, told_all_the_same: Callable[[], CheckedIn]
) -> None:
    told_all_the_same()
    for _step in range(2):
        time.moves(minutes=3)
        Clockwork().work()
    assert alerts.open_for(desk.cast.other.id) == []
    assert not [one for one in journal.newest(60) if one.action in ("alerts.told_again", "alerts.deputy_asked")]


def test_a_colleague_to_whom_it_is_passed_on_is_told_after_the_decision(
    desk: Desk, told_all_the_same: Callable[[], CheckedIn]
) -> None:
    done = told_all_the_same()
    [alert] = alerts.open_for(desk.cast.host.id)
    alerts.answer(alert.token, desk.cast.host.id, "delegated", to_ref=directory.ref_of(desk.cast.other))
    assert alerts.open_for(desk.cast.other.id) == []
    decides(done.id, is_them=False)
    assert len(alerts.open_for(desk.cast.other.id)) == 1
