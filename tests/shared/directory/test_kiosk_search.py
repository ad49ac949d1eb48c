"""What a visitor finds in the lobby, and what nobody finds there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared import directory
from shared.directory import PersonView, Suggestion
from shared.lib import clock, i18n

PEOPLE = (
    ("陆景行", "总经办", True), ("王建明", "市场部", False), ("曹建国", "行政人事部", False), ("蒋欣", "客服部", False),
    ("张伟", "市场部", False), ("张伟", "销售部", False), ("单玉芬", "财务部", False), ("朴信爱", "销售部", False),
    ("买买提·艾力", "销售部", False), ("萧䶮", "研发部", False), ("Anna Müller", "研发部", False),
)  # fmt: skip


@pytest.fixture(autouse=True)
def office(database: str) -> Iterator[dict[str, PersonView]]:
    """A few people of the demo company, in Chinese."""
    tokens: dict[str, str] = {}
    people = {}
    for name, department, protected in PEOPLE:
        if department not in tokens:
            english = {"市场部": "Marketing"}.get(department, "")
            form = directory.DepartmentForm(name=department, name_en=english)
            tokens[department] = directory.add_department(form).token
        form = directory.PersonForm(name=name, department=tokens[department], protected=protected, phone="15400001234")
        people[name] = directory.add_person(form)
    with i18n.use("zh_Hans"):
        yield people


def names(found: list[Suggestion]) -> list[str]:
    return [one.name for one in found]


def marked(one: Suggestion) -> list[str]:
    return [one.name[start:end] for start, end in one.marks]


def test_three_letters_find_and_say_what_matched() -> None:
    found = directory.suggest("jian")
    assert [(one.name, one.department, marked(one)) for one in found] == [
        ("曹建国", "行政人事部", ["建"]),
        ("王建明", "市场部", ["建"]),
        ("蒋欣", "客服部", ["蒋"]),
    ]


def test_in_english_the_name_is_spelled_and_the_department_translated() -> None:
    with i18n.use("en"):
        (one,) = directory.suggest("jianming")
    assert (one.name, one.department, marked(one)) == ("Wang Jianming", "Marketing", ["Jianming"])


TYPED = {
    "单玉芬": ("shanyu", "danyufen", "syf", "玉芬", "单玉"), "朴信爱": ("xinai", "piao xin", "Piao Xin'ai"),
    "买买提·艾力": ("aili", "买买提艾", "maimaitiaili"), "萧䶮": ("xiaoy",),
    "Anna Müller": ("mul", "mueller", "anna m"), "王建明": ("王jian", "wangjm", "wjianm", "ＷＡＮＧ", "建明"),
}  # fmt: skip
NOTHING = (
    "", " ", "\u3000\u3000", "%", "%%%", "___", "***", "???", "wang%", "wan_", "*wang", "王%", "王*明", "..*", "\\w+",
    "[a-z]", "王", "wa", "j", "  w a ", "'''", "···", "\0\0\0", "wang\0", "a" * 41, "市场部", "scb", "shichang",
)  # fmt: skip


def test_a_name_is_found_by_its_characters_its_sounds_its_initials_and_a_mixture() -> None:
    for name, all_typed in TYPED.items():
        for typed in all_typed:
            assert names(directory.suggest(typed)) == [name], typed


def test_wildcards_short_questions_and_departments_find_nobody() -> None:
    for typed in NOTHING:
        assert directory.suggest(typed) == directory.exact(typed) == [], typed


def test_protected_people_are_never_found(office: dict[str, PersonView]) -> None:
    for typed in ("陆景行", "lujingxing", "ljx", "景行"):
        assert directory.suggest(typed) == directory.exact(typed) == []
        assert directory.resolve_text(typed) is None
        assert directory.find(typed) == [office["陆景行"]]


def test_who_has_left_is_not_found(office: dict[str, PersonView]) -> None:
    (before,) = directory.suggest("蒋欣")
    directory.retire_person(office["蒋欣"].token)
    assert directory.suggest("蒋欣") == directory.find("蒋欣") == []
    assert directory.resolve_text("蒋欣") is None
    assert directory.resolve_ref(before.ref) is None
    directory.restore_person(office["蒋欣"].token)
    assert names(directory.suggest("蒋欣")) == ["蒋欣"]


def test_at_most_five_are_shown() -> None:
    token = directory.departments()[0].token
    for name in ("张一", "张二", "张三", "张四"):
        directory.add_person(directory.PersonForm(name=name, department=token))
    assert len(directory.find("zhang")) == 6
    assert len(directory.suggest("zhang")) == 5


def test_exact_needs_the_whole_name_and_offers_the_departments_of_homonyms() -> None:
    assert directory.exact("张") == directory.exact("zhangw") == directory.exact("zw") == directory.exact("zhw") == []
    assert directory.exact("jianming") == []
    for typed in ("张伟", "zhangwei", "Zhang Wei"):
        assert {(one.name, one.department) for one in directory.exact(typed)} == {
            ("张伟", "市场部"),
            ("张伟", "销售部"),
        }


def test_a_reference_is_opaque_names_one_person_and_grows_old(office: dict[str, PersonView]) -> None:
    (one,) = directory.suggest("wangjianming")
    (again,) = directory.suggest("wangjianming")
    assert one.ref != again.ref
    assert str(office["王建明"].id) != one.ref
    assert directory.resolve_ref(one.ref) == directory.resolve_ref(again.ref) == office["王建明"]
    moment = clock.now()
    clock.set_clock(lambda: moment + timedelta(minutes=16))
    assert directory.resolve_ref(one.ref) is None


def test_a_reference_that_was_made_up_means_nobody() -> None:
    for ref in ("", "x", "AAAA", "A" * 72, "王建明", "1", "%", "=" * 8, "\ud800"):
        assert directory.resolve_ref(ref) is None


def test_a_reference_that_was_changed_means_nobody() -> None:
    (one,) = directory.suggest("wangjianming")
    for at in range(0, len(one.ref) - 1, 7):
        other = "A" if one.ref[at] != "A" else "B"
        assert directory.resolve_ref(one.ref[:at] + other + one.ref[at + 1 :]) is None


def test_staff_may_refer_to_protected_people_and_a_kiosk_may_not(office: dict[str, PersonView]) -> None:
    leader, host = office["陆景行"], office["王建明"]
    assert directory.resolve_ref(directory.ref_of(leader)) == leader
    (open_ref,) = (one.ref for one in directory.suggest("wangjianming"))
    directory.change_person(host.token, directory.PersonChange(protected=True), host.row_version)
    assert directory.resolve_ref(open_ref) is None


def test_a_written_name_means_exactly_one_person(office: dict[str, PersonView]) -> None:
    assert directory.resolve_text(" 王 建明 ") == office["王建明"]
    assert directory.resolve_text("买买提艾力") == office["买买提·艾力"]
    for written in ("张伟", "王建", "wangjianming", "陆景行", "陆总", "", "%"):
        assert directory.resolve_text(written) is None


def test_an_alias_is_found_and_stands_behind_the_name() -> None:
    token = directory.departments()[0].token
    emma = directory.add_person(directory.PersonForm(name="陈艾玛", alias="Emma Chen", department=token))
    (one,) = directory.suggest("emma")
    assert (one.name, marked(one)) == ("陈艾玛 (Emma Chen)", ["Emma"])
    assert directory.resolve_text("emma chen") == emma
    with i18n.use("en"):
        assert names(directory.suggest("emma")) == ["Emma Chen"]
        assert emma.spoken("en") == "Emma Chen"


def test_a_suggestion_holds_no_contact_data() -> None:
    (one,) = directory.suggest("wangjianming")
    assert "15400001234" not in repr(one)
    assert "15400001234" in repr(directory.contact(one.person.id))
