"""A long list is made beside the desk: how far it is, a way to stop it, for one person, and nothing is left of it."""

import io
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

import app as product
from cli import ROOT
from shared import journal, privacy, register, visits
from shared.journal import Event
from shared.lib import clock, db, disk
from shared.lib.config import settings
from shared.register import Takings, taking
from shared.visits import history
from shared.visits.erasing import WORDS
from shared.visits.model import Visit
from tests.cast import people
from tests.console.reception import Reception
from tests.serving import wait_for

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def came(many: int) -> None:
    """So many visits of the days before."""
    at = clock.now()
    row = {"state": "left", "source": "demo", "language": "en", "visitor_key": "", "host_id": None, "host_text": "desk"}
    row |= {"purpose": "sales", "left_how": "kiosk", "expected_at": None, "device_id": None, "receptionist_id": None}
    for start in range(0, many, 150):
        some = range(start, min(start + 150, many))
        moments = [at - timedelta(minutes=many - number) for number in some]
        history.insert_many(
            [row | {"visitor_name": f"陈{number}号", "arrived_at": moment, "left_at": moment, "created_at": moment}
             for number, moment in zip(some, moments, strict=True)]
        )  # fmt: skip


@pytest.fixture
def officer(pages: Flask, database: str) -> Reception:
    people()
    return Reception(pages, "韩雪梅", roles=("admin_officer",))


def asks(officer: Reception, form: str = "xlsx") -> str:
    """Where to wait for a list of everything."""
    answer = officer.tells("/console/visits/export", form=form, reason="月末归档")
    assert answer.status_code == 202, answer.text
    return str(answer.json["go"])


def ready(officer: Reception, where: str) -> str:
    return str(wait_for(lambda: "data-running" not in (html := officer.part(where).text) and html, "the list is ready"))


def left() -> list[Path]:
    return list(settings().data.glob(f"{taking.PREFIX}*"))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_it_says_how_far_it_is_and_holds_every_row_once(officer: Reception, form: str) -> None:
    came(1300)
    where = asks(officer, form)
    assert "data-taking" in officer.opens(where).text
    html = ready(officer, where)
    assert "The list is ready: 1300 rows" in html
    assert len(privacy.unseen()) == 1, "so many rows are told to the privacy officer"
    assert taking.find(where.rpartition("/")[2], officer.actor.ref).of == 1300
    for _twice in range(2):
        answer = officer.opens(f"{where}/list")
        assert (answer.status_code, answer.content_length) == (200, len(answer.data))
    assert re.fullmatch(
        rf'attachment; filename="visits-\d{{4}}-\d\d-\d\d\.{form}"', answer.headers["Content-Disposition"]
    )
    if form == "csv":
        names = [line.split(",")[3] for line in answer.data.decode("utf-8-sig").splitlines()[1:-1]]
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        names = [row[3] for row in rows[1:-1]]
    assert names == [f"陈{number}号" for number in range(1299, -1, -1)]
    assert left() == []
    assert journal.newest(1)[0].data["reason"] == "月末归档"


@sqlite
def test_it_is_for_whoever_asked_and_one_at_a_time(officer: Reception, pages: Flask) -> None:
    came(1300)
    where = asks(officer)
    assert officer.tells("/console/visits/export", form="csv", reason="twice").status_code == 409
    assert journal.newest(1)[0].data["reason"] == "月末归档", "what was refused was not taken"
    other = Reception(pages, "周", roles=("admin_officer",))
    assert [other.opens(f"{where}{part}").status_code for part in ("", "/list")] == [404, 404]
    assert other.tells(f"{where}/cancellation").status_code == 404
    ready(officer, where)
    assert other.opens(f"{where}/list").status_code == 404
    assert officer.opens(f"{where}/list").status_code == 200


@sqlite
def test_cancelled_it_stops_and_nothing_is_kept(officer: Reception) -> None:
    came(6000)
    where = asks(officer)
    wait_for(left, "it has begun")
    assert officer.tells(f"{where}/cancellation").json["go"] == where
    one = taking.find(where.rpartition("/")[2], officer.actor.ref)
    wait_for(lambda: one.until, "it is over")
    assert (one.process.returncode, one.rows < 6000, left()) == (-9, True, [])
    assert "Cancelled. Nothing of the list is kept." in officer.part(where).text
    assert officer.opens(f"{where}/list").status_code == 404
    ready(officer, again := asks(officer, "csv"))
    officer.tells(f"{again}/cancellation")
    assert officer.opens(f"{again}/list").status_code == 404, "also when it was ready"


@sqlite
def test_the_next_one_takes_the_place_of_the_one_before(officer: Reception) -> None:
    came(1300)
    ready(officer, first := asks(officer, "csv"))
    ready(officer, second := asks(officer, "csv"))
    assert [officer.opens(f"{where}/list").status_code for where in (first, second)] == [404, 200]


@sqlite
def test_a_disk_that_is_nearly_full_gets_no_list(officer: Reception, monkeypatch: pytest.MonkeyPatch) -> None:
    came(1300)
    monkeypatch.setattr(disk, "LEAST", 1.1)
    answer = officer.tells("/console/visits/export", form="csv", reason="月末归档")
    assert (answer.status_code, answer.json["detail"][:23]) == (503, "The disk is nearly full")
    assert (left(), journal.newest(1)[0].action == "registers.exported") == ([], False)


@sqlite
def test_a_process_that_writes_nothing_has_failed(officer: Reception) -> None:
    one = taking.begin("keyword", {}, owner=officer.actor.ref, name="x", mimetype="text/csv")
    wait_for(lambda: one.until, "it is over")
    assert (one.process.returncode, one.state, left()) == (0, "failed", [])
    assert "The list could not be written" in officer.part(f"/console/exports/{one.token}").text


@sqlite
def test_a_process_that_cannot_begin_leaves_no_folder(officer: Reception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with pytest.raises(FileNotFoundError):
        taking.begin("keyword", {}, owner=officer.actor.ref, name="x", mimetype="text/csv")
    assert left() == []
    taking.may_begin(officer.actor.ref)


@sqlite
def test_its_hour_is_over(officer: Reception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "KEPT", 0.1)
    came(1300)
    where = asks(officer, "csv")
    wait_for(lambda: officer.opens(where).status_code == 404, "its hour is over")
    assert officer.opens(f"{where}/list").status_code == 404


@sqlite
def test_the_desk_stops_and_nothing_is_left(officer: Reception) -> None:
    came(6000)
    where = asks(officer)
    one = taking.find(where.rpartition("/")[2], officer.actor.ref)
    wait_for(left, "it has begun")
    Takings().stop()
    assert (one.process.returncode, left()) == (-9, [])
    assert officer.opens(where).status_code == 404


@sqlite
def test_somebody_is_erased_and_no_list_outlives_it(officer: Reception, pages: Flask) -> None:
    product.join()
    came(1300)
    other = Reception(pages, "周", roles=("admin_officer",))
    ready(other, kept := asks(other, "csv"))
    came(4700)
    where = asks(officer)
    wait_for(left, "it has begun")
    one = taking.find(where.rpartition("/")[2], officer.actor.ref)
    erase_one()
    wait_for(lambda: one.until, "it is over")
    assert (one.process.returncode, left()) == (-9, [])
    assert "Somebody was erased from the register meanwhile" in officer.part(where).text
    assert [other.opens(f"{kept}/list").status_code, officer.opens(f"{where}/list").status_code] == [404, 404]


@sqlite
def test_another_process_erases_and_no_list_outlives_it(officer: Reception) -> None:
    product.join()
    came(1300)
    ready(officer, where := asks(officer, "csv"))
    for counts, status in (({"V1": 0}, 200), ({"V1": 1}, 404)):
        journal.hear(
            Event(journal.last_seq() + 1, clock.now(), "system", "retention.run", "", None, {"counts": counts})
        )
        assert officer.opens(f"{where}/list").status_code == status


def erase_one() -> None:
    """The first visitor wants to be forgotten."""

    def erased() -> None:
        first = db.session().scalars(select(Visit).order_by(Visit.id).limit(1)).all()
        register.erase(visits.REGISTER, WORDS, first)

    db.write(erased)


PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "console.taking", sys.argv[1]], stdin=subprocess.PIPE, text=True)
child.stdin.write(sys.argv[2]); child.stdin.close(); child.wait()
"""


@sqlite
def test_the_desk_is_killed_and_nothing_is_left(officer: Reception) -> None:
    came(6000)
    folder = settings().data / f"{taking.PREFIX}x"
    folder.mkdir()
    told = json.dumps({"part": {}, "form": "xlsx", "language": "en", "taken": "x"})
    command = [sys.executable, "-c", PARENT, str(folder), told]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"0 6000\n"
        parent.kill()
        wait_for(lambda: not folder.exists(), "its folder is gone")
    (settings().data / f"{taking.PREFIX}y").mkdir()  # of a machine that lost its power
    Takings().start()
    assert left() == []
