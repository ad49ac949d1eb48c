"""Lists of people: all of it or nothing, with a word on every row."""

from collections.abc import Iterator
from typing import Any

import pytest

from shared import directory, journal
from shared.directory import PersonForm, importing
from shared.directory.importing import Report, import_people
from shared.lib import i18n, sheets
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Invalid

LIST = """
工号,姓名,英文名,部门,部门英文名,职务,邮箱,手机,分机,代理人,受保护,身份证号
E1,王建明,,市场部,Marketing,经理,wang@example.com,154 0000 0001,8021,李娜,否,1
E2,李娜,,市场部,Marketing,,LINA@example.com,15400000002,8022,wang@example.com,,2
E3,陈艾玛,Emma Chen,市场部,Marketing,,,,,,,3
,陆景行,,总经办,,总经理,,,,,是,4
"""


@pytest.fixture(autouse=True)
def english(database: str) -> Iterator[None]:
    with i18n.use("en"):
        yield


def cells(written: str) -> list[list[str]]:
    return sheets.read(written.strip().encode())


def bring(written: str, **options: Any) -> Report:
    return import_people(cells(written), **options)


def told(report: Report) -> list[tuple[int, str, str]]:
    return [(line.row, line.what, line.sentence) for line in report.lines]


def nobody() -> bool:
    return directory.people() == directory.departments() == []


def test_a_list_becomes_people_departments_and_deputies() -> None:
    with acting_as(Actor("account", 7, "韩雪梅")):
        report = bring(LIST)
    assert (report.applied, report.count("new"), report.departments) == (True, 4, ("市场部", "总经办"))
    assert report.ignored == ("身份证号",)
    (wang,), (li,), (emma,), (lu,) = (directory.find(name) for name in ("王建明", "lina", "emma", "lujingxing"))
    assert (wang.number, wang.title, wang.department_en, wang.deputy_id) == ("E1", "经理", "Marketing", li.id)
    assert (li.deputy_id, lu.protected, emma.alias, emma.has_email) == (wang.id, True, "Emma Chen", False)
    contact = directory.contact(wang.id)
    assert (contact.email, contact.phone, contact.phone_normal, contact.extension) == (
        "wang@example.com", "154 0000 0001", "+8615400000001", "8021",
    )  # fmt: skip
    assert directory.resolve_text("Emma Chen") == emma
    (event,) = journal.newest(1)
    assert (event.action, event.actor) == ("directory.imported", "account:7")
    assert event.data == {"new": 4, "changed": 0, "departments": 2}


def test_the_same_list_again_changes_nothing() -> None:
    bring(LIST)
    seq, before = journal.last_seq(), directory.people()
    report = bring(LIST)
    assert [line.what for line in report.lines] == ["unchanged"] * 4
    assert report.applied
    assert journal.last_seq() == seq
    assert directory.people() == before


def test_a_later_list_changes_what_it_says_and_keeps_what_it_does_not() -> None:
    bring(LIST)
    (wang,) = directory.find("wangjianming")
    report = bring(
        "员工编号,姓名,部门,分机,手机,职务\nE1,王建民,销售部,8099,,\nE2,李娜,市场部,8022,154-0000-0002,主管\n"
    )
    assert told(report) == [(2, "changed", "Department, Extension, Name"), (3, "changed", "Title")]
    changed = directory.person(wang.id)
    assert changed is not None
    assert (changed.name, changed.department, changed.title, changed.row_version) == ("王建民", "销售部", "经理", 2)
    assert directory.contact(wang.id).phone == "154 0000 0001"
    assert directory.find("wangjianming") == []
    assert directory.find("wangjianmin") == [changed]


def test_people_are_known_again_by_number_then_address_then_name_and_department() -> None:
    bring("姓名,部门,邮箱\n王伟,研发部,\n张伟,销售部,zhang@example.com\n")
    (wang,), (zhang,) = directory.find("王伟"), directory.find("张伟")
    report = bring("姓名,部门,邮箱,工号\n王伟,研发部,wang@example.com,E1\n张大伟,市场部,ZHANG@example.com,E2\n")
    assert [line.what for line in report.lines] == ["changed", "changed"]
    assert [one.id for one in directory.people()] and {one.id for one in directory.people()} == {wang.id, zhang.id}
    bring("姓名,部门,邮箱,工号\n王小伟,销售部,new@example.com,E1\n")
    assert directory.contact(wang.id).email == "new@example.com"


def test_one_row_with_an_error_stops_all() -> None:
    report = bring("姓名,部门,邮箱,手机\n王建明,市场部,,\n=1+1,市场部,,\n李娜,市场部,x@,12345\n张三,,,\n")
    assert not report.applied
    assert report.departments == ("市场部",)
    assert told(report) == [
        (2, "new", ""),
        (3, "error", "Name: Write a name: letters, at most 40 characters."),
        (4, "error", "E-mail address: This is not an e-mail address. Phone: This is not a phone number. "
                     "Write it as 138 0013 8000, 0755-12345678 or +49 30 123456."),
        (5, "error", "Department is missing."),
    ]  # fmt: skip
    assert nobody()


def test_namesakes_in_one_department_need_something_to_tell_them_apart() -> None:
    report = bring("姓名,部门,邮箱\n王伟,研发部,a@example.com\n王伟,研发部,\n王 伟,市场部,\n")
    assert [line.what for line in report.lines] == ["new", "error", "new"]
    assert report.lines[1].sentence == (
        "Several people in 研发部 are called 王伟. Add an e-mail address or an employee number."
    )
    assert nobody()
    both = "姓名,部门,邮箱\n王伟,研发部,a@example.com\n王伟,研发部,b@example.com\n王伟,市场部,\n"
    assert bring(both).count("new") == 3
    assert bring(both).count("unchanged") == 3


def test_a_namesake_of_somebody_known_is_asked_about() -> None:
    bring("姓名,部门,邮箱\n王伟,研发部,a@example.com\n")
    report = bring("姓名,部门,邮箱\n王伟,研发部,b@example.com\n")
    assert [line.what for line in report.lines] == ["error"]
    assert bring("姓名,部门,邮箱\n王伟,研发部,a@example.com\n王伟,研发部,b@example.com\n").count("new") == 1


@pytest.mark.parametrize("column", ["工号", "邮箱"])
def test_a_value_that_only_one_can_have_stands_once(column: str) -> None:
    value = "E1" if column == "工号" else "a@example.com"
    report = bring(f"姓名,部门,{column}\n王伟,研发部,{value}\n李娜,市场部,{value}\n")
    assert [line.what for line in report.lines] == ["new", "error"]
    assert "Row 2 has the same" in report.lines[1].sentence


def test_an_address_of_somebody_else_is_refused() -> None:
    bring("姓名,部门,邮箱,工号\n王伟,研发部,a@example.com,E1\n李娜,市场部,b@example.com,E2\n")
    for written in ("E1,王伟,研发部,b@example.com", "E9,赵磊,研发部,b@example.com"):
        report = bring(f"工号,姓名,部门,邮箱\n{written}\n")
        assert told(report) == [(2, "error", "李娜 has this e-mail address already.")]


def test_deputies_must_be_clear() -> None:
    report = bring(
        "姓名,部门,代理人\n王伟,研发部,张伟\n张伟,销售部,张三\n张伟,市场部,王伟\n李娜,市场部,李娜\n刘洋,市场部,x@example.com\n"
    )
    assert [line.sentence for line in report.lines] == [
        "Several people are called 张伟. Write the deputy's e-mail address.",
        "There is no deputy 张三.",
        "",
        "Nobody can be their own deputy.",
        "There is no deputy x@example.com.",
    ]
    assert nobody()


def test_a_deputy_may_be_somebody_who_is_there_already_and_may_change() -> None:
    bring(LIST)
    (emma,), (wang,) = directory.find("emma"), directory.find("王建明")
    report = bring("工号,姓名,部门,代理人\nE1,王建明,市场部,陈艾玛\n")
    assert told(report) == [(2, "changed", "Deputy")]
    assert directory.deputy_of(wang.id) == directory.person(emma.id)
    assert bring("工号,姓名,部门,代理人\nE1,王建明,市场部,陈艾玛\n").count("unchanged") == 1


def test_who_had_left_comes_back_by_number_and_a_namesake_is_somebody_new() -> None:
    bring(LIST)
    (wang,), (lu,) = directory.find("王建明"), directory.find("陆景行")
    directory.retire_person(wang.token)
    directory.retire_person(lu.token)
    report = bring("工号,姓名,部门\nE1,王建明,市场部\n,陆景行,总经办\n")
    assert told(report) == [(2, "changed", "Is back."), (3, "new", "")]
    assert [one.id for one in directory.find("王建明")] == [wang.id]
    assert [one.id for one in directory.find("陆景行")] != [lu.id]


def test_a_rehearsal_tells_and_writes_nothing() -> None:
    report = bring(LIST, rehearse=True)
    assert (report.count("new"), report.applied) == (4, False)
    assert nobody()


def test_a_directory_that_changes_meanwhile_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bring(LIST)
    department = directory.departments()[0].token
    plan, names = importing.make_plan, iter(["赵磊", "黄俊", "刘洋"])

    def slow(*given: Any) -> Any:
        made = plan(*given)
        directory.add_person(PersonForm(name=next(names), department=department))
        return made

    monkeypatch.setattr(importing, "make_plan", slow)
    with pytest.raises(Conflict, match="changing the directory"):
        bring("姓名,部门\n马晓军,市场部\n")
    assert directory.find("maxiaojun") == []
    monkeypatch.setattr(importing, "make_plan", plan)
    assert bring("姓名,部门\n马晓军,市场部\n").applied


def test_ten_thousand_rows_come_in_one_go() -> None:
    rows = [[f"E{number}", f"王{'一二三四五六七八九十'[number % 10]}{chr(0x4E00 + number // 10)}", f"部门{number % 40}",
             f"p{number}@example.com"] for number in range(10_000)]  # fmt: skip
    report = import_people([["工号", "姓名", "部门", "邮箱"], *rows])
    assert (report.applied, report.count("new"), len(report.departments)) == (True, 10_000, 40)
    assert len(directory.people()) == 10_000
    assert len(directory.find("wang", limit=50)) == 50
    with pytest.raises(Invalid, match="too many rows"):
        import_people([["工号", "姓名", "部门", "邮箱"], *rows, ["E", "王伟", "研发部", ""]])
