"""B1.1, B3.1, B3.2: the month at the phone, each number with the calls behind it."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from shared import directory, phone, relay, reports
from shared.lib import clock
from shared.lib.actor import acting_as
from shared.reports import Month
from tests.cast import people
from tests.console.reception import Reception


@pytest.fixture
def desk(pages: Flask) -> Reception:
    people()
    return Reception(pages)


def writes(desk: Reception, **changes: object) -> phone.Done:
    given = {"caller_name": "苏婉", "content": "样张今天送到，请签收", "outcome": "answered"} | changes
    with acting_as(desk.actor):
        return phone.take(phone.CallForm.model_validate(given))


def message(desk: Reception) -> str:
    host = directory.find("王建明", limit=1)[0]
    wanted = {"ref": directory.ref_of(host)}
    return writes(
        desk, outcome="absent", offer="message", wanted=wanted, number="15400001207", read_back=True
    ).message  # fmt: skip


def figure(page: str, name: str) -> int:
    """What the month says of something."""
    row = re.search(
        rf'<th scope="row">(?:<[^>]*>[^<]*</i>)?(?:<a[^>]*>)?{re.escape(name)}<.*?<td class="num">(.*?)</td>', page
    )
    assert row, name
    return int(re.sub("<[^>]*>", "", row[1]))


def test_b1_1_the_report_shows_how_many_were_answered_after_one_ring(desk: Reception) -> None:
    for rings in (1, 1, 1, 2):
        writes(desk, rings=rings)
    found = reports.calls(Month.now())
    assert (found.count("one_ring"), found.count("slow"), found.share("one_ring", "slow")) == (3, 1, 0.75)
    page = desk.opens("/console/reports/phone").text
    assert "75%" in page and "Answered after one ring" in page


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_department_manager_reads_the_figures_of_the_department_and_nothing_behind_them(
    desk: Reception, pages: Flask
) -> None:
    host = directory.find("王建明", limit=1)[0]
    head = Reception(pages, "部门经理", ("dept_manager",), person=host)
    for wanted in (
        {"ref": directory.ref_of(host)},
        {"ref": directory.ref_of(directory.find("尉迟明", limit=1)[0])},
        None,
    ):
        writes(desk, rings=1, wanted=wanted, caller_name="苏婉", number="15400001207")
    page = head.opens("/console/reports/phone").text
    assert (figure(page, "Calls"), figure(page, "Answered after one ring (6 s)")) == (1, 1)
    assert figure(desk.opens("/console/reports/phone").text, "Calls") == 3
    for content in ("苏婉", "154", "样张", "TEL-", "phone/calls", "王建明", "/console/registers"):
        assert content not in page, content
    for path in ("/console/reports/phone/calls?which=all", "/console/reports", "/console/registers/phone"):
        assert head.opens(path).status_code == 403
    assert head.reads("/api/v1/calls").status_code == 403
    assert '<a href="/console/reports/phone"' in head.opens("/me").text


def test_b3_1_a_complaint_is_in_the_report_and_leads_to_the_call(desk: Reception) -> None:
    done = writes(desk, complaint="等了太久没人接")
    assert reports.calls(Month.now()).count("complaints") == 1
    behind = desk.opens("/console/reports/phone/calls?which=complaints").text
    assert done.reg_no in behind


def test_b3_2_late_wrong_and_forgotten_messages_are_counted(desk: Reception) -> None:
    start = clock.now()
    told, late, _forgotten = (message(desk) for _each in range(3))
    with acting_as(desk.actor):
        relay.attempt(told, "in_person", "reached")
        relay.wrong(told, "不是今天，是明天")
        relay.correct(told, "样张明天送到，请签收")
        relay.attempt(told, "in_person", "reached")
    clock.set_clock(lambda: start + timedelta(minutes=5, seconds=1))
    with acting_as(desk.actor):
        relay.attempt(late, "in_person", "reached")
    found = reports.calls(Month.now())
    figures = ("messages", "in_time", "late", "not_told", "wrong")
    assert [found.count(one) for one in figures] == [3, 1, 1, 1, 1]
    assert desk.opens("/console/reports/rows?clause=二.1.7").status_code == 200
    assert desk.opens("/console/reports/messages").status_code == 200


def test_b1_5_missed_calls_by_what_became_of_them(desk: Reception) -> None:
    with acting_as(desk.actor):
        tokens = [phone.miss(f"+861540000{number}", clock.now()).token for number in range(1000, 1004)]
        phone.call_back(tokens[0], "reached")
        for _try in range(3):
            phone.call_back(tokens[1], "no_answer")
    writes(desk, number="15400001002")
    found = reports.calls(Month.now())
    figures = ("missed", "called_back", "rang_again", "unreachable", "waiting")
    assert [found.count(one) for one in figures] == [4, 1, 1, 1, 1]
    assert sum(len(ids) for ids in found.hours.values()) == found.count("all") == 5
    hour = next(iter(found.hours))
    assert desk.opens(f"/console/reports/phone/calls?hour={hour}").text.count('id="r-') == 5


def test_a_month_without_a_call_says_so(desk: Reception) -> None:
    assert "Nobody called in this month." in desk.opens("/console/reports/phone?month=2026-10").text


def test_b3_2_an_answered_call_without_a_row_is_on_the_day_end_page_and_counted(desk: Reception) -> None:
    assert "Not written down" not in desk.opens("/console/reports/phone").text
    lines = ["时间,号码,是否接听,振铃秒数", "2026-11-23 09:40:00,15400000922,是,9", "2026-11-23 09:50:00,,是,4"]
    asked = phone.Asked(profile="generic", zone="Asia/Shanghai")
    with acting_as(desk.actor):
        assert phone.import_calls("\n".join(lines).encode(), asked, rehearse=False).applied
    page = desk.opens("/console/day-end").text
    assert "Answered calls that nobody wrote down" in page and "154****0922" in page and "154 0000 0922" not in page
    writes(desk, number="15400001207")
    report = desk.opens("/console/reports/phone").text
    assert 'href="/console/day-end">2</a>' in report
