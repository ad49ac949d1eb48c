"""A caller asks to be forgotten: every call of the number, what the exchange knows, and the volumes they stand in."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from shared import phone, register, volumes
from shared.lib import clock, db
from shared.phone.cdr import Record
from shared.phone.exchange import keeping
from tests.cast import people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

BOOK = "/console/registers/phone"
NUMBER = "154 0000 1207"


@pytest.fixture
def manager(pages: Flask, database: str) -> Reception:
    people()
    return Reception(pages, "韩雪梅", roles=("admin_manager",))


def called(who: str, number: str | None = NUMBER) -> str:
    given = {"caller_name": who, "outcome": "answered", "content": "问前台几点下班", "number": number}
    return phone.take(phone.CallForm.model_validate(given)).token


def numbers() -> list[str | None]:
    with db.looking() as on:
        return [row.number_key for row in on.execute(text("SELECT number_key FROM phone_record ORDER BY id"))]


def test_every_call_of_the_number_and_what_the_exchange_knows_is_erased(manager: Reception, desk: Clock) -> None:
    first, other = called("苏婉"), called("陈嘉豪", "154 0000 0333")
    keeping.keep(Record(clock.now(), "+8615400001207", True, 3.0, 20.0, "in", "1.1"))
    keeping.keep(Record(clock.now(), "+8615400001207", True, 3.0, 20.0, "in", "1.2"))
    keeping.keep(Record(clock.now(), "+8615400000333", True, 3.0, 20.0, "in", "1.3"))
    desk.moves(minutes=5)
    second = called("苏婉婉")
    assert "Erase this caller" in manager.part(f"{BOOK}/{first}").text
    said = manager.tells(f"{BOOK}/{first}/erasure")
    assert (said.status_code, said.json["rows"]) == (200, 2)
    for token in (first, second):
        assert phone.one(token).number is None and "苏婉" not in manager.part(f"{BOOK}/{token}").text
    assert "Erase this caller" not in manager.part(f"{BOOK}/{first}").text
    assert phone.one(other).number == "+8615400000333"
    assert [key is None for key in numbers()] == [True, True, False]
    assert phone.callers_of("+8615400001207") == []
    assert register.page(phone.REGISTER, q="苏婉")[0] == []


def test_what_the_exchange_knows_of_another_year_is_erased_as_well(manager: Reception) -> None:
    token = called("苏婉")
    keeping.keep(Record(clock.now() - timedelta(days=400), "+8615400001207", True, 3.0, 20.0, "in", "1.1"))
    assert numbers() != [None]
    assert manager.tells(f"{BOOK}/{token}/erasure").status_code == 200
    assert numbers() == [None]


def test_a_call_without_a_number_is_erased_alone(manager: Reception) -> None:
    first, second = called("苏婉", None), called("苏婉", None)
    assert manager.tells(f"{BOOK}/{first}/erasure").json["rows"] == 1
    assert "苏婉" in manager.part(f"{BOOK}/{second}").text


def test_in_a_closed_volume_it_is_issued_again(manager: Reception, desk: Clock) -> None:
    token = called("苏婉")
    desk.moves(minutes=20)
    volumes.close_now(register.book_of(phone.REGISTER))
    assert manager.tells(f"{BOOK}/{token}/erasure").status_code == 200
    [volume] = volumes.page()[0]
    assert [one.why for one in volumes.editions(volume.id)] == ["closed", "erased"]
    assert manager.tells(f"{BOOK}/{token}/erasure").json["rows"] == 0, "there is nothing left"
    assert [one.why for one in volumes.editions(volume.id)] == ["closed", "erased"]
    assert [one.wrong for one in volumes.verify() if one.register == "phone"] == [[]]


def test_what_is_kept_or_still_to_be_done_is_not_erased(manager: Reception) -> None:
    token = called("苏婉")
    assert f'action="{BOOK}/{token}/hold"' in manager.part(f"{BOOK}/{token}").text
    assert manager.tells(f"{BOOK}/{token}/hold", reason="投诉还没结").status_code == 200
    sheet = manager.part(f"{BOOK}/{token}").text
    assert "投诉还没结" in sheet and f'data-post="{BOOK}/{token}/hold/removal"' in sheet
    assert manager.tells(f"{BOOK}/{token}/erasure").status_code == 409
    assert phone.one(token).number
    assert manager.tells(f"{BOOK}/{token}/hold/removal").status_code == 200
    missed = phone.miss("+8615400001207", clock.now()).token
    assert manager.tells(f"{BOOK}/{token}/erasure").json["title"].startswith("Something is still to be done")
    phone.call_back(missed, "reached")
    assert manager.tells(f"{BOOK}/{token}/erasure").json["rows"] == 2


def test_only_who_answers_for_privacy_erases(manager: Reception, pages: Flask) -> None:
    token = called("苏婉")
    desk = Reception(pages)
    assert "Erase this caller" not in desk.part(f"{BOOK}/{token}").text
    for act in ("erasure", "hold", "hold/removal"):
        assert desk.tells(f"{BOOK}/{token}/{act}", reason="x").status_code == 403
    assert manager.tells(f"{BOOK}/nobody/erasure").status_code == 404
    assert manager.tells("/console/registers/none/x/erasure").status_code == 404


def test_put_back_from_a_back_up_it_is_erased_again(manager: Reception) -> None:
    token = called("苏婉")
    manager.tells(f"{BOOK}/{token}/erasure")
    db.write(lambda: db.connection().execute(text("UPDATE phone_call SET erased_at = NULL, caller_name = '苏婉'")))
    assert register.replay() == 1
    assert phone.one(token).caller_name != "苏婉"
