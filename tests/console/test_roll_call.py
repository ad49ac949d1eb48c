"""The roll call at the console and for programs: begun with one tap, seen by every warden, told in a report."""

import base64
import gzip
import json
import re
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from shared import journal, roll_call
from shared.roll_call.devices import CURVE, agreed
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(pages: Flask) -> Iterator[Cast]:
    roll_call.join()
    yield people()


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


@pytest.fixture
def officer(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages, "秦岚", ("admin_officer",))


def begins(warden: Reception, *, drill: bool = False) -> str:
    return str(warden.tells("/console/roll-call", drill=drill).json["call"])


def says(warden: Reception, call: str, subject: str, state: str, key: str) -> None:
    marks = [{"subject": subject, "state": state, "key": key}]
    assert warden.tells(f"/console/roll-call/{call}/marks", marks=marks).json == {"taken": [key], "refused": {}}


def test_the_page_lists_who_is_on_site_and_the_call_freezes_it(reception: Reception, cast: Cast) -> None:
    came = checks_in(cast.host, party_size=3)
    idle = reception.opens("/console/roll-call").text
    assert "3 visitors, 3 staff perhaps" in idle and "data-running" not in idle
    call = begins(reception, drill=True)
    page = reception.opens("/console/roll-call").text
    assert "data-running data-drill" in page and f'data-call="{call}"' in page
    row = re.search(rf'<li id="roll-visit-{came.token}".*?</li>', page, re.S)
    assert row and all(word in row[0] for word in ("陈嘉豪", "深蓝物联", "to see Wang Jianming", "V001", "party of 3"))
    assert "perhaps here" not in row[0]


def test_what_one_warden_marks_the_other_hears_once(reception: Reception, officer: Reception, cast: Cast) -> None:
    call, subject = begins(reception), f"person:{cast.host.token}"
    assert officer.tells("/console/roll-call", drill=False).json["call"] == call
    says(reception, call, subject, "safe", "first-mark")
    heard = officer.reads(f"/console/roll-call/state?call={call}&after=0").json
    [mark] = heard["marks"]
    assert (mark["subject"], mark["state"], mark["who"], heard["people"]) == (subject, "safe", "林晓彤", 3)
    assert officer.reads(f"/console/roll-call/state?call={call}&after={mark['id']}").json["marks"] == []
    html = officer.part("/console/roll-call/list").text
    assert f'data-after="{mark["id"]}"' in html and "first-mark" in html


def test_every_page_says_that_it_runs_and_what_it_came_to(reception: Reception, officer: Reception, cast: Cast) -> None:
    assert re.search(r"data-roll-strip hidden", officer.opens("/console/visits").text)
    call = begins(reception)
    page = officer.opens("/console/visits").text
    assert "data-roll-strip>" in page and "begun by 林晓彤" in page
    says(officer, call, f"person:{cast.host.token}", "help", "first-mark")
    report = str(officer.tells(f"/console/roll-call/{call}/ending").json["go"])
    assert officer.tells(f"/console/roll-call/{call}/ending").status_code == 409
    told = officer.opens(report).text
    assert "Wang Jianming" in told and "Needs help" in told and "not everybody" in told
    assert re.search(r"<h2>Never found<b>2</b>", told)
    assert report in reception.opens("/console/roll-call").text
    assert [one.action for one in journal.about(f"roll_call:{call}")] == [
        "roll_call.started",
        "roll_call.marked",
        "roll_call.ended",
    ]
    assert all(
        words in officer.opens("/console/journal").text for words in ("roll call ended", "marked: 1", "3 on the list")
    )


def test_the_paper_is_in_both_languages(reception: Reception, cast: Cast) -> None:
    checks_in(cast.host)
    paper = reception.opens("/console/roll-call/paper").text
    assert all(word in paper for word in ("疏散名单", "Roll call", "需要救助", "Needs help", "陈嘉豪", "Wang Jianming"))


def opened(answer: dict[str, str], key: ec.EllipticCurvePrivateKey) -> str:
    parts = {name: base64.b64decode(part) for name, part in answer.items()}
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, parts["key"])
    packed = AESGCM(agreed(key, theirs)).decrypt(parts["iv"], parts["data"], None)
    return gzip.decompress(packed).decode()


def test_a_locked_session_keeps_its_sealed_copy_fresh_and_reads_nothing(reception: Reception, cast: Cast) -> None:
    came = checks_in(cast.host)
    assert reception.reads("/console/roll-call/copy").status_code == 404
    key = ec.generate_private_key(CURVE)
    public = base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    assert reception.tells("/console/roll-call/device", public_key=public).json == {"kept": True}
    reception.tells("/console/lock")
    checks_in(cast.host, visitor_name="袁立")
    for path in ("/console/roll-call/list", "/console/roll-call/state"):
        assert reception.reads(path).status_code == 423, path
    assert reception.tells("/console/roll-call/device", public_key=public).status_code == 423
    copy = reception.reads("/console/roll-call/copy")
    assert "陈嘉豪" not in copy.text and "陈嘉豪" not in json.dumps(copy.json, ensure_ascii=False)
    html = opened(copy.json, key)
    assert came.token in html and "陈嘉豪" in html and "袁立" in html
    reception.client.post("/sign-out", headers={"Origin": "http://127.0.0.1:8000", "X-CSRF-Token": reception.csrf})
    assert reception.reads("/console/roll-call/copy").status_code == 401


@pytest.mark.parametrize("given", ["not base64", "aGVsbG8=", ""])
def test_a_key_that_is_none_is_refused(reception: Reception, given: str) -> None:
    assert reception.tells("/console/roll-call/device", public_key=given).status_code == 422


def test_a_program_begins_marks_reads_and_ends_one(reception: Reception, cast: Cast) -> None:
    call = reception.tells("/api/v1/roll-calls", key="begin-1", drill=True)
    assert call.status_code == 201 and reception.tells("/api/v1/roll-calls", drill=True).status_code == 200
    path = f"/api/v1/roll-calls/{call.json['token']}"
    subject = f"person:{cast.host.token}"
    marks = [{"subject": subject, "state": state, "key": f"key-{state}-1"} for state in ("safe", "help")]
    for _again in range(2):
        assert reception.tells(f"{path}/marks", marks=marks).json["taken"] == ["key-safe-1", "key-help-1"]
    found = {one["subject"]: one for one in reception.reads(f"{path}/people").json["people"]}
    assert (found[subject]["state"], found[subject]["contested"], len(found[subject]["marks"])) == ("help", True, 2)
    assert reception.tells(f"{path}/ending").json["running"] is False
    told = reception.reads(path).json
    assert (told["counts"]["help"], told["counts"]["open"], told["found"], told["seconds"]) == (1, 2, 1, None)
    assert reception.reads("/api/v1/roll-calls").json["roll_calls"][0]["token"] == call.json["token"]
    assert reception.tells("/api/v1/roll-calls", key="begin-1", drill=True).json["token"] == call.json["token"]
    assert roll_call.running() is None, "a repeat repeats the answer and begins nothing"
    bad = reception.tells(f"{path}/marks", marks=[{"subject": "nobody", "state": "safe", "key": "x"}])
    assert bad.status_code == 422


def test_an_employee_sees_none_of_it(pages: Flask, cast: Cast) -> None:
    employee = Reception(pages, "王建明", ("finance",))
    for path in ("/console/roll-call", "/console/roll-call/list", "/console/roll-call/copy", "/api/v1/roll-calls"):
        assert employee.reads(path).status_code == 403, path
