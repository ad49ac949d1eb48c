"""The lists a personnel office keeps, in Chinese or English, read as people: headings, values, errors a row."""

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from shared.directory.forms import Line, PersonChange, department_name
from shared.lib import text
from shared.lib.errors import Invalid
from shared.lib.forms import invalid
from shared.lib.i18n import _, lazy

MOST = 10_000
HEADING_WITHIN = 20
LABELS = {
    "name": lazy("Name"),
    "alias": lazy("Alias"),
    "reading": lazy("Pinyin"),
    "number": lazy("Employee number"),
    "department": lazy("Department"),
    "department_en": lazy("Department in English"),
    "title": lazy("Title"),
    "email": lazy("E-mail address"),
    "phone": lazy("Phone"),
    "extension": lazy("Extension"),
    "deputy": lazy("Deputy"),
    "protected": lazy("Protected"),
}
# What such columns are called; the first of each language is the heading of the template.
_CHINESE = """
name 姓名 名字 员工姓名 人员姓名 中文名|alias 别名 英文名 英文姓名 花名 昵称|reading 拼音 读音 姓名拼音
number 工号 员工编号 员工工号 人员编号|department 部门 部门名称 所属部门 所在部门|department_en 部门英文名 英文部门
title 职务 职位 岗位|email 邮箱 电子邮箱 电子邮件 邮件地址 邮箱地址 企业邮箱
phone 手机 手机号 手机号码 电话 联系电话 电话号码 移动电话|extension 分机 分机号 分机号码
deputy 代理人 代班人 职务代理人|protected 受保护 不公开 保护
"""
_ENGLISH = """
name Name Full_name Employee Employee_name|alias Alias English_name Nickname Also_known_as|reading Pinyin Reading
number Employee_number Employee_no Employee_id Staff_id|department Department Dept Team Department_name
department_en Department_in_English Department_English|title Title Job_title Position
email E-mail Mail Email_address|phone Phone Mobile Telephone Phone_number Mobile_phone Cell
extension Extension Ext|deputy Deputy Stand-in Delegate Substitute|protected Protected Hidden Private
"""
NEEDED = ("name", "department")
_YES, _NO = {"yes", "y", "true", "1", "是", "√", "✓", "对"}, {"no", "n", "false", "0", "否", "×", "不"}
_ASIDE = re.compile(r"[(\uff08\[【].*?[)\uff09\]】]|[*＊:：]")


def _table(written: str) -> dict[str, list[str]]:
    rows = [row.split() for line in written.strip().splitlines() for row in line.split("|")]
    return {row[0]: [heading.replace("_", " ") for heading in row[1:]] for row in rows}


CHINESE, ENGLISH = _table(_CHINESE), _table(_ENGLISH)
HEADINGS = {text.fold(one): column for table in (CHINESE, ENGLISH) for column, all_ in table.items() for one in all_}


def _truth(value: Any) -> Any:
    lowered = value.strip().casefold() if isinstance(value, str) else value
    if lowered in _YES or lowered in _NO:
        return lowered in _YES
    raise ValueError(_("Write yes or no."))


class RowForm(PersonChange):
    """A person as a list gives them: the department by name, the deputy by name or e-mail address."""

    department: Annotated[Line, Field(max_length=60), AfterValidator(department_name)]
    department_en: Annotated[Line, Field(max_length=80)] = ""
    deputy: Annotated[Line, Field(max_length=254)] = ""
    protected: Annotated[bool, BeforeValidator(_truth)] = False


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list: the number of the row in the file, and a form, or what is wrong with it."""

    number: int
    name: str
    form: RowForm | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list that was understood."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...] = field(default=())


def understand(cells: list[list[str]]) -> Table:
    """The people of a list. Invalid when there are no headings, no people, or too many.

    An empty cell says nothing: what is known stays. Columns with other headings are left alone.
    """
    at, columns = _find_headings(cells)
    rows = tuple(
        _row(at + 2 + below, columns, row) for below, row in enumerate(cells[at + 1 :]) if any(map(_seen, row))
    )
    if not rows:
        raise Invalid(_("There is nobody under the headings."))
    if len(rows) > MOST:
        raise Invalid(_("This file has too many rows. At most %(count)s.") % {"count": MOST})
    ignored = tuple(cell for place, cell in enumerate(cells[at]) if _seen(cell) and place not in columns)
    return Table(rows, ignored)


def template(language: str) -> bytes:
    """An empty list with every heading, for a spreadsheet: CSV in UTF-8 that Excel recognises."""
    page = io.StringIO()
    headings = CHINESE if language == "zh_Hans" else ENGLISH
    csv.writer(page, lineterminator="\r\n").writerow(names[0] for names in headings.values())
    return b"\xef\xbb\xbf" + page.getvalue().encode()


def label(column: str) -> str:
    """A column in the reader's language."""
    return _(LABELS[column]) if column in LABELS else column


def _find_headings(cells: list[list[str]]) -> tuple[int, dict[int, str]]:
    for at, row in enumerate(cells[:HEADING_WITHIN]):
        columns: dict[int, str] = {}
        for place, cell in enumerate(row):
            column = _column(cell)
            if column and column not in columns.values():
                columns[place] = column
        if set(NEEDED) <= set(columns.values()):
            return at, columns
    raise Invalid(_("Name and department were not found among the headings. The template shows which there may be."))


def _column(cell: str) -> str | None:
    found = HEADINGS.get(text.fold(cell))
    return found or HEADINGS.get(text.fold(_ASIDE.sub("", unicodedata.normalize("NFKC", cell))))


def _seen(cell: str) -> bool:
    return bool(cell.strip("\u200b\ufeff \t\r\n\u3000"))


def _row(number: int, columns: dict[int, str], cells: list[str]) -> Row:
    values = {columns[place]: cell for place, cell in enumerate(cells) if place in columns and _seen(cell)}
    name = text.clean(values.get("name", ""))[:40]
    missing = [column for column in NEEDED if column not in values]
    if missing:
        return Row(number, name, None, _("%(column)s is missing.") % {"column": label(missing[0])})
    try:
        return Row(number, name, RowForm.model_validate(values))
    except ValidationError as error:
        fields = invalid(error).fields
        return Row(number, name, None, " ".join(f"{label(column)}: {said}" for column, said in fields.items()))
