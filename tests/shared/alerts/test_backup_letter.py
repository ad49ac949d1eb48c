"""T01, T04: what a backup reads in the mailbox, and how much of it a minute."""

import pytest

from shared import alerts, visits
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import Clock, Office, letters
from tests.shared.alerts.stand_ins import Desk, called, has_tea, later, opened


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return opened()


def test_t01_the_letter_names_surname_and_company_only_in_the_readers_language(
    office: Office, desk: Desk, cast: Cast, time: Clock
) -> None:
    checks_in("陆总", phone="13812340987")
    later(time, minutes=2)
    letters().work()
    zhou, fang = office.letters
    assert (zhou["Subject"], zhou["To"]) == ("前台需要您：陈**，深蓝物联在等", "周雨欣 <zhou@example.com>")
    assert fang["Subject"] == "The front desk needs you: 陈**, 深蓝物联 waits"
    for letter in (zhou, fang):
        for kind in ("plain", "html"):
            part = letter.get_body((kind,))
            assert part is not None
            said = str(part.get_content())
            assert "陈**" in said and "深蓝物联" in said and "/a/" in said
            assert "嘉豪" not in said and "1381234" not in said and "陆" not in said


def test_t04_the_letter_names_the_room(office: Office, desk: Desk, cast: Cast, time: Clock) -> None:
    has_tea(desk, cast)
    later(time, minutes=20)
    letters().work()
    zhou, fang = (one for one in office.letters if str(one["To"]).partition("<")[2][:4] in ("zhou", "fang"))
    assert (zhou["Subject"], fang["Subject"]) == ("前台需要您：竹添茶", "The front desk needs you: tea for Bamboo")
    assert "陈" not in str(zhou.get_body(("plain",)))


def test_t01_who_is_settled_before_the_letter_leaves_gets_none(
    office: Office, desk: Desk, cast: Cast, time: Clock
) -> None:
    done = checks_in("陆总")
    later(time, minutes=2)
    visits.greet(done.token)
    letters().work()
    assert office.letters == []


def test_t01_six_in_a_minute_are_six_on_the_page_and_five_letters(
    office: Office, desk: Desk, cast: Cast, time: Clock
) -> None:
    for number in range(6):
        checks_in("陆总", visitor_name=f"访客{'甲乙丙丁戊己'[number]}")
    later(time, minutes=2)
    letters().work()
    assert len(called(desk.zhou)) == 6
    assert len([one for one in office.letters if "zhou@" in str(one["To"])]) == 5
    checks_in(desk.zhou)
    [alert] = alerts.open_for(desk.zhou.id)
    assert not alert.summary, "a visitor of their own is counted apart"
