"""Due now on two consoles: the same rows, settled once, coloured by its clock, heard once, still under a hand."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.actors import Reception, Visitor
from tests.journeys.conftest import Site, opened
from tests.journeys.test_access import LIKE_A_READER, faults
from tests.moving_clock import WHERE, MovingClock

LISTEN = """window.played = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { window.played.push(this.src); return play.call(this); };"""
ORDER = "[...document.querySelectorAll('#due > [data-due]')].map((row) => row.dataset.key + row.dataset.visit)"


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> MovingClock:
    return MovingClock(tmp_path_factory.mktemp("clock") / "ahead")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, clock: MovingClock) -> Iterator[Site]:
    settings = {WHERE: str(clock.path)}
    with opened(tmp_path_factory.mktemp("desk"), "tests.moving_clock", **settings) as made:
        yield made


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "zh-Hans"))


@pytest.fixture
def colleague(browser: Browser, site: Site, language: str) -> Iterator[Reception]:
    actor = Reception(browser, site, language)
    yield actor
    actor.goes()


@pytest.fixture(autouse=True)
def nobody_stays(site: Site) -> Iterator[None]:
    """Everybody who waits is seen off afterwards, so that nothing is due when the next test begins."""
    yield
    bearer = {"Authorization": f"Bearer {site.token}"}
    for visit in json.loads(site.desk.ask("GET", "/api/v1/visits?state=arrived", **bearer)[2])["visits"]:
        assert site.desk.ask("POST", f"/api/v1/visits/{visit['token']}/departure", **bearer)[0] == 200


def comes(visitor: Visitor, name: str) -> None:
    visitor.checks_in_to_see("wang", visitor.says("王建明", "Wang Jianming"), who=name, company="青木设计")


def heard(console: Reception) -> int:
    """How often something became late on this console."""
    return int(console.page.evaluate("window.played.filter((src) => src.endsWith('late.wav')).length"))


def test_two_consoles_show_a_row_and_one_tap_takes_it_off_both(
    visitor: Visitor, reception: Reception, colleague: Reception
) -> None:
    consoles = (reception, colleague)
    for console in consoles:
        console.signs_in()
    comes(visitor, "何一帆")
    for console in consoles:
        expect(console.due("T01", "何一帆")).to_contain_text("一.1.1")
    reception.page.route("**/console/due?*", lambda route: route.abort())  # this console has not heard of it yet
    colleague.due("T01", "何一帆").get_by_role("button", name="已接待").click()
    expect(colleague.due("T01", "何一帆").get_by_role("button", name="撤销")).to_be_visible()

    reception.due("T01", "何一帆").get_by_role("button", name="已接待").click()
    expect(reception.page.locator("[data-toasts]")).to_contain_text("已经接待过")
    reception.page.unroute("**/console/due?*")
    row = reception.due("T01", "何一帆")
    expect(row).to_have_class("settled")
    expect(row.get_by_role("button", name="撤销")).to_be_hidden()
    for console in consoles:
        expect(console.due("T01", "何一帆")).to_have_count(0, timeout=20_000)
        expect(console.due("T02", "王建明")).to_be_visible()


def test_the_colours_come_when_the_desks_clock_says_so_and_late_is_heard_once(
    visitor: Visitor, reception: Reception, colleague: Reception, clock: MovingClock
) -> None:
    consoles = (reception, colleague)
    for console in consoles:
        console.page.add_init_script(LISTEN)
        console.signs_in()
    comes(visitor, "沈知夏")
    expect(colleague.due("T01", "沈知夏")).to_be_visible()
    colleague.page.keyboard.press("l")
    expect(colleague.page.locator("[data-lock-box]")).to_be_visible()

    def turns(key: str, state: str, seconds: float) -> None:
        clock.moves(seconds)
        for console, name in ((reception, "沈知夏"), (colleague, "沈**")):
            expect(console.due(key, name)).to_have_attribute("data-state", state, timeout=20_000)

    turns("T01", "soon", 31)
    assert [heard(console) for console in consoles] == [0, 0]
    turns("T01", "late", 30)
    expect(reception.page).to_have_title(re.compile(r"^\(1\) "))
    assert [heard(console) for console in consoles] == [1, 1]
    turns("T02", "soon", 60)
    turns("T02", "over", 60)
    assert [heard(console) for console in consoles] == [1, 1]
    turns("T02", "late", 120)
    assert [heard(console) for console in consoles] == [2, 2]
    colour = "getComputedStyle(document.querySelector('#due > [data-key=T02][data-state=late]')).backgroundColor"
    expect(reception.page.locator('[data-count="late"]')).to_have_text("2 项超时")
    assert reception.page.evaluate(colour) != "rgba(0, 0, 0, 0)"


def test_without_a_mouse_a_row_is_reached_settled_and_taken_back(visitor: Visitor, reception: Reception) -> None:
    reception.signs_in()
    comes(visitor, "孟庆远")
    row = reception.due("T01", "孟庆远")
    expect(row).to_be_visible()
    keys = reception.page.keyboard
    keys.press("d")
    keys.press("ArrowDown")
    expect(reception.due("T02", "孟庆远").locator("[data-settle]")).to_be_focused()
    keys.press("ArrowUp")
    expect(row.locator("[data-settle]")).to_be_focused()
    keys.press("Enter")
    expect(row).to_have_class("settled")
    expect(reception.due("T02", "孟庆远").locator("[data-settle]")).to_be_focused()
    keys.press("u")
    expect(row.get_by_role("button", name="已接待")).to_be_visible()


def test_nothing_moves_under_the_pointer(
    browser: Browser, site: Site, language: str, visitor: Visitor, reception: Reception
) -> None:
    reception.signs_in()
    comes(visitor, "陈嘉豪")
    expect(reception.due("T02", "陈嘉豪")).to_be_visible()
    reception.due("T02", "陈嘉豪").hover()
    before = reception.page.evaluate(ORDER)
    second = Visitor(browser, site, language)
    comes(second, "邹雨薇")
    expect(reception.due("T02", "邹雨薇")).to_be_visible()
    assert reception.page.evaluate(ORDER)[: len(before)] == before
    reception.page.locator(".board h1").hover()
    reception.page.wait_for_function(
        f"(before) => ({ORDER}).slice(0, before.length).join() !== before.join()", arg=before
    )
    keys = [key[:3] for key in reception.page.evaluate(ORDER)]
    assert keys[-2:] == ["T02", "T02"], keys
    second.goes()


def test_every_state_is_for_everybody(
    browser: Browser, site: Site, language: str, visitor: Visitor, clock: MovingClock
) -> None:
    reception = Reception(browser, site, language, **LIKE_A_READER)
    reception.signs_in()
    page, wrong = reception.page, {}
    wrong["nothing due"] = faults(page)
    comes(visitor, "何一帆")
    for key, state, seconds in (("T01", "", 0), ("T01", "soon", 31), ("T02", "soon", 90), ("T02", "over", 60)):
        clock.moves(seconds)
        row = reception.due(key, "何一帆")
        expect(row).to_have_attribute("data-state", state, timeout=20_000) if state else expect(row).to_be_visible()
        wrong[f"{key} {state}"] = faults(page)
    reception.due("T01", "何一帆").locator("[data-settle]").click()
    expect(reception.due("T01", "何一帆")).to_have_class("settled")
    wrong["done"] = faults(page)
    page.set_viewport_size({"width": 390, "height": 844})
    wrong["tab"] = faults(page)
    page.goto("/console/visits")
    expect(page.locator(".now.brief .counts")).to_be_visible()
    wrong["line"] = faults(page)
    assert not any(wrong.values()), json.dumps(wrong, indent=1, ensure_ascii=False)
    reception.goes()
