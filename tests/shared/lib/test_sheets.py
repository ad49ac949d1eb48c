"""Lists in the encodings people have; what is no list is refused with a sentence."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from shared.lib import i18n, sheets
from shared.lib.errors import Invalid

PEOPLE = "姓名,部门\r\n王建明,市场部\r\n"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with i18n.use("en"):
        yield


def workbook(rows: list[list[Any]], **options: Any) -> bytes:
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(at, place, cell)
        if options.get("far"):
            sheet.write(*options["far"])
    return page.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert sheets.read(PEOPLE.encode(encoding)) == [["姓名", "部门"], ["王建明", "市场部"]]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(sign: str) -> None:
    assert sheets.read(f"姓名{sign}部门\n王建明{sign}市场部".encode())[1] == ["王建明", "市场部"]


def test_the_delimiter_may_be_told() -> None:
    assert sheets.read("sep=;\n姓名;部门,组\n王建明;市场部".encode())[1:] == [["姓名", "部门,组"], ["王建明", "市场部"]]


def test_quoted_cells_hold_commas_and_lines() -> None:
    assert sheets.read('姓名,备注\n王建明,"一,二\n三"\n'.encode()) == [["姓名", "备注"], ["王建明", "一,二\n三"]]


def test_empty_rows_keep_the_numbers_of_the_file() -> None:
    assert sheets.read("姓名\n\n王建明\n\n\n".encode()) == [["姓名"], [], ["王建明"]]


def test_cells_are_text_and_escaped_formulas_are_read_back() -> None:
    rows = sheets.read("=1+1,'=1+1,'+8613800138000,'张,=HYPERLINK(\"x\")".encode())
    assert rows == [["=1+1", "=1+1", "+8613800138000", "'张", '=HYPERLINK("x")']]


def test_a_workbook_is_read_as_it_was_typed() -> None:
    cells = ["姓名", 13800138000, 1.5, True, "00012"]
    rows = sheets.read(workbook([[], cells]))
    assert not any(rows[0])
    assert rows[1:] == [["姓名", "13800138000", "1.5", "yes", "00012"]]


def test_a_formula_in_a_workbook_is_only_its_result() -> None:
    page = io.BytesIO()
    with xlsxwriter.Workbook(page, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名"])
        sheet.write_formula(1, 0, '=HYPERLINK("http://x","y")', None, "王建明")
        sheet.write_formula(2, 0, "=1+1")
    assert sheets.read(page.getvalue())[:2] == [["姓名"], ["王建明"]]


@pytest.mark.parametrize(
    "data",
    [b"", b"  \r\n ", b"\xef\xbb\xbf", b",,,\n,,", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", b"%PDF-1.7\x01\x02",
     b"PK\x03\x04 not a zip", b"\xff\xff\xff\xff,\x80", "姓名,部门\nMüller,R".encode("latin-1", "replace"),
     "姓名,部门".encode("utf-16")[:-1], b'a,"b\nc', "姓".encode() * 2_000_000],
)  # fmt: skip
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        sheets.read(data)


def test_a_western_list_is_not_read_as_chinese() -> None:
    with pytest.raises(Invalid, match="Save it as XLSX"):
        sheets.read("name,department\nAnna Müller,R&D\n".encode("latin-1"))


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w") as archive:
        archive.writestr("evil.xml", "x")
    with pytest.raises(Invalid):
        sheets.read(page.getvalue())


def test_a_workbook_that_unpacks_too_large_is_refused() -> None:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.UNPACKED + 1))
    assert len(page.getvalue()) < sheets.BYTES
    with pytest.raises(Invalid, match="too large"):
        sheets.read(page.getvalue())


def test_a_sheet_that_spans_the_world_is_refused_before_it_is_held() -> None:
    with pytest.raises(Invalid, match="too large"):
        sheets.read(workbook([["姓名"]], far=(1_000_000, 16_000, "x")))


def test_too_many_rows_or_columns_are_refused() -> None:
    with pytest.raises(Invalid, match="rows"):
        sheets.read(b"a,b\n" * (sheets.ROWS + 1))
    with pytest.raises(Invalid, match="columns"):
        sheets.read(b"a," * (sheets.COLUMNS + 1))
