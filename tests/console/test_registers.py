"""A register that is four files is found, put right, printed, taken along, archived and forgotten like every other."""

import csv
import io
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from shared import register, volumes
from shared.lib import db
from shared.lib.db import Base
from shared.lib.errors import Gone
from shared.register import definition
from shared.volumes.book import _known as books
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

FOLDER = Path(__file__).resolve().parents[1] / "throwaway"
BASE = "/console/registers/key"


@pytest.fixture
def keys(pages: Flask) -> Iterator[ModuleType]:
    """The register stands in this desk for one test, and is gone from the house afterwards."""
    acts, kept = import_module("tests.throwaway.acts"), import_module("tests.throwaway.register")
    table = kept.BOOK.model.__table__
    if table.name in Base.metadata.tables:
        Base.metadata.remove(table)  # the migrations know nothing of it
    definition._known["key"], books["key"] = kept.REGISTER, kept.BOOK
    db.write(lambda: table.create(db.connection()))
    yield acts
    db.write(lambda: table.drop(db.connection()))
    del definition._known["key"], books["key"]


@pytest.fixture
def reception(keys: ModuleType, pages: Flask) -> Reception:
    return Reception(pages)


@pytest.fixture
def officer(keys: ModuleType, pages: Flask) -> Reception:
    return Reception(pages, "韩雪梅", roles=("admin_officer",))


@pytest.fixture
def lent(keys: ModuleType, reception: Reception) -> list[str]:
    """Three keys of today, all of them back."""
    tokens = [keys.lend(name, room) for name, room in (("欧阳雪", "301"), ("陈嘉豪", "机房"), ("单小红", "302"))]
    for token in tokens:
        keys.bring_back(token)
    return tokens


def kept() -> register.Register:
    return register.of("key")


def test_a_new_register_is_at_most_four_files() -> None:
    assert len(list(FOLDER.glob("*.py"))) <= 4


@pytest.mark.parametrize("filed", [False, True])
@pytest.mark.parametrize("typed", ["ouyang", "欧阳", "oyx", "301", "key-2026-00001"])
def test_find(reception: Reception, lent: list[str], typed: str, filed: bool) -> None:
    while filed and register.index(kept()):
        pass
    page = reception.opens(f"{BASE}?q={typed}").text
    assert "欧阳雪" in page and "陈嘉豪" not in page
    assert "Nothing here" in reception.opens(f"{BASE}?q=Nobody").text
    assert "陈嘉豪" not in reception.opens(f"{BASE}?date=2026-01-01").text


def test_prove(reception: Reception, lent: list[str], desk: Clock) -> None:
    address = f"{BASE}/{lent[0]}"
    assert reception.tells(f"{address}/correction", room="303", row_version=1).status_code == 200
    assert reception.tells(f"{address}/correction", room="304", row_version=1).status_code == 409
    desk.moves(minutes=16)
    assert reception.tells(f"{address}/correction", borrower="欧阳雨", row_version=2).status_code == 422
    said = reception.tells(f"{address}/correction", borrower="欧阳雨", reason="写错", row_version=2)
    assert said.status_code == 200
    assert reception.tells(f"{address}/correction", token="x", row_version=3).status_code == 422
    sheet = reception.part(address).text
    assert "<s>301</s> 303" in sheet and "<s>欧阳雪</s> 欧阳雨" in sheet and "写错" in sheet
    assert "key.lent" in sheet and "key.corrected" in sheet
    assert "欧阳雨" in reception.opens(f"{BASE}?q=欧阳雨").text, "it is found by what it says now"


def test_print_and_export(officer: Reception, reception: Reception, lent: list[str]) -> None:
    assert reception.tells(f"{BASE}/export", form="csv", reason="x y").status_code == 403
    reception.tells(f"{BASE}/{lent[2]}/correction", room="=2+5", row_version=1)
    answer = officer.tells(f"{BASE}/export", form="csv", reason="年终", q="单")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[1:3] for row in rows[1:-1]] == [["单小红", "'=2+5"]]
    assert rows[-1][0].endswith("年终")
    sheet = CalamineWorkbook.from_filelike(
        io.BytesIO(officer.tells(f"{BASE}/export", form="xlsx", reason="年终").data)
    ).get_sheet_by_index(0)
    assert [row[1] for row in sheet.to_python()[1:-1]] == ["单小红", "陈嘉豪", "欧阳雪"]
    pdf = officer.tells(f"{BASE}/export", form="pdf", reason="年终")
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf.data, capture_output=True, check=True).stdout.decode()
    assert "欧阳雪" in said and "年终" in said and "1/1" in said.replace(" ", "")


def test_archive(keys: ModuleType, pages: Flask, lent: list[str], desk: Clock) -> None:
    desk.at = datetime(2027, 1, 4, 2, tzinfo=UTC)
    assert volumes.close_full() == 1
    (volume,) = volumes.page()[0]
    assert (volume.period, volume.rows, volume.from_no) == ("2026", 3, "KEY-2026-00001")
    assert [one.wrong for one in volumes.verify() if one.register == "key"] == [[]]
    form = {"room": "1", "reason": "写错", "row_version": 1}
    assert Reception(pages, "周雨欣").tells(f"{BASE}/{lent[0]}/correction", **form).status_code == 403
    manager = Reception(pages, "钱经理", roles=("admin_manager",))
    assert manager.tells(f"{BASE}/{lent[0]}/correction", **form).status_code == 200
    assert [one.why for one in volumes.editions(volume.id)] == ["closed", "corrected"]
    assert [one.wrong for one in volumes.verify() if one.register == "key"] == [[]]


def test_forget(lent: list[str], desk: Clock) -> None:
    desk.moves(days=30)
    assert register.run(rehearsal=True).counts["K1"] == 3
    assert register.run().counts["K1"] == 3
    assert register.page(kept(), q="欧阳雪")[0] == []
    assert register.run().counts["K1"] == 0
    with pytest.raises(Gone):
        register.correct(kept(), lent[0], {"borrower": "欧阳雪"}, "写错", 1)
