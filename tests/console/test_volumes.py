"""Volumes on the console: the list, one volume, from the desk to the archive, and on paper."""

import subprocess

import pytest
from flask import Flask

from shared import visits, volumes
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CORRECTED = ("陈嘉豪", "陈家豪")


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


@pytest.fixture
def officer(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages, "韩雪梅", roles=("admin_officer",))


@pytest.fixture
def volume(cast: Cast, desk: Clock) -> str:
    """A closed volume of three rows, in the first of which a name was put right."""
    desk.moves(days=-40)
    tokens = [checks_in(cast.host, visitor_name=name).token for name in (CORRECTED[0], "欧阳雪", "单雄信")]
    version = visits.by_token(tokens[0]).row_version
    visits.correct(tokens[0], visits.Correction(visitor_name=CORRECTED[1], row_version=version))
    for token in tokens:
        visits.depart(token, how="console", badge_returned=True)
    desk.moves(days=40)
    assert volumes.close_full() == 1
    return volumes.page()[0][0].token


def words(pdf: bytes) -> str:
    """What stands in a PDF, without white space: cells break where they like."""
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return "".join(told.split())


def test_nothing_is_closed_yet(reception: Reception) -> None:
    page = reception.opens("/console/volumes").text
    assert "No volume is closed yet" in page
    assert "Close now" not in page, "there is no row"


def test_a1_9_the_closed_volume_is_a_task_in_due_now(
    reception: Reception, officer: Reception, volume: str, desk: Clock
) -> None:
    desk.moves(hours=9)
    due = reception.opens("/console/due").text
    assert "Hand <b>Visit register, volume 1</b> to the officer" in due.replace("\n", "")
    assert f"/console/volumes/{volume}/hand-over" in due
    assert "Visit register, volume 1" in officer.opens("/console/due").text, "the officer sees it coming"


def test_a1_9_from_the_desk_to_the_archive(reception: Reception, officer: Reception, volume: str) -> None:
    base = f"/console/volumes/{volume}"
    assert officer.tells(f"{base}/hand-over").status_code == 403
    assert reception.tells(f"{base}/hand-over").status_code == 200
    assert reception.tells(f"{base}/receipt").status_code == 403
    assert "I have it" in officer.opens(base, X_Fragment="1").text
    assert officer.tells(f"{base}/rejection", reason=" ").status_code == 422
    assert officer.tells(f"{base}/rejection", reason="缺第 3 页").status_code == 200
    assert "Sent back: 缺第 3 页" in reception.opens(base, X_Fragment="1").text
    assert reception.tells(f"{base}/hand-over").status_code == 200
    assert officer.tells(f"{base}/receipt").status_code == 200
    assert officer.tells(f"{base}/receipt").status_code == 409
    assert "VISIT-" in officer.opens(base, X_Fragment="1").text, "a number is suggested"
    assert officer.tells(f"{base}/filing", archive_no="LF-7").status_code == 200
    assert "LF-7" in reception.opens("/console/volumes").text


def test_the_redacted_edition_on_paper(reception: Reception, volume: str) -> None:
    answer = reception.tells(f"/console/volumes/{volume}/pages")
    assert answer.mimetype == "application/pdf"
    said = words(answer.data)
    assert "VIS-" in said and "1/2" in said and "2/2" in said
    edition = volumes.editions(volumes.one(volume).id)[0]
    assert edition.sha256 in said and edition.previous in said
    assert not any(name in said for name in (*CORRECTED, "欧阳雪", "深蓝物联", "王建明"))


def test_the_full_edition_wants_a_reason_and_shows_what_was_put_right(
    reception: Reception, officer: Reception, volume: str
) -> None:
    address = f"/console/volumes/{volume}/pages/full"
    assert reception.tells(address, reason="审计").status_code == 403
    assert officer.tells(address, reason="").status_code == 422
    said = words(officer.tells(address, reason="审计").data)
    assert [name for name in (*CORRECTED, "欧阳雪") if name not in said] == [], said
    assert "register taken as a list: 审计" in officer.opens("/console/journal").text


def test_a_row_in_a_closed_volume_is_for_the_manager(reception: Reception, pages: Flask, volume: str) -> None:
    visit = visits.page()[0][-1]
    form = {"party_size": 2, "reason": "数错", "row_version": visit.row_version}
    address = f"/console/visits/{visit.token}/correction"
    assert reception.tells(address, **form).status_code == 403
    manager = Reception(pages, "钱经理", roles=("admin_manager",))
    assert manager.tells(address, **form).status_code == 200
    assert "issued again: a row was put right" in manager.opens(f"/console/volumes/{volume}", X_Fragment="1").text


def test_it_is_closed_by_hand(reception: Reception, officer: Reception, cast: Cast, desk: Clock) -> None:
    visits.depart(checks_in(cast.host).token, how="console")
    assert reception.tells("/console/volumes/closing", register="visit").status_code == 409
    desk.moves(minutes=15)
    assert officer.tells("/console/volumes/closing", register="visit").status_code == 403
    assert (
        reception.tells("/console/volumes/closing", register="visit").json["say"]
        == "Visit register, volume 1 is closed."
    )
    assert reception.tells("/console/volumes/closing", register="tax").status_code == 404
