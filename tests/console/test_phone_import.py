"""A call list at the console: what is in it is told first, then all of it is taken or none."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from shared import phone
from shared.lib import clock
from tests.cast import people
from tests.console.reception import Reception
from tests.shared.phone.conftest import NINE
from tests.shared.phone.lists import asterisk, file, generic

MISSED = "2026-11-23 09:00:00,15400000921,否,25"
ADDRESS = "/console/phone/import"


@pytest.fixture
def lin(pages: Flask) -> Reception:
    clock.set_clock(lambda: NINE)
    people()
    return Reception(pages)


def sends(lin: Reception, data: bytes, **more: str) -> str:
    form = {"file": (io.BytesIO(data), "Master.csv"), "csrf": lin.csrf, "zone": "Asia/Shanghai", **more}
    headers = {"Origin": "http://127.0.0.1:8000", "Accept": "text/html, application/problem+json"}
    return lin.client.post(ADDRESS, data=form, headers=headers).text


def test_a_trial_says_what_is_in_it_and_then_it_is_taken(lin: Reception) -> None:
    data = file(asterisk(id="1.1"), asterisk(id="1.1"), asterisk("2026-11-23 08:00:00", became="ANSWERED", id="1.2"))
    report = sends(lin, data)
    for said in ("Lines 3", "Were missed 1", "Were answered 1", "The same once more 1", "New, to call back 1"):
        assert said in report, said
    assert "data-apply" in report and phone.waiting() == []
    taken = sends(lin, data, apply="1")
    assert "data-applied" in taken and "data-apply>" not in taken
    assert [one.number for one in phone.waiting()] == ["+8615400000921"]
    assert "Known already 2" in sends(lin, data)


def test_what_is_wrong_is_said_with_row_and_column_and_nothing_is_taken(lin: Reception) -> None:
    report = sends(lin, generic(MISSED, *["soon,15400000921,否,25"] * 22), profile="generic", apply="1")
    assert "22 rows cannot be taken" in report and "and 2 more" in report
    assert report.count('<tr class="bad">') == 20 and "<b>时间</b>" in report
    assert "data-apply" not in report and phone.waiting() == []


def test_somebody_says_which_column_is_which(lin: Reception) -> None:
    data = b"when,who,ok,wait\n11/23/2026 2:00,15400000921,0,9\n"
    more = {"profile": "generic", "zone": "Europe/Berlin", "order": "mdy"}
    assert "This column is missing." in sends(lin, data, **more)
    more |= {"column_time": "when", "column_number": "2", "column_answered": "ok", "column_ring": "wait"}
    assert "data-applied" in sends(lin, data, apply="1", **more)
    assert [one.call_at for one in phone.waiting()] == [NINE]


@pytest.mark.parametrize(
    ("data", "more", "said"),
    [
        (b"", {}, "This file is empty."),
        (file(asterisk()), {"zone": "Asia/Nowhere"}, "There is no such time zone."),
        (file(asterisk()), {"profile": "none"}, "Check what is written here."),
        (b"PK" + bytes(100), {}, "This is no list of calls."),
    ],
)
def test_what_cannot_be_read_is_refused(lin: Reception, data: bytes, more: dict[str, str], said: str) -> None:
    assert said in sends(lin, data, **more)


def test_the_page_stands_beside_the_register_which_leads_to_it(lin: Reception) -> None:
    assert f'href="{ADDRESS}"' in lin.opens("/console/registers/phone").text
    for page in (lin.opens(ADDRESS).text, lin.part(ADDRESS).text):
        assert 'name="zone" value="Asia/Shanghai"' in page and 'name="column_ring"' in page


def test_the_page_is_there_in_chinese_too(pages: Flask) -> None:
    people()
    assert "导入通话清单" in Reception(pages, language="zh_Hans").opens(ADDRESS).text


def test_a_list_of_a_hundred_thousand_calls_may_be_sent_by_whoever_takes_it_and_by_nobody_else(
    lin: Reception, pages: Flask
) -> None:
    """Such a Master.csv has 22 MB, and everybody else may send 16."""
    data = file(*(asterisk(id=f"{number}.1") for number in range(80_000)))
    assert len(data) > pages.config["MAX_CONTENT_LENGTH"]
    assert "Lines 80000" in sends(lin, data).replace(",", "")
    stranger = Reception(pages, "韩雪梅", roles=("admin_officer",))
    assert "too large" in sends(stranger, data)


def test_how_far_a_long_list_is_can_be_asked_while_it_comes_in(lin: Reception, pages: Flask) -> None:
    assert lin.opens("/console/phone/import/progress").json == {"rows": 0, "of": 0, "say": "Beginning"}
    other, seen = Reception(pages, "周雨欣"), list[dict[str, Any]]()
    data = file(*(asterisk(id=f"{number}.1", became="ANSWERED", talked=9) for number in range(3000)))
    with ThreadPoolExecutor(1) as apart:
        taken = apart.submit(sends, lin, data, apply="1")
        while not taken.done():
            seen.append(other.opens("/console/phone/import/progress").json)
        assert "data-applied" in taken.result()
    on_the_way = [one for one in seen if one["of"]]
    assert on_the_way and all(0 < one["rows"] <= one["of"] == 3000 for one in on_the_way)
    assert on_the_way[0]["say"].endswith("of 3,000 rows")
    assert lin.opens("/console/phone/import/progress").json["of"] == 0
