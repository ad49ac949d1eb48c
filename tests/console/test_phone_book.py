"""The book of calls: looked at by outcome, by days and words, and taken along however long it is."""

import csv
import io

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from shared import phone, register
from shared.lib import clock
from shared.register import taking
from tests.cast import Cast, people
from tests.console.reception import Reception
from tests.serving import wait_for
from tests.shared.accounts.conftest import Clock

BOOK = "/console/registers/phone"


@pytest.fixture
def cast(pages: Flask, database: str) -> Cast:
    return people()


@pytest.fixture
def officer(cast: Cast, pages: Flask) -> Reception:
    return Reception(pages, "韩雪梅", roles=("admin_officer",))


def answered(who: str, **more: str) -> phone.Done:
    return phone.take(
        phone.CallForm.model_validate({"caller_name": who, "outcome": "answered", "content": "问前台几点下班"} | more)
    )


def names(page: str) -> list[str]:
    return [one for one in ("苏婉", "陈未接", "梁投诉", "打错的") if one in page]


def test_the_book_is_looked_at_by_outcome(officer: Reception) -> None:
    answered("苏婉")
    answered("梁投诉", complaint="快递丢了两次")
    answered("打错的", outcome="wrong_number")
    missed = phone.miss("+8615400000921", clock.now())
    assert names(officer.opens(BOOK).text) == ["苏婉", "梁投诉", "打错的"]
    assert names(officer.opens(f"{BOOK}?kind=complaint").text) == ["梁投诉"]
    assert names(officer.opens(f"{BOOK}?kind=other").text) == ["打错的"]
    assert names(officer.opens(f"{BOOK}?kind=answered&q=苏").text) == ["苏婉"]
    assert missed.reg_no in officer.opens(f"{BOOK}?kind=waiting").text
    phone.call_back(missed.token, "reached")
    assert missed.reg_no not in officer.opens(f"{BOOK}?kind=waiting").text
    assert missed.reg_no in officer.opens(f"{BOOK}?kind=missed").text
    assert 'value="missed" selected' in officer.opens(f"{BOOK}?kind=missed").text
    assert officer.opens(f"{BOOK}?kind=nonsense").status_code == 404


def test_what_is_looked_at_is_what_is_taken(officer: Reception) -> None:
    answered("苏婉")
    answered("梁投诉", complaint="快递丢了两次")
    answer = officer.tells(f"{BOOK}/export", form="csv", reason="年终", kind="complaint")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[3] for row in rows[1:-1]] == ["梁投诉"]


def test_every_page_of_a_kind_follows_the_last(officer: Reception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.registers.PAGE", 1)
    answered("苏婉", complaint="一直没人回电")
    answered("打错的", outcome="wrong_number")
    answered("梁投诉", complaint="二楼太吵了点")
    page = officer.opens(f"{BOOK}?kind=complaint").text
    assert names(page) == ["梁投诉"] and "kind=complaint&amp;after=" in page


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_long_book_is_written_beside_the_desk(officer: Reception, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.taken.DIRECTLY", 2)
    for number in range(4):
        answered(f"苏{number}号", complaint="一直没人回电" if number else "")
    answer = officer.tells(f"{BOOK}/export", form=form, reason="年终", kind="complaint")
    assert answer.status_code == 202, answer.text
    where = str(answer.json["go"])
    html = wait_for(lambda: "data-running" not in (html := officer.part(where).text) and html, "the list is ready")
    assert "The list is ready: 3 rows" in html
    taken = officer.opens(f"{where}/list").data
    if form == "csv":
        rows = list(csv.reader(io.StringIO(taken.decode("utf-8-sig"))))
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(taken)).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:-1]] == ["苏3号", "苏2号", "苏1号"]
    assert rows[-1][0].endswith("年终")


def test_a_caller_who_is_erased_is_in_no_list_that_waits(
    officer: Reception, desk: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.join()
    monkeypatch.setattr("console.taken.DIRECTLY", 0)
    done = answered("苏婉", number="154 0000 1207")
    where = str(officer.tells(f"{BOOK}/export", form="csv", reason="年终").json["go"])
    token = where.rpartition("/")[2]
    owner = officer.actor.ref
    wait_for(lambda: taking.find(token, owner).state == "ready", "the list")
    desk.moves(days=800)
    assert register.run().counts["P1"] == 1
    assert phone.one(done.token).number is None
    assert taking.find(token, owner).state == "erased"
