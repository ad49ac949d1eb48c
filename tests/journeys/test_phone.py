"""The phone by keys alone: a call is written down, passed on, refused twice, put in writing, confirmed by a link."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.calendar.days import official
from tests.journeys.actors import Reception
from tests.journeys.conftest import Site, opened
from tests.journeys.test_access import faults
from tests.moving_clock import WHERE, MovingClock
from tests.serving import wait_for


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> MovingClock:
    """Ten in the morning of the next working day: whoever was missed is called back in working hours."""
    made = MovingClock(tmp_path_factory.mktemp("clock") / "ahead")
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    day = next(day for day in (tomorrow + timedelta(days=n) for n in range(20)) if official(day.date()) == "workday")
    made.reaches(day.replace(hour=10, minute=0))
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, clock: MovingClock) -> Iterator[Site]:
    settings = {WHERE: str(clock.path)}
    with opened(tmp_path_factory.mktemp("desk"), "tests.moving_clock", new=True, **settings) as made:
        yield made


@pytest.fixture
def desk(browser: Browser, site: Site, language: str) -> Iterator[Reception]:
    actor = Reception(browser, site, language)
    actor.signs_in()
    yield actor
    actor.goes()


def opens_a_pad(page: Page, key: str = "p") -> None:
    before = page.locator("[data-pad-id]").get_attribute("data-pad-id") if page.locator("[data-pad-id]").count() else ""
    page.keyboard.press(key)
    expect(page.locator(f'[data-pad-id]:not([data-pad-id="{before}"])')).to_be_visible()
    expect(page.locator("form[data-pad] [name=number]")).to_be_focused()


def writes(page: Page, caller: str, content: str) -> None:
    """Who calls, for whom, that a message is left, and what it says; only keys, never the mouse."""
    for typed in ("154 0000 1207", caller, "青木设计"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.locator("#pad-wanted").focus()  # past whoever the desk knows by this number
    page.keyboard.type("wang")
    expect(page.locator("#pad-wanted-list [role=option]").first).to_contain_text(re.compile("王建明|Wang Jianming"))
    page.keyboard.press("Enter")
    expect(page.locator("[name=became]").first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    expect(page.locator("[name=content]")).to_be_focused()
    page.keyboard.type(content)


def saves(page: Page) -> None:
    page.locator("[name=read_back]").press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-pad-id]")).to_have_count(0)


def passed_on(site: Site, subject: str) -> dict[str, Any]:
    """The five minutes of a message, as they were kept in the end."""
    bearer = {"Authorization": f"Bearer {site.token}"}

    def met() -> dict[str, Any] | None:
        rows = json.loads(site.desk.ask("GET", "/api/v1/deadlines?state=met", **bearer)[2])["deadlines"]
        return next((row for row in rows if (row["key"], row["subject"]) == ("T09", subject)), None)

    found: dict[str, Any] = wait_for(met, "it to be passed on")
    return found


def link(site: Site, said: str) -> str:
    """The page behind the last letter to Wang Jianming that says this."""
    letters = lambda: [told for told in site.inbox.told("wang@example.com") if said in told]  # noqa: E731
    found = re.search(rf"{site.desk.url}(/a/\S+)", wait_for(letters, "the letter")[-1])
    assert found
    return found[1]


def tries(page: Page, way: str, result: str) -> None:
    """Notes a try on the sheet of the message."""
    before = page.locator("#part-tries .history li").count()
    page.locator(f'#way-{way} button[data-values*="{result}"]').press("Enter")
    expect(page.locator("#part-tries .history li").nth(before)).to_be_visible()


def test_b1_7_refused_by_voice_twice_it_is_put_in_writing_and_confirmed_by_a_link(
    desk: Reception, browser: Browser, site: Site
) -> None:
    page, caller = desk.page, desk.says("苏婉", "Anna Keller")
    opens_a_pad(page)
    writes(page, caller, "样张今天送到，请签收后回电")
    assert faults(page) == []
    saves(page)
    row = desk.runs("T09", "青木设计")
    subject = str(row.get_attribute("data-subject"))
    expect(row).to_contain_text(desk.says("二.1.7", "2.1.7"))
    row.locator("a.look").press("Enter")
    expect(page.locator("#part-ways")).to_be_visible()
    for way in ("extension", "mobile"):
        tries(page, way, "refused")
    tries(page, "paper_slip", "delivered_written")
    phone = browser.new_context(base_url=site.desk.url, locale="zh-CN", viewport={"width": 390, "height": 844})
    recipient = phone.new_page()
    recipient.goto(link(site, "青木设计"))
    assert faults(recipient) == []
    recipient.locator('button[value="confirm"]').press("Enter")
    expect(page.locator("#part-ways")).to_have_count(0)
    phone.close()
    met = passed_on(site, subject)
    took = datetime.fromisoformat(met["met_at"]) - datetime.fromisoformat(met["starts_at"])
    assert met["in_time"] and took.total_seconds() <= 300


def test_b1_7_told_after_five_minutes_it_is_late(desk: Reception, clock: MovingClock, site: Site) -> None:
    page = desk.page
    opens_a_pad(page)
    writes(page, desk.says("沈知夏", "Lena Vogt"), "合同原件今天寄出，请留意")
    saves(page)
    row = desk.runs("T09", "青木设计").last
    subject = str(row.get_attribute("data-subject"))
    clock.moves(300.001)
    expect(page.locator(f'#due [data-subject="{subject}"]')).to_have_attribute("data-state", "late")
    page.locator("h1").first.focus()
    page.keyboard.press("d")
    page.locator(f'#due [data-subject="{subject}"] [data-settle]').press("Enter")
    assert passed_on(site, subject)["in_time"] is False


def test_two_lines_ring_and_a_reload_loses_nothing(desk: Reception) -> None:
    page = desk.page
    opens_a_pad(page)
    page.keyboard.type("154 0000 0921")
    page.locator("[name=content]").focus()
    page.keyboard.type("第一路还在说")
    opens_a_pad(page, "Alt+p")
    page.keyboard.type("154 0000 0333")
    expect(page.locator(".pads a")).to_have_count(1)
    page.locator("[name=caller_name]").focus()
    with page.expect_response("**/console/drafts/pad/*"):
        page.keyboard.type("第二路")
    page.reload()
    expect(page.locator("[name=caller_name]")).to_have_value("第二路")
    page.locator(".pads a").press("Enter")
    expect(page.locator("[name=content]")).to_have_value("第一路还在说")
    for _pad in range(2):
        page.locator("[data-pad-drop]").press("Enter")
        expect(page.locator("[data-pad-id]")).to_have_count(0)
        page.keyboard.press("p")
        expect(page.locator("[data-pad-id]")).to_be_visible()
    expect(page.locator(".pads")).to_have_count(0)


def test_b1_5_a_missed_call_is_called_back_with_an_apology(desk: Reception) -> None:
    page = desk.page
    opens_a_pad(page)
    page.keyboard.type("154 0000 0444")
    page.locator('[name=became][value="missed"]').press("Space")
    assert faults(page) == []
    page.keyboard.press("Control+Enter")
    row = desk.runs("T08", "154****0444")
    row.locator("a.look").press("Enter")
    expect(page.locator(".script q")).to_contain_text(desk.says("非常抱歉", "I am sorry"))
    assert faults(page) == []
    page.locator("[data-values*=no_answer]").press("Enter")
    expect(page.locator("#part-tries .history li")).to_have_count(1)
    page.locator('a[href*="back="]').press("Enter")
    expect(page.locator("[name=number]")).to_have_value("154 0000 0444")
    page.locator("[name=content]").focus()
    page.keyboard.type("已经接通，问的是发票")
    page.keyboard.press("Control+Enter")
    expect(desk.runs("T08", "154****0444")).to_have_count(0)
    page.goto("/console/registers/phone")
    expect(page.locator("tbody")).to_contain_text(desk.says("未接，已回拨", "missed, called back"))
    assert faults(page) == []
