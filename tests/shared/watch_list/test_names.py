"""A name on the list is the whole name, as it is written or in full pinyin; nothing less."""

from datetime import timedelta

import pytest

from shared import watch_list
from tests.cast import checks_in
from tests.shared.watch_list.conftest import Clock, Desk, listed, matched


def found(name: str, company: str = "") -> bool:
    done = checks_in(visitor_name=name, visitor_company=company or "个人")
    return bool(matched(done.id))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("listed_as", "typed"),
    [
        ("陈嘉豪", "陈 嘉豪"),
        ("Maria Reyes", "maria  REYES"),
        ("Maria Reyes", "Reyes, Maria"),
        ("Maria Anna Reyes", "Reyes Maria Anna"),
        ("José García", "Jose Garcia"),
        ("Jürgen Müller", "Mueller Juergen"),
        ("Patrick O'Brien", "Patrick O’Brien"),
        ("张伟", "Zhang Wei"),
        ("张伟", "Wei Zhang"),
        ("张伟", "zhangwei"),
        ("Wei Zhang", "张伟"),
        ("Zhang Wei", "张伟"),
        ("单伟", "Shan Wei"),
        ("单伟", "Dan Wei"),
        ("Dan Wei", "单伟"),
        ("欧阳娜娜", "Nana Ouyang"),
        ("吕布", "Lü Bu"),
        ("吕布", "Lyu Bu"),
        ("曾国", "Zeng Guo"),
    ],
)
def test_the_same_name_is_found_however_it_is_written(desk: Desk, listed_as: str, typed: str) -> None:
    listed(listed_as)
    assert found(typed)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("listed_as", "typed"),
    [
        ("Yes", "Reyes"),
        ("Reyes", "Yes"),
        ("Maria Reyes", "Maria"),
        ("Maria Reyes", "Reyes"),
        ("Maria Reyes", "M Reyes"),
        ("Maria Reyes", "Maria Reyesova"),
        ("张伟", "张伟明"),
        ("张伟明", "张伟"),
        ("张伟", "张玮"),
        ("张伟", "zw"),
        ("张伟", "Z. W."),
        ("张伟", "Zhang"),
        ("张伟", "Zhang Weiming"),
        ("Zhang Wei", "张伟明"),
        ("Li Na", "Nali"),
    ],
)
def test_a_part_initials_or_another_name_is_never_found(desk: Desk, listed_as: str, typed: str) -> None:
    listed(listed_as)
    assert not found(typed)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_alias_counts_like_the_name(desk: Desk) -> None:
    entry = listed("张伟", aliases="强尼\nJohnny Zhang、张三")
    assert entry.aliases == ("强尼", "Johnny Zhang", "张三")
    assert all(found(name) for name in ("强尼", "Zhang Johnny", "张三", "San Zhang"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_company_has_to_be_theirs_unless_the_visitor_names_none(desk: Desk) -> None:
    listed("张伟", company="Deep Blue, Ltd.")
    assert found("张伟", "deep blue ltd")
    assert not found("张伟", "深蓝物联")
    assert found("张伟", "private") and found("张伟", "个人")
    listed("李强")
    assert found("李强", "深蓝物联"), "an entry without a company is about the name alone"


def test_an_entry_counts_to_the_end_of_its_last_day_and_no_longer(desk: Desk, time: Clock) -> None:
    entry = listed("张伟", expires="2026-11-24")
    assert found("张伟")
    time.at = entry.expires_at - timedelta(milliseconds=1)
    assert found("张伟")
    time.at = entry.expires_at
    assert not found("张伟")
    assert watch_list.entries() == []


def test_what_is_changed_or_ended_counts_from_the_next_visitor_on(desk: Desk) -> None:
    entry = listed("张伟")
    assert found("张伟")
    form = {"name": "李强", "reason": "x", "instruction": "y"}
    watch_list.change(entry.token, watch_list.WatchForm.model_validate(form), entry.row_version)
    assert not found("张伟") and found("李强")
    watch_list.end(entry.token)
    assert not found("李强")
    watch_list.resume(entry.token)
    assert found("李强")
