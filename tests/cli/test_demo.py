"""The demo company keeps the promises of its data (procedure 5.4), as it stands at half past ten."""

import re
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli.demo import loading, staff
from cli.demo.days import is_working
from cli.demo.visitors import is_foreign, pool
from shared import accounts, alerts, badges, company, deadlines, directory, journal, presence, rooms, visits
from shared.lib import clock, i18n
from shared.lib.config import settings
from shared.visits import ON_SITE, Visit
from tests.cli.demo_desk import NOW, assert_gapless, desk, rows


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[str]:
    """The demo at half past ten, and what it prints."""
    with desk(tmp_path_factory.mktemp("demo"), empty_file):
        yield loading.fill(settings(), NOW)


def past() -> list[Visit]:
    return [row for row in rows(Visit.arrived_at.is_not(None)) if row.arrived_at and row.arrived_at.date() < NOW.date()]


def local(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.astimezone(settings().zone)


def test_sixty_people_with_their_traps(told: str) -> None:
    people = directory.people()
    names = Counter(one.name for one in people)
    assert len(people) == 60
    assert len(directory.departments()) == 8
    assert {name for name, count in names.items() if count == 2} == {"王伟", "张伟"}
    assert {one.name for one in people if one.protected} == {"陆景行", "沈若澜", "顾清"}
    assert {"买买提·艾力", "萧䶮", "尉迟明"} <= names.keys()
    spoken = {one.name: one.spoken("en") for one in people}
    assert spoken["陈艾玛"] == "Emma Chen"
    assert [spoken[name] for name in ("单玉芬", "仇晓英", "区海峰", "朴信爱")] == [
        "Shan Yufen", "Qiu Xiaoying", "Ou Haifeng", "Piao Xin'ai"
    ]  # fmt: skip
    deputies = {one.name: directory.deputy_of(one.id) for one in people}
    assert all(deputies.values())
    assert deputies["尉迟明"] and deputies["尉迟明"].name == "李强"


def test_nobody_can_be_reached_for_real(told: str) -> None:
    contacts = [directory.contact(one.id) for one in directory.people()]
    assert all(one.email and one.email.endswith("@example.com") for one in contacts)
    assert all(one.phone and one.phone.startswith("154") and len(one.phone) == 11 for one in contacts)
    assert len({one.email for one in contacts} | {one.extension for one in contacts}) == 120
    assert all(row.phone is None or row.phone.startswith("+86154") for row in rows())


def test_the_company_says_that_it_is_a_demo(told: str) -> None:
    assert company.facts().demo
    assert company.facts().name == "星禾信息科技"
    assert {row.source for row in rows()} == {"demo"}


def test_register_numbers_have_no_gap(told: str) -> None:
    assert_gapless()


def test_everybody_left_after_arriving_and_met_in_between(told: str) -> None:
    for row in rows(Visit.arrived_at.is_not(None)):
        times = [row.arrived_at, row.host_answered_at, row.met_at, row.left_at]
        known = [moment for moment in times if moment is not None]
        assert known == sorted(known), row.reg_no


def test_nobody_on_site_shares_a_badge(told: str) -> None:
    worn = [row.badge_number for row in rows(Visit.state.in_(ON_SITE))]
    assert len(worn) == len(set(worn)) == 4


def test_what_is_too_old_has_lost_its_names_and_numbers(told: str) -> None:
    left = rows(Visit.left_at.is_not(None))
    old = [row for row in left if row.left_at and row.left_at < NOW - timedelta(days=60)]
    young = [row for row in left if row.left_at and row.left_at >= NOW - timedelta(days=60)]
    assert len(old) > 150
    assert all(re.fullmatch(r"\w{1,2}\*\*", row.visitor_name) for row in old)
    assert not any(row.visitor_company or row.purpose_note or row.remark or row.visitor_key for row in old)
    assert not any("*" in row.visitor_name for row in young)
    closed = [row for row in left if row.left_at and row.left_at < NOW - timedelta(days=30)]
    assert not any(row.phone or row.phone_key for row in closed)
    assert any(row.phone for row in left)


def test_visits_follow_the_calendar(told: str) -> None:
    days = Counter(local(row.arrived_at).date() for row in past())
    assert min(days).isoformat() == "2025-08-01"
    assert all(is_working(day) for day in days)
    assert not any(f"2025-10-0{day}" in map(str, days) for day in range(1, 9))
    assert {"2025-09-28", "2025-10-11"} <= set(map(str, days))
    assert 8 <= sum(days.values()) / len(days) <= 12


def test_visits_are_spread_as_the_procedure_says(told: str) -> None:
    came = past()
    share = lambda count: count / len(came)  # noqa: E731
    hours = Counter(local(row.arrived_at).hour for row in came)
    assert hours[9] + hours[10] > 2 * (hours[11] + hours[12])
    assert hours[14] > hours[12] < hours[10]
    assert 0.48 <= share(sum(row.expected_at is not None for row in came)) <= 0.62
    assert 0.10 <= share(sum(row.first_visit and row.expected_at is None for row in came)) <= 0.20
    assert 0.74 <= share(sum(row.met_at is not None for row in came)) <= 0.86
    minutes = sorted((row.left_at - row.arrived_at).seconds / 60 for row in came if row.left_at and row.met_at)  # type: ignore[operator]
    assert 33 <= minutes[len(minutes) // 2] <= 50
    purposes = Counter(row.purpose for row in came)
    assert purposes.most_common(1)[0][0] == "business"
    assert set(purposes) <= visits.PURPOSES.keys()
    assert sum(row.left_how == "auto" for row in came) >= 4


def test_180_visitors_of_45_firms() -> None:
    people = pool(loading.SEED)
    assert len({one.name for one in people}) == 180
    assert len({one.company for one in people}) == 45
    assert sum(is_foreign(one.name) for one in people) == 14


def test_the_scene_of_half_past_ten(told: str) -> None:
    clock.set_clock(lambda: NOW)
    board = visits.board()
    lanes = {
        name: [visit.visitor_name for visit in getattr(board, name).visits]
        for name in ("expected", "waiting", "meeting", "left")
    }
    assert lanes == {
        "expected": ["刘思远", "沈知夏", "José García", "김민수", "郑书言", "张弛"],
        "waiting": ["彭先生", "何一帆"],
        "meeting": ["孟庆远", "陈嘉豪"],
        "left": ["周启明", "罗小军", "邹雨薇", "袁立"],
    }
    assert board.people_on_site == 5
    peng, he = board.waiting.visits
    assert (peng.host, peng.host_text, peng.first_visit, peng.invited) == (None, "陆总", True, False)
    assert he.arrived_at == NOW - timedelta(minutes=4)
    assert [(one.channel, one.state) for one in alerts.for_visits([he.id])[he.id]] == [
        ("again", "sent"), ("screen", "seen"),
    ]  # fmt: skip
    assert alerts.for_visits([peng.id]) == {}
    shown = badges.for_visits([visit.id for visit in (*board.waiting.visits, *board.meeting.visits)])
    assert {job.state for job in shown.values()} == {"printed"}


def test_the_rooms_of_half_past_ten(told: str) -> None:
    clock.set_clock(lambda: NOW)
    inside = visits.in_rooms()
    guests = {key: [one.visitor_name for one in some] for key, some in inside.items()}
    shown = [(one.name, one.seats, one.state, guests.get(one.use.id if one.use else 0, [])) for one in rooms.rooms()]
    assert shown == [
        ("兰", 4, "to_clear", []),
        ("竹", 6, "occupied", ["陈嘉豪"]),
        ("菊", 10, "occupied", ["孟庆远"]),
        ("等候区", 8, "occupied", ["何一帆"]),
    ]


def test_the_clocks_of_half_past_ten(told: str) -> None:
    clock.set_clock(lambda: NOW)
    names: dict[int | str, str] = {visit.id: visit.visitor_name for visit in visits.board().waiting.visits}
    names |= {f"room:{room.id}": room.name for room in rooms.rooms()}
    running = [
        (due.key, names.get(due.visit_id or due.subject), due.colour(NOW), NOW - due.starts)
        for due in deadlines.open_now()
    ]
    assert running == [
        ("T04", "竹", "over", timedelta(minutes=16)),
        ("T02", "何一帆", "over", timedelta(minutes=4)),
        ("T01", "彭先生", "late", timedelta(seconds=80)),
        ("T05", "兰", "soon", timedelta(seconds=90)),
        ("T08", None, "soon", timedelta(minutes=9)),
        ("T09", None, "soon", timedelta(seconds=220)),
        ("T04", "菊", "calm", timedelta(minutes=9)),
        ("T10", None, "calm", timedelta(seconds=220)),
    ]
    fired = [
        event for event in journal.newest(200) if event.topic == "deadlines" and event.data["key"] in ("T01", "T02")
    ]
    assert [(event.action, event.data["steps"], NOW - event.at) for event in fired[:3]] == [
        ("deadlines.breached", [], timedelta(seconds=20) - timedelta(microseconds=1)),
        ("deadlines.due", [], timedelta(seconds=20)),
        ("deadlines.warned", [], timedelta(seconds=50)),
    ]
    again = next(event for event in fired if event.data["steps"] == ["resend"])
    assert NOW - again.at == timedelta(minutes=1)


def test_the_past_was_greeted_and_answered_in_time_nearly_always(told: str) -> None:
    first = NOW - timedelta(days=120)
    for clause, least in (("一.1.1", 0.9), ("一.1.4", 0.9), ("一.1.3", 0.85), ("一.1.5", 0.82), ("一.1.6", 0.86)):
        kept = deadlines.kept(first, NOW, clause=clause)
        assert kept.total > 150
        assert least <= (kept.share or 0) < 1, clause
        assert all(row.seconds >= 0 for row in kept.rows if row.seconds is not None)


def test_some_are_out_in_a_meeting_or_on_leave(told: str) -> None:
    clock.set_clock(lambda: NOW)
    with i18n.use("zh_Hans"):
        said = {one.name: presence.of(one.id) for one in directory.people()}
        away = {name: one.words for name, one in said.items() if not one.is_in}
    assert away == {
        "李娜": "外出，15:00 回",
        "高翔": "开会，11:15 结束",
        "宋佳怡": "开会，10:55 结束",
        "任远": "外出，12:00 回",
        "邓婕": "休假，到 11月6日",
        "赵磊": "今天休假",
    }
    assert said["任远"].source == "reception"


def test_those_who_are_told_can_sign_in(told: str) -> None:
    kept = loading.SignIns(settings())
    kept.recall()
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    for one in accounts.accounts():
        secret = kept.kept["passwords"][one.name]
        assert f"{one.login} " in told
        assert secret in told
        assert staff.ACCOUNTS[one.name] in one.roles
    assert accounts.sign_in("linxiaotong", kept.kept["passwords"]["林晓彤"]).cookie
