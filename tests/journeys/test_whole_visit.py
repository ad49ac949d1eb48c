"""A whole visit in three browsers, from the door to the cleared room: the report says how each clause was kept."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.actors import Host, Manager, Reception, Visitor
from tests.journeys.conftest import Site, opened
from tests.moving_clock import WHERE, MovingClock
from tests.serving import wait_for

MINUTE = 60
REFILL = "一.1.5"
OF_THE_VISITOR, OF_THE_ROOM = ("一.1.1", "一.1.4"), ("一.1.3", REFILL, "一.1.6")


@pytest.fixture
def clock(tmp_path_factory: pytest.TempPathFactory) -> MovingClock:
    """Ten in the morning, so that no visit begins in one month and ends in the next."""
    made = MovingClock(tmp_path_factory.mktemp("clock") / "ahead")
    today = datetime.now(ZoneInfo("Asia/Shanghai"))
    made.reaches(datetime.combine(today + timedelta(days=1), time(10), today.tzinfo))
    return made


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory, clock: MovingClock) -> Iterator[Site]:
    """A desk for each visit, at which nothing has happened yet."""
    settings = {WHERE: str(clock.path)}
    with opened(tmp_path_factory.mktemp("desk"), "tests.moving_clock", new=True, **settings) as made:
        yield made


@pytest.fixture
def manager(browser: Browser, site: Site, language: str) -> Iterator[Manager]:
    actor = Manager(browser, site, language)
    actor.signs_in()
    yield actor
    actor.goes()


@dataclass
class Day:
    """The desk's clock beside the clocks of the procedure that run there."""

    site: Site
    clock: MovingClock

    def begun(self, key: str) -> dict[str, Any]:
        """The one clock of this key that runs."""
        bearer = {"Authorization": f"Bearer {self.site.token}"}
        rows = json.loads(self.site.desk.ask("GET", "/api/v1/deadlines?state=open", **bearer)[2])["deadlines"]
        return next((row for row in rows if row["key"] == key), {})

    def after(self, key: str, seconds: float) -> None:
        """So long after `key` began."""
        row = wait_for(lambda: self.begun(key), f"{key} to run")
        self.clock.reaches(datetime.fromisoformat(row["starts_at"]) + timedelta(seconds=seconds))


@pytest.fixture
def day(site: Site, clock: MovingClock) -> Day:
    return Day(site, clock)


@dataclass(frozen=True)
class Pace:
    """After how many seconds everybody does their part; how Due now looks then, if that can be told."""

    greeted: float
    answered: float
    served: float
    refilled: float
    over: float
    cleared: float
    look: str = ""
    refill: str = ""


QUICK = Pace(0, 0, 0, 15 * MINUTE + 1, 13 * MINUTE + 1, 110, refill="over")
SLOW = Pace(61, 10 * MINUTE + 1, 3 * MINUTE + 1, 18 * MINUTE + 1, 18 * MINUTE + 1, 121, look="late", refill="late")


def looks(reception: Reception, key: str, name: str, state: str, *, by_itself: bool = False) -> None:
    """Its row stands there, and is coloured like this when that is said: on a page just opened, or `by_itself`."""
    row = reception.runs(key, name)
    if state and not by_itself:
        reception.page.reload()
    expect(row).to_have_attribute("data-state", state) if state else expect(row).to_be_visible()


def own_code(visitor: Visitor) -> str:
    """The short code, as one's own page behind the QR of the last step says it."""
    own = re.search(r"/visits/([\w-]+)/", visitor.page.locator("#done-qr").get_attribute("src") or "")
    assert own
    phone = visitor.context.new_page()
    phone.goto(f"/v/{own[1]}")
    code = phone.locator("[data-code]").get_attribute("data-code")
    phone.close()
    return str(code)


def comes(day: Day, pace: Pace, visitor: Visitor, reception: Reception, host: Host, drink: str) -> str:
    """Arrives, is greeted, answered for and seated; gives the code to leave with."""
    who, whom = visitor.says("陈嘉豪", "Anna Miller"), visitor.says("王建明", "Wang Jianming")
    reception.signs_in()
    host.signs_in()
    visitor.checks_in_to_see("wang", whom, who=who, company="深蓝物联", drink=drink)
    code = own_code(visitor)
    day.after("T01", pace.greeted)
    looks(reception, "T01", who, pace.look)
    reception.settles("T01", who)
    host.is_told_about(who)
    day.after("T02", pace.answered)
    looks(reception, "T02", whom, pace.look, by_itself=True)
    host.answers("马上到", "Coming")
    expect(reception.runs("T02", whom)).to_have_count(0)
    reception.seats(who)
    reception.page.keyboard.press("Escape")
    return code


def sits(day: Day, pace: Pace, reception: Reception, host: Host, drink: str) -> None:
    """Is brought something, and something again; then the meeting goes on for longer than anybody thought."""
    room = reception.says("兰", "Orchid")
    expect(reception.room(room)).to_have_attribute("data-room-state", "occupied")
    expect(reception.runs("T03", room)).to_contain_text(drink)
    day.after("T03", pace.served)
    looks(reception, "T03", room, pace.look)
    reception.settles("T03", room)
    host.meets()
    day.after("T04", pace.refilled)
    looks(reception, "T04", room, pace.refill)
    reception.settles("T04", room)
    expect(reception.runs("T04", room)).not_to_have_attribute("data-state", pace.refill)
    day.after("T04", pace.over)
    looks(reception, "T04", room, pace.look or "soon")


def goes(day: Day, pace: Pace, visitor: Visitor, reception: Reception, code: str) -> None:
    """Leaves at the kiosk; reception goes through the checklist of the room."""
    room = reception.says("兰", "Orchid")
    visitor.leaves(code)
    expect(reception.room(room)).to_have_attribute("data-room-state", "to_clear")
    expect(reception.runs("T04", room)).to_have_count(0)
    done = reception.tidies(room)
    day.after("T05", pace.cleared)
    done.click()
    expect(reception.room(room)).to_have_attribute("data-room-state", "free")


def named(numbers: Iterable[str], name: str) -> dict[str, list[str]]:
    return {number: [name] for number in numbers}


def reports(manager: Manager, share: str, chip: str, rows: dict[str, list[str]]) -> None:
    """The share of each clause, and of them all; one click away are the rows, with whom or what they are about."""
    manager.reads_the_report()
    expect(manager.page.locator(".sum .big")).to_have_text(share)
    behind = {}
    for number in rows:
        expect(manager.clause(number).locator(".share")).to_have_text(share)
        behind[number] = manager.clause(number).locator(".share a").get_attribute("href")
    for number, names in rows.items():
        manager.page.goto(str(behind[number]))
        expect(manager.page.locator("[data-rows] .who b")).to_have_text(names)
        expect(manager.page.locator(f"[data-rows] .chip.{chip}")).to_have_count(len(names))


@pytest.mark.parametrize("language", ["zh-Hans"], indirect=True)
def test_a_visit_at_which_everything_was_in_time_is_a_hundred_per_cent(
    day: Day, visitor: Visitor, reception: Reception, host: Host, manager: Manager
) -> None:
    manager.sets(kiosk_drinks=True)
    code = comes(day, QUICK, visitor, reception, host, "coffee")
    sits(day, QUICK, reception, host, "咖啡")
    goes(day, QUICK, visitor, reception, code)
    rows = named(OF_THE_VISITOR, "陈嘉豪") | named(OF_THE_ROOM, "兰")
    reports(manager, "100.0%", "ok", rows)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_the_same_with_everything_late_is_nothing_per_cent_and_the_rows_are_named(
    day: Day, visitor: Visitor, reception: Reception, host: Host, manager: Manager
) -> None:
    code = comes(day, SLOW, visitor, reception, host, "")
    sits(day, SLOW, reception, host, "tea")
    goes(day, SLOW, visitor, reception, code)
    rows = named(OF_THE_VISITOR, "Anna Miller") | named(OF_THE_ROOM, "Orchid")
    reports(manager, "0.0%", "late", rows | {REFILL: ["Orchid", "Orchid"]})
