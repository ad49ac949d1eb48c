"""A1.7b, A1.8: the recipient confirms, or others are asked; a reply is followed to the end (O5 to O8)."""

import pytest

from shared import alerts, directory, relay
from shared.lib.actor import acting_as
from shared.lib.errors import Conflict, Forbidden, Gone, Invalid
from tests.shared.relay.conftest import Desk, kept, running


def heads(desk: Desk, manager: directory.PersonView) -> None:
    """`manager` leads the host's department."""
    department = next(one for one in directory.departments() if one.id == desk.cast.host.department_id)
    form = directory.DepartmentForm(name=department.name, name_en=department.name_en, manager=manager.token)
    directory.change_department(department.token, form, department.row_version)


def test_a1_7b_a_tap_of_the_recipient_is_worth_a_call(desk: Desk) -> None:
    token = desk.takes()
    desk.moves(seconds=300)
    relay.confirm(token, "page", person_id=desk.cast.host.id)
    view = relay.one(token)
    assert (view.status, view.confirm_method) == ("closed", "page")
    assert [kept(token, key)[0].in_time for key in ("T06", "T10")] == [True, True]
    assert view.attempts[-1].result == "reached"


def test_a1_7b_what_was_repeated_to_reception_is_confirmed(desk: Desk) -> None:
    token = desk.takes(reply_required=True)
    desk.tries(token, "extension", "reached")
    with acting_as(desk.lin):
        relay.confirm(token, "repeated")
    assert relay.one(token).status == "confirmed"
    assert running(token).keys() == {"T11"}


@pytest.mark.parametrize(("seconds", "in_time"), [(900.0, True), (900.001, False)])
def test_a1_7b_an_urgent_message_is_confirmed_within_a_quarter(desk: Desk, seconds: float, in_time: bool) -> None:
    token = desk.takes(urgency="urgent")
    desk.moves(seconds=seconds)
    relay.confirm(token, "page", person_id=desk.cast.host.id)
    [clock] = kept(token, "T10U")
    assert clock.in_time is in_time


def test_a1_7b_unconfirmed_goes_to_the_deputy_then_to_the_head_of_the_department(desk: Desk) -> None:
    heads(desk, desk.cast.leader)
    token = desk.takes(urgency="urgent")
    desk.moves(minutes=5)
    assert [one.result for one in relay.one(token).attempts] == ["auto_sent"] * 2, "told again after 5 minutes"
    desk.moves(minutes=10)
    assert not relay.of_person(desk.cast.other.id), "in time until the very end"
    desk.moves(seconds=0.001)
    assert relay.of_person(desk.cast.other.id)
    assert not relay.of_person(desk.cast.leader.id)
    desk.moves(minutes=15)
    assert relay.of_person(desk.cast.leader.id)
    relay.confirm(token, "page", person_id=desk.cast.host.id)
    assert not relay.of_person(desk.cast.other.id)


def test_a1_7b_without_a_deputy_the_head_of_the_department_is_asked_at_once(desk: Desk) -> None:
    assert relay.next_in_line(desk.cast.other.id, "deputy") == ("manager", [desk.manager])
    heads(desk, desk.cast.leader)
    assert relay.next_in_line(desk.cast.host.id, "dept_manager") == ("dept_manager", [desk.cast.leader])


def test_a1_7b_no_reply_by_the_end_of_the_day_and_the_head_of_the_department_is_told(desk: Desk) -> None:
    heads(desk, desk.cast.leader)
    token = desk.takes(reply_required=True)
    relay.confirm(token, "page", person_id=desk.cast.host.id)
    pushes = len(relay.one(token).attempts)
    desk.moves(hours=6, minutes=24)
    assert len(relay.one(token).attempts) == pushes + 1, "the host is told again when four fifths are gone"
    desk.moves(hours=1, minutes=36)
    assert not relay.of_person(desk.cast.leader.id), "18:00 is in time"
    desk.moves(seconds=0.001)
    assert [one.token for one in relay.of_person(desk.cast.leader.id)] == [token]
    assert not kept(token, "T11")[0].in_time


def test_a1_7b_who_was_asked_to_confirm_is_told_again_when_no_reply_comes(desk: Desk) -> None:
    alerts.join()
    heads(desk, desk.cast.leader)
    token = desk.takes(urgency="urgent", reply_required=True)
    desk.moves(minutes=30, seconds=0.001)
    rings = lambda: f"relay:{token}" in alerts.open_messages(desk.cast.leader.id)  # noqa: E731
    assert rings()
    relay.confirm(token, "page", person_id=desk.cast.host.id)
    assert not rings()
    desk.moves(minutes=30, seconds=0.001)
    assert rings()


@pytest.mark.parametrize(("seconds", "in_time"), [(1800.0, True), (1800.001, False)])
def test_a1_8_a_reply_to_an_urgent_message_takes_half_an_hour(desk: Desk, seconds: float, in_time: bool) -> None:
    token = desk.takes(urgency="urgent", reply_required=True)
    relay.confirm(token, "page", person_id=desk.cast.host.id)
    desk.moves(seconds=seconds)
    relay.reply(token, "已回电，下周二寄出", person_id=desk.cast.host.id)
    [clock] = kept(token, "T11U")
    assert clock.in_time is in_time
    view = relay.one(token)
    assert (view.reply_summary, view.replied_at is not None, view.finished) == ("已回电，下周二寄出", True, True)


def test_a1_8_only_those_who_were_asked_read_it_and_only_who_holds_it_acts(desk: Desk) -> None:
    token, host, other = desk.takes(), desk.cast.host, desk.cast.other
    assert relay.for_person(token, host.id).number == "+8675512345678"
    with pytest.raises(Forbidden):
        relay.for_person(token, other.id)
    for act in (
        lambda: relay.confirm(token, "page", person_id=other.id),
        lambda: relay.reply(token, "done", person_id=other.id),
        lambda: relay.wrong(token, "no", person_id=other.id),
        lambda: relay.hand_on(token, desk.cast.leader, "mine", person_id=other.id),
    ):
        with pytest.raises(Forbidden):
            act()
    relay.hand_on(token, other, "他负责开票", person_id=host.id)
    with pytest.raises(Gone, match="尉迟明"):
        relay.confirm(token, "page", person_id=host.id)
    relay.confirm(token, "page", person_id=other.id)


def test_a1_7b_who_hands_it_on_says_why_and_the_clocks_start_for_the_new_one(desk: Desk) -> None:
    token = desk.takes()
    desk.moves(minutes=4)
    with acting_as(desk.lin), pytest.raises(Invalid):
        relay.hand_on(token, desk.cast.other, "")
    with acting_as(desk.lin):
        relay.hand_on(token, desk.cast.other, "王建明休假")
    assert running(token)["T06"].starts == desk.at
    assert running(token)["T06"].person_id == desk.cast.other.id
    assert relay.one(token).holder_id == desk.cast.other.id


def test_a1_7b_what_is_wrong_is_counted_and_everything_starts_again(desk: Desk) -> None:
    token = desk.takes(reply_required=True)
    desk.tries(token, "extension", "reached")
    desk.moves(minutes=2)
    relay.wrong(token, "不是今天，是明天", person_id=desk.cast.host.id)
    view = relay.one(token)
    assert (view.wrong_count, view.status, view.wrong) == (1, "recorded", "不是今天，是明天")
    assert {key: due.starts for key, due in running(token).items()} == {"T06": desk.at, "T10": desk.at}
    with pytest.raises(Conflict):
        relay.confirm(token, "page", person_id=desk.cast.host.id)
    with acting_as(desk.lin):
        relay.correct(token, "发票抬头要改，明天回电")
    relay.confirm(token, "page", person_id=desk.cast.host.id)
    view = relay.one(token)
    assert (view.message, view.wrong_count, view.status) == ("发票抬头要改，明天回电", 1, "confirmed")


def test_a1_7b_what_nobody_confirmed_by_the_evening_is_handed_over(desk: Desk) -> None:
    left, told, undone = desk.takes(), desk.takes(), desk.takes()
    relay.confirm(told, "page", person_id=desk.cast.host.id)
    with acting_as(desk.lin):
        relay.cancel(undone, "重复了")
    desk.moves(hours=8)
    evening = desk.at
    desk.moves(hours=16)
    relay.confirm(left, "page", person_id=desk.cast.host.id)
    assert [one.token for one in relay.hand_over(evening)] == [left]
    assert not relay.hand_over(desk.at)


def test_taken_back_for_a_reason_no_clock_runs(desk: Desk) -> None:
    token = desk.takes()
    with acting_as(desk.lin):
        with pytest.raises(Invalid):
            relay.cancel(token, " ".strip())
        done = relay.cancel(token, "客人回来了")
    assert not running(token)
    assert relay.one(token).cancel_reason == "客人回来了"
    with pytest.raises(Gone):
        relay.confirm(token, "page", person_id=desk.cast.host.id)
    with acting_as(desk.lin):
        relay.undo(done.seq)
    assert running(token).keys() == {"T06", "T10"}
    assert relay.one(token).status == "recorded"


def test_a_confirmation_is_taken_back_with_the_clock_it_started(desk: Desk) -> None:
    token = desk.takes(reply_required=True)
    desk.moves(minutes=1)
    with acting_as(desk.lin):
        done = relay.confirm(token, "repeated")
        desk.moves(seconds=1)
        relay.undo(done.seq)
    view = relay.one(token)
    assert (view.status, view.confirmed_at, view.notified_at) == ("recorded", None, None)
    assert running(token).keys() == {"T06", "T10"}


def test_what_was_found_wrong_and_taken_back_is_not_put_right_any_more(desk: Desk) -> None:
    token = desk.takes()
    relay.wrong(token, "不是今天，是明天", person_id=desk.cast.host.id)
    with acting_as(desk.lin):
        relay.cancel(token, "客人回来了")
        with pytest.raises(Gone):
            relay.correct(token, "发票抬头要改，明天回电")
    assert not running(token)
    view = relay.one(token)
    assert (view.status, view.message) == ("cancelled", "发票抬头要改，今天回电")
    assert str(view.state) != "something is wrong"


def test_what_is_being_put_right_is_not_replied_to_before_the_new_text_is_there(desk: Desk) -> None:
    token = desk.takes(reply_required=True)
    relay.wrong(token, "不是今天，是明天", person_id=desk.cast.host.id)
    with acting_as(desk.lin):
        with pytest.raises(Conflict):
            relay.reply(token, "已回电")
        relay.attempt(token, "extension", "reached")
        relay.correct(token, "发票抬头要改，明天回电")
        assert relay.one(token).status == "recorded", "the new text has reached nobody yet"
        relay.reply(token, "已回电")
    assert relay.one(token).replied_at is not None


def test_what_is_wrong_is_counted_once_until_it_is_put_right(desk: Desk) -> None:
    token, host = desk.takes(), desk.cast.host.id
    relay.wrong(token, "不是今天，是明天", person_id=host)
    with pytest.raises(Conflict, match="正在更正"):
        relay.wrong(token, "不是今天，是明天", person_id=host)
    assert (relay.one(token).wrong_count, relay.one(token).round) == (1, 1)
    with acting_as(desk.lin):
        relay.correct(token, "发票抬头要改，明天回电")
    relay.wrong(token, "是后天", person_id=host)
    assert relay.one(token).wrong_count == 2
