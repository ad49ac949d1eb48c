"""Lists as personnel offices keep them: headings, values, and what is wrong with a row."""

from collections.abc import Iterator
from typing import Any

import pytest

from shared import directory
from shared.directory.importing import Report, import_people
from shared.lib import i18n, sheets
from shared.lib.errors import Invalid
from tests.shared.lib.test_sheets import workbook


@pytest.fixture(autouse=True)
def english(database: str) -> Iterator[None]:
    with i18n.use("en"):
        yield


def cells(written: str) -> list[list[str]]:
    return sheets.read(written.strip().encode())


def bring(written: str, **options: Any) -> Report:
    return import_people(cells(written), **options)


def test_headings_are_found_below_a_title_with_stars_asides_and_in_english() -> None:
    assert (
        bring("员工花名册,,\n2026年11月,,\n姓名*,部门（必填）,E-mail:\n王建明,市场部,a@example.com\n").lines[0].row == 4
    )
    report = bring("Full Name;Dept.;Mobile Phone;Job title\nAnna Müller;R&D;+49 30 1234567;Engineer\n")
    assert [(line.row, line.what) for line in report.lines] == [(2, "new")]
    assert [one.title for one in directory.find("mueller")] == ["Engineer"]


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_the_template_is_a_list_without_people(language: str) -> None:
    template = directory.template(language)
    assert template.startswith(b"\xef\xbb\xbf")
    with pytest.raises(Invalid, match="nobody under the headings"):
        import_people(sheets.read(template))
    (headings,) = sheets.read(template)
    assert import_people([headings, ["李娜" if one in ("姓名", "Name") else "D" if one in ("部门", "Department") else ""
                                     for one in headings]]).applied  # fmt: skip


@pytest.mark.parametrize(
    "written", ["姓名,邮箱\n王建明,a@example.com\n", "王建明,市场部\n李娜,市场部\n", "部门\n市场部\n", "1,2,3\n"]
)
def test_a_list_without_headings_is_refused(written: str) -> None:
    with pytest.raises(Invalid, match="Name and department"):
        bring(written)


def test_formulas_are_text_or_no_name() -> None:
    report = bring("姓名,部门,职务\n王建明,=cmd|' /C calc'!A0,=1+1\n@SUM(A1),市场部,\n")
    assert [line.what for line in report.lines] == ["new", "error"]
    assert bring("姓名,部门,职务\n王建明,=cmd|' /C calc'!A0,'=1+1\n").applied
    (wang,) = directory.people()
    assert (wang.department, wang.title) == ("=cmd|' /C calc'!A0", "=1+1")


def test_a_workbook_brings_people_too() -> None:
    rows = [["姓名", "部门", "手机", "工号", "受保护"], ["王　伟", "研发部", 15400000001, 1001, True]]
    assert import_people(sheets.read(workbook(rows))).applied
    (wang,) = directory.people()
    assert (wang.name, wang.number, wang.protected) == ("王伟", "1001", True)
    assert directory.contact(wang.id).phone == "15400000001"


def test_yes_and_no_are_asked_for() -> None:
    assert bring("姓名,部门,受保护\n王伟,研发部,也许\n").lines[0].sentence == "Protected: Write yes or no."
