"""Check-in: the rules of the register, told as they happen at the door."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from shared import journal, notice, visits
from shared.lib import clock
from shared.lib.errors import Invalid, NotFound
from tests.cast import Cast, checks_in, form, people


@pytest.fixture
def cast(database: str) -> Cast:
    notice.publish()
    return people()


def test_a_visitor_is_registered_with_number_badge_and_pass(cast: Cast) -> None:
    done = checks_in(cast.host)
    visit = visits.by_token(done.token)
    assert (visit.visitor_name, visit.visitor_company, visit.state) == ("陈嘉豪", "深蓝物联", "arrived")
    assert done.reg_no == f"VIS-{clock.now().year}-00001"
    assert done.badge == "V001"
    assert visit.host == cast.host
    assert visits.by_pass(done.visit_pass) == visit


def test_the_journal_tells_it_without_a_name(cast: Cast) -> None:
    done = checks_in(cast.host)
    event = journal.about(f"visit:{done.token}")[-1]
    assert event.action == "visits.checked_in"
    assert event.person_id == cast.host.id
    assert "陈嘉豪" not in repr(event)


def test_a1_1b_register_numbers_are_gapless_when_many_come_at_once(cast: Cast) -> None:
    def one() -> None:
        numbers.append(checks_in(cast.host).reg_no)

    numbers: list[str] = []
    threads = [threading.Thread(target=one) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    year = clock.now().year
    assert sorted(numbers) == [f"VIS-{year}-{number:05d}" for number in range(1, 25)]


def test_a1_1b_a_business_visitor_is_asked_for_the_company_at_the_kiosk(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        checks_in(cast.host, visitor_company="")
    assert list(refused.value.fields) == ["visitor_company"]
    assert checks_in(cast.host, visitor_company="", purpose="private").badge == "V001"


def test_without_consent_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        checks_in(cast.host, consent=False)
    assert list(refused.value.fields) == ["consent"]
    assert visits.page()[0] == []


def test_a_name_typed_exactly_finds_its_person_and_a_leader_stays_unknown(cast: Cast) -> None:
    assert checks_in("王建明").host == cast.host
    assert checks_in("陆景行").host is None
    assert checks_in("没有这个人").host is None


def test_a_first_visit_is_flagged_and_a_second_is_not(cast: Cast) -> None:
    first, second = checks_in(cast.host), checks_in(cast.other)
    assert visits.by_token(first.token).first_visit
    assert not visits.by_token(second.token).first_visit
    assert visits.by_token(second.token).escort, "nobody announced this visitor"


def test_someone_who_was_expected_uses_the_same_entry(cast: Cast) -> None:
    expectation = {
        "visitor_name": "陈嘉豪",
        "visitor_company": "深蓝物联",
        "host": form(cast.host).host,
        "expected_at": clock.now() + timedelta(minutes=5),
    }
    announced, code = visits.expect(visits.Expectation.model_validate(expectation))
    by_name = checks_in(cast.host)
    assert by_name.token == announced.token
    assert not visits.by_token(by_name.token).escort or visits.by_token(by_name.token).first_visit
    with pytest.raises(NotFound):
        checks_in(cast.host, invitation=code)


@pytest.mark.parametrize(
    ("firm", "same"), [("深蓝", True), ("深蓝物联 (深圳)", True), ("", True), ("青木设计", False)], ids=str
)
def test_someone_who_writes_the_firm_another_way_is_still_expected(cast: Cast, firm: str, same: bool) -> None:
    expectation = {"visitor_name": "José García", "visitor_company": "深蓝物联", "host": form(cast.host).host}
    announced, _code = visits.expect(visits.Expectation(**expectation, expected_at=clock.now()))  # type: ignore[arg-type]
    came = checks_in(cast.host, visitor_name="JOSÉ GARCÍA", visitor_company=firm, purpose="private")
    assert (came.token == announced.token) is same
    assert checks_in(cast.other, visitor_name="José García").token != announced.token


def test_an_invitation_opens_the_expected_visit_whatever_name_is_typed(cast: Cast) -> None:
    expectation = {"visitor_name": "陈先生", "host": form(cast.host).host, "expected_at": clock.now()}
    announced, code = visits.expect(visits.Expectation.model_validate(expectation))
    done = checks_in("前台", invitation=code.lower())
    assert done.token == announced.token
    assert done.host == cast.host


def test_the_phone_is_sealed_in_the_database(cast: Cast) -> None:
    checks_in(cast.host, phone="15400001234")
    from shared.lib import db

    with db.reading() as session:
        raw = session.connection().exec_driver_sql("SELECT phone FROM visit").scalar()
    assert raw is not None
    assert b"15400001234" not in bytes(raw)


def test_badge_numbers_start_again_each_day_and_skip_those_still_worn(cast: Cast) -> None:
    first = checks_in(cast.host)
    tomorrow = clock.now() + timedelta(days=1)
    clock.set_clock(lambda: tomorrow)
    second = checks_in(cast.host)
    assert (first.badge, second.badge) == ("V001", "V002")
    visits.depart(second.token, how="console")
    assert checks_in(cast.host).badge == "V003"


def test_a_time_that_has_not_come_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid):
        checks_in(cast.host, captured_at=datetime.now(UTC) + timedelta(hours=1))
