"""T08 (二.1.5) and T09 (二.1.7): when nobody calls back or passes a message on, the backup is called."""

import pytest

from shared import alerts, directory, phone, relay
from shared.alerts import backup_letter
from shared.lib import i18n
from shared.lib.actor import acting_as
from shared.lib.clock import now
from tests.cast import Cast
from tests.shared.alerts.conftest import Clock
from tests.shared.alerts.stand_ins import Desk, called, later, opened, told


@pytest.fixture
def desk(cast: Cast) -> Desk:
    relay.join()
    return opened()


def missed(desk: Desk) -> str:
    with acting_as(desk.lin):
        return phone.miss("+8615400000921", now()).token


def message(desk: Desk, cast: Cast) -> str:
    form = phone.CallForm(
        caller_name="欧阳晴", caller_company="青木设计", number="15400001207", content="样张今天送到，请签收",
        wanted={"ref": directory.ref_of(cast.host)}, outcome="absent", offer="message", read_back=True,
    )  # fmt: skip
    with acting_as(desk.lin):
        return phone.take(form).message


def test_t08_after_ten_minutes_the_backup_is_called_and_a_call_back_ends_it(
    desk: Desk, cast: Cast, time: Clock
) -> None:
    token = missed(desk)
    later(time, minutes=9, seconds=59)
    assert called(desk.zhou) == []
    later(time, seconds=1)
    [alert] = called(desk.zhou)
    assert alert.subject == f"phone:{token}"
    about = backup_letter.matter(alert.subject)
    assert (about.name, about.short) == ("154 0000 0921", "154****0921"), "no number leaves the house"
    with acting_as(desk.lin):
        done = phone.call_back(token, "reached")
    assert called(desk.zhou) == called(desk.fang) == []
    with acting_as(desk.lin):
        phone.undo(done.seq)
    assert len(called(desk.zhou)) == 1, "what was undone is as before"
    assert [action for action, _person in told(f"phone:{token}")][:2] == ["backup_called"] * 2


def test_t09_after_five_minutes_the_backup_is_called_and_telling_them_ends_it(
    desk: Desk, cast: Cast, time: Clock
) -> None:
    token = message(desk, cast)
    later(time, minutes=5)
    [alert] = called(desk.fang)
    with i18n.use("en"):
        about = backup_letter.matter(alert.subject)
    assert (about.short, about.company) == (directory.surname("欧阳晴"), "青木设计")
    with acting_as(desk.lin):
        relay.attempt(token, "extension", "no_answer")
    assert len(called(desk.fang)) == 1, "they were not reached"
    with acting_as(desk.lin):
        relay.attempt(token, "in_person", "reached")
    assert called(desk.fang) == []


@pytest.mark.parametrize("make", ["call", "message"])
def test_one_of_them_goes_and_the_other_hears_who(desk: Desk, cast: Cast, time: Clock, make: str) -> None:
    missed(desk) if make == "call" else message(desk, cast)
    later(time, minutes=10)
    [alert] = called(desk.zhou)
    with acting_as(desk.actor(desk.zhou)):
        alerts.answer(alert.token, desk.zhou.id, "coming")
    assert called(desk.fang) == []
    [over] = alerts.backup_over(desk.fang.id)
    assert over.colleague == desk.zhou
