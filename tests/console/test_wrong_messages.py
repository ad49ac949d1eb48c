"""Messages that were passed on wrongly stand in the report of the month (O7): how many, which ones, and as a list."""

import csv
import io
import re
from datetime import timedelta

import pytest
from flask import Flask

from shared import journal, relay, visits
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

MONTH = "month=2026-11"
SECRETS = ("发票抬头", "不是今天", "0755", "12345678")


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


def takes(cast: Cast, visit: visits.CheckedIn, wrong: int = 0) -> str:
    """A message of a visitor, and how often its host says that it is wrong."""
    given = {"from_name": "税务局", "number": "0755-12345678", "message": "发票抬头要改", "read_back": True}
    form = relay.MessageForm.model_validate(given)
    token = relay.record(form, cast.host, subject=f"visit:{visit.token}", visit_id=visit.id).token
    for _ in range(wrong):
        relay.wrong(token, "不是今天，是明天", person_id=cast.host.id)
        relay.correct(token, "发票抬头要改，明天回电")
    return token


@pytest.fixture
def mistaken(cast: Cast, desk: Clock) -> str:
    """Three messages of November, one of them wrong twice, and one that was wrong in October."""
    now = desk.at
    desk.at = now - timedelta(days=30)
    takes(cast, checks_in(cast.host, visitor_name="沈知夏"), wrong=1)
    desk.at = now
    for _ in range(2):
        takes(cast, checks_in(cast.host, visitor_name="何一帆"))
    return takes(cast, checks_in(cast.host), wrong=2)


def rows_of(html: str) -> list[str]:
    return re.findall(r'<td class="who">.*?<b[^>]*>([^<]*)</b>', html)


def test_o7_the_number_stands_at_its_clause_and_leads_to_its_rows(pages: Flask, mistaken: str) -> None:
    manager = Reception(pages, "韩雪梅", ("admin_manager",))
    row = next(part for part in manager.opens(f"/console/reports?{MONTH}").text.split("<tr") if "Oral notice" in part)
    found = re.search(r'<a href="([^"]*)">1 of 3 messages passed on wrongly</a>', row)
    assert found is not None
    html = manager.opens(found[1]).text
    assert rows_of(html) == ["陈嘉豪"]
    assert ">2</td>" in html
    assert rows_of(manager.opens("/console/reports/messages?month=2026-10").text) == ["沈知夏"]
    assert "No message of this month was wrong." in manager.opens("/console/reports/messages?month=2026-09").text
    chinese = Reception(pages, "周雨欣", ("admin_officer",), "zh_Hans").opens(f"/console/reports?{MONTH}").text
    assert "3 条转告中传达错误 1 条" in chinese


def test_o7_not_a_word_of_a_message_is_in_the_report_and_only_reception_opens_it(pages: Flask, mistaken: str) -> None:
    manager, reception = Reception(pages, "韩雪梅", ("admin_manager",)), Reception(pages)
    seen = [who.opens(f"/console/reports/messages?{MONTH}").text for who in (manager, reception)]
    for html in seen:
        assert not [secret for secret in SECRETS if secret in html]
    opens = f'<a class="btn soft sm" href="/console/messages/{mistaken}">Open the message</a>'
    assert [opens in html for html in seen] == [False, True]


def test_o7_programs_read_the_same_number(pages: Flask, mistaken: str) -> None:
    answer = Reception(pages).reads(f"/api/v1/reports/on-time?{MONTH}").json
    assert answer is not None
    assert answer["messages"] == {"wrong": 1, "total": 3}
    empty = Reception(pages, "周雨欣").reads("/api/v1/reports/on-time?month=2026-09").json
    assert empty["messages"] == {"wrong": 0, "total": 0}  # type: ignore[index]


def test_o7_the_rows_are_taken_with_a_reason(pages: Flask, mistaken: str) -> None:
    manager, asked = Reception(pages, "韩雪梅", ("admin_manager",)), {"month": "2026-11"}
    assert manager.tells("/console/reports/messages/export", **asked, reason=" ").status_code == 422
    assert Reception(pages).tells("/console/reports/messages/export", **asked, reason="curious").status_code == 403
    answer = manager.tells("/console/reports/messages/export", **asked, reason="monthly talk")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="wrong-messages-2026-11.csv"'
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [line[1:5:3] for line in lines[:2]] == [["From", "How often wrong"], ["陈嘉豪", "2"]]
    assert (len(lines), lines[1][2]) == (3, "Wang Jianming")
    told = journal.newest(1, topics_wanted=["reports"])[0]
    assert (told.action, told.data["outcome"], told.data["new"]) == ("reports.exported", "wrong", 1)
    assert not [secret for secret in SECRETS if secret in answer.data.decode()]


def test_o7_older_rows_come_page_after_page(pages: Flask, cast: Cast, desk: Clock) -> None:
    visit = checks_in(cast.host)
    for _ in range(51):
        takes(cast, visit, wrong=1)
    reception = Reception(pages)
    html = reception.opens(f"/console/reports/messages?{MONTH}").text
    following = re.findall(r'<tr class="more".*?href="([^"]*)"', html)[0].replace("&amp;", "&")
    assert (len(rows_of(html)), len(rows_of(reception.part(following).text))) == (50, 1)
