"""The register as a list: for those who may, with a reason that is kept; nothing in it is a formula or a link."""

import csv
import io
import subprocess

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from shared import directory, journal, visits
from shared.lib import clock, text
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
PAYLOADS = ["=1+1", "+41 79 000", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "＝cmd", "http://example.com", "007"]


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


@pytest.fixture
def officer(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages, "韩雪梅", roles=("admin_officer",))


def table(officer: Reception, form: str, **asked: str) -> list[list[str]]:
    answer = officer.tells("/console/visits/export", form=form, reason="月末归档", **asked)
    assert answer.status_code == 200, answer.text
    if form == "csv":
        assert answer.data.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_row_that_is_shown_and_who_took_it(officer: Reception, cast: Cast, form: str) -> None:
    for number in range(3):
        done = checks_in(cast.host, visitor_name=f"陈{number}", purpose="meeting" if number else "interview")
        visits.depart(done.token, how="console")
    headings, *rows, last = table(officer, form, purpose="meeting")
    assert headings[0] == "No." and headings[3] == "Visitor"
    assert [row[3] for row in rows] == ["陈2", "陈1"]
    assert (rows[0][4], rows[0][8], rows[0][15] != "") == ("深蓝物联", "Wang Jianming", True)
    assert last[0].startswith("Taken by 韩雪梅") and last[0].endswith("月末归档")
    kept = journal.newest(1)[0]
    assert (kept.action, kept.data["reason"], kept.data["form"]) == ("registers.exported", "月末归档", form)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_runs(officer: Reception, cast: Cast, form: str) -> None:
    for payload in PAYLOADS:
        checks_in(payload, visitor_company=payload)
    _headings, *rows, _last = table(officer, form)
    companies, written = [row[4] for row in rows][::-1], [text.clean(payload) for payload in PAYLOADS]
    assert [one.removeprefix("'") if form == "csv" else one for one in companies] == written
    if form == "csv":
        assert [cell for row in rows for cell in row if cell.startswith(TRIGGERS)] == []


def test_the_pages_of_the_paper_book(officer: Reception, cast: Cast) -> None:
    for name in ("陈嘉豪", "欧阳雪"):
        visits.depart(checks_in(cast.host, visitor_name=name).token, how="console")
    pdf = officer.tells("/console/visits/export", form="pdf", reason="月末归档").data
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    said = "".join(told.split())
    columns = ("No.", "Arrived", "Visitor", "Company", "Reason", "Host", "Badge", "Outcome", "Leaving", "Remark")
    assert [word for word in (*columns, "陈嘉豪", "欧阳雪", "月末归档", "1/1") if word not in said] == []
    assert said.index("陈嘉豪") < said.index("欧阳雪"), "as it was written"


def test_paper_that_would_not_hold_every_row_is_refused(
    officer: Reception, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.taken.MOST_PRINTED", 2)
    for name in ("甲一", "乙二"):
        checks_in(cast.host, visitor_name=name)
    assert officer.tells("/console/visits/export", form="pdf", reason="月末归档").status_code == 200
    visits.expect(
        visits.Expectation(
            visitor_name="丙三", host=visits.forms.HostRef(ref=directory.ref_of(cast.host)), expected_at=clock.now()
        )
    )
    refused = officer.tells("/console/visits/export", form="pdf", reason="月末归档")
    assert (refused.status_code, "more than 2 rows" in refused.text) == (409, True)
    nobody = officer.tells("/console/visits/export", form="pdf", reason="月末归档", state="expected")
    assert (nobody.status_code, "No visit fits" in nobody.text) == (409, True)


def test_a_list_that_is_cut_off_says_so(officer: Reception, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("甲一", "乙二", "丙三"):
        checks_in(cast.host, visitor_name=name)
    assert len(table(officer, "csv")) == 5
    monkeypatch.setattr("shared.register.MOST", 2)
    *_rows, cut, _taken = table(officer, "csv")
    assert (len(_rows), cut) == (3, ["Cut off after 2 rows. Narrow it to fewer days."])


def test_it_is_for_those_who_may_and_say_why(officer: Reception, pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    assert reception.tells("/console/visits/export", form="csv", reason="why").status_code == 403
    assert officer.tells("/console/visits/export", form="csv", reason=" ").status_code == 422
    assert officer.tells("/console/visits/export", form="doc", reason="why").status_code == 422
    assert "Take as a list" not in reception.opens("/console/visits").text
