"""Whoever may be on the list waits for a decision: chosen people are told, the host is not."""

import pytest

from shared import alerts, deadlines, directory, journal, live, presence, rooms, visits, watch_list
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Gone, NotFound
from shared.presence import PresenceForm
from shared.visits import Correction, Seat
from shared.watch_list import LetIn
from tests.cast import built, checks_in, form
from tests.shared.watch_list.conftest import RECEPTION, Clock, Desk, decides, listed, matched


def called(person: directory.PersonView) -> list[str]:
    return [one.subject for one in alerts.watch_calls(person.id)]


def test_the_match_is_kept_with_the_check_in_and_only_the_chosen_and_the_administration_are_told(desk: Desk) -> None:
    listed(told=[desk.cast.other.token])
    done = checks_in(desk.cast.host)
    [match] = matched(done.id)
    assert (match.state, match.instruction, match.holds) == ("open", "通知安保", True)
    subject = f"visit:{done.token}"
    assert called(desk.cast.other) == called(desk.manager) == [subject]
    assert called(desk.cast.host) == [] and alerts.open_for(desk.cast.host.id) == []
    assert [due.key for due in deadlines.running(subject)] == ["T01"], "the clock of the host has not begun"
    assert checks_in(desk.cast.host, visitor_name="陈嘉").id not in watch_list.holding()


def test_of_the_administration_those_who_are_away_are_not_called_unless_all_are(desk: Desk) -> None:
    listed()
    presence.set_to(desk.manager.id, PresenceForm(state="out"), source="self")
    checks_in()
    assert len(called(desk.manager)) == 1, "nobody else is there"


def test_it_is_not_them_and_everything_goes_on(desk: Desk, time: Clock) -> None:
    listed()
    done = checks_in(desk.cast.host)
    time.moves(minutes=2)
    decides(done.id, is_them=False)
    assert called(desk.manager) == []
    [alert] = alerts.open_for(desk.cast.host.id)
    assert (alert.visit_id, alert.created_at) == (done.id, time.at)
    t02 = next(due for due in deadlines.running(f"visit:{done.token}") if due.key == "T02")
    assert t02.starts == time.at, "the host has their three minutes from when they hear of it"
    with acting_as(RECEPTION):
        visits.confirm_entry(done.token)
        assert visits.admit(done.token).state == "meeting"


def test_nobody_goes_in_before_the_decision_nor_after_it_is_them(desk: Desk) -> None:
    listed()
    house, done = built(), checks_in(desk.cast.host)

    def refused() -> None:
        host = Actor("account", 7, person_id=desk.cast.host.id, roles=frozenset({"employee"}))
        for who, act in (
            (RECEPTION, lambda: visits.confirm_entry(done.token)),
            (RECEPTION, lambda: visits.seat(done.token, Seat(room=house.zhu))),
            (host, lambda: visits.admit(done.token)),
        ):
            with acting_as(who), pytest.raises(Conflict, match=r"decide|决定"):
                act()

    refused()
    decides(done.id, is_them=True)
    refused()
    with acting_as(RECEPTION):
        visits.seat(done.token, Seat(room=house.area))
        with pytest.raises(Conflict, match=r"decide|决定"):
            visits.move(done.token, Seat(room=house.zhu))
    assert rooms.room(house.zhu).use is None


def test_it_is_them_and_they_are_let_in_for_a_reason_that_is_kept(desk: Desk) -> None:
    listed()
    done = checks_in(desk.cast.host)
    [match] = matched(done.id)
    decides(done.id, is_them=True)
    assert called(desk.manager) == [] and alerts.open_for(desk.cast.host.id) == []
    with acting_as(RECEPTION):
        watch_list.let_in(match.token, LetIn(reason="韩雪梅同意"))
        visits.confirm_entry(done.token)
    assert len(alerts.open_for(desk.cast.host.id)) == 1
    assert watch_list.reveal(match.token) == {"reason": "闹过事", "let_in": "韩雪梅同意"}
    with pytest.raises(Conflict):
        watch_list.let_in(match.token, LetIn(reason="noch einmal"))


def test_it_is_them_and_they_are_seen_off(desk: Desk) -> None:
    listed()
    done = checks_in(desk.cast.host)
    decides(done.id, is_them=True)
    assert visits.depart(done.token, how="console").state == "left"
    assert alerts.open_for(desk.cast.host.id) == []


@pytest.mark.parametrize("is_them", [True, False])
def test_a_decision_is_taken_back_within_15_seconds_by_whoever_made_it(desk: Desk, time: Clock, is_them: bool) -> None:
    listed()
    done = checks_in(desk.cast.host)
    decided = decides(done.id, is_them=is_them)
    time.moves(seconds=15)
    with pytest.raises(NotFound):
        watch_list.undo(decided.seq)
    with acting_as(RECEPTION):
        watch_list.undo(decided.seq)
    assert matched(done.id)[0].open
    assert alerts.open_for(desk.cast.host.id) == [] and len(called(desk.manager)) == 1
    assert [due.key for due in deadlines.running(f"visit:{done.token}")] == ["T01"]
    again = decides(done.id, is_them=False)
    assert len(alerts.open_for(desk.cast.host.id)) == 1
    time.moves(seconds=16)
    with acting_as(RECEPTION), pytest.raises(Gone):
        watch_list.undo(again.seq)


def test_what_has_gone_on_since_is_not_taken_back(desk: Desk) -> None:
    listed()
    done = checks_in(desk.cast.host)
    decided = decides(done.id, is_them=False)
    with acting_as(RECEPTION):
        visits.confirm_entry(done.token)
        with pytest.raises(Conflict):
            watch_list.undo(decided.seq)
        with pytest.raises(Conflict):
            watch_list.decide(matched(done.id)[0].token, is_them=True)


def test_another_host_is_not_told_either_until_the_decision(desk: Desk) -> None:
    listed()
    done = checks_in(desk.cast.host)
    visits.assign(done.token, directory.ref_of(desk.cast.other))
    assert alerts.open_for(desk.cast.other.id) == []
    decides(done.id, is_them=False)
    assert len(alerts.open_for(desk.cast.other.id)) == 1


def test_who_was_expected_is_looked_for_under_both_names(desk: Desk) -> None:
    listed("陈嘉豪")
    given = {"visitor_name": "陈嘉豪", "host": {"ref": directory.ref_of(desk.cast.host)}}
    announced = visits.Expectation.model_validate(given | {"expected_at": "2026-11-23T10:30:00+08:00"})
    _done, code = visits.expect(announced)
    done = visits.check_in(form(desk.cast.host, visitor_name="小陈", invitation=code), source="console")
    assert len(matched(done.id)) == 1
    assert alerts.open_for(desk.cast.host.id) == []


def test_a_name_that_is_put_right_is_looked_for_and_no_visit_matches_twice(desk: Desk) -> None:
    listed()
    done = checks_in(desk.cast.host, visitor_name="陈嘉")
    assert matched(done.id) == []
    for name in ("陈嘉豪", "陈家豪", "陈嘉豪"):
        version = visits.by_token(done.token).row_version
        visits.correct(done.token, Correction(visitor_name=name, row_version=version))
    assert [one.state for one in matched(done.id)] == ["open"]
    decides(done.id, is_them=False)
    assert len(alerts.open_for(desk.cast.host.id)) == 1, "the host was told before, once"


def test_whoever_leaves_undecided_calls_nobody_any_more_and_again_when_that_was_a_slip(desk: Desk) -> None:
    listed()
    done = checks_in(desk.cast.host)
    with acting_as(RECEPTION):
        left = visits.depart(done.token, how="console")
        assert called(desk.manager) == []
        visits.undo(left.seq)
    assert len(called(desk.manager)) == 1


def test_every_look_is_written_down_and_no_row_of_the_journal_holds_a_word(desk: Desk) -> None:
    entry = listed(aliases="阿豪", company="深蓝物联", told=[desk.cast.other.token])
    done = checks_in(desk.cast.host)
    [match] = matched(done.id)
    with acting_as(RECEPTION):
        watch_list.reveal(match.token)
        watch_list.look()
        watch_list.look(entry.token)
    looks = [one for one in journal.events(0, 500) if one.action == "watch_list.looked"]
    assert [(one.actor, one.subject) for one in looks] == [
        ("token:101", f"visit:{done.token}"), ("token:101", "watch_list"), ("token:101", entry.subject)
    ]  # fmt: skip
    about = [one for one in journal.events(0, 500) if one.topic == "watch_list"]
    rooms = {namespace for one in about for namespace, _room in live.rooms_of(one)}
    assert len(about) > 4 and rooms == {"/console", "/me"}, "no page of a visitor hears anything"
    told = repr([one for one in journal.events(0, 500) if one.topic in ("watch_list", "alerts")])
    assert not any(word in told for word in ("陈嘉豪", "阿豪", "闹过事", "通知安保", "深蓝"))
