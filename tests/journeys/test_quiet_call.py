"""A receptionist calls help with a chord; two people hear it on their own pages, and the shield says who comes."""

import re

from playwright.sync_api import Browser, expect

from tests.inbox import Inbox
from tests.journeys.actors import Host, Manager, Reception
from tests.journeys.conftest import Site
from tests.serving import wait_for


def letter(inbox: Inbox, to: str) -> bool:
    return any("Quiet call" in str(one["Subject"]) or "静默呼叫" in str(one["Subject"]) for one in inbox.of(to))


def test_a_chord_calls_and_the_shield_says_quietly_who_comes(browser: Browser, site: Site) -> None:
    manager, reception, host = (actor(browser, site, "en") for actor in (Manager, Reception, Host))
    manager.signs_in()
    page = manager.page
    page.goto("/console/quiet-call/settings")
    expect(page.locator("#nobody")).to_be_visible()
    for name in ("Yuchi", "Wang Jian"):
        page.locator("[data-several] [role=combobox]").fill(name)
        expect(page.locator(".options [role=option] b").first).to_contain_text(name.split()[0])
        page.keyboard.press("Enter")
    expect(page.locator("[data-picked] li")).to_have_count(2)
    page.locator("[data-picked] li [data-up]").nth(1).click()
    expect(page.locator("[data-picked] b").first).to_have_text("Wang Jianming")
    page.locator("main form .btn.main.big").click()
    expect(page.locator(".strip.back")).to_be_visible()

    host.signs_in()
    expect(host.page.locator(".now")).to_be_visible()
    reception.signs_in()
    desk = reception.page
    expect(desk.locator("[data-quiet]:not([data-now])")).to_be_visible()
    desk.locator("[data-seek] input").focus()
    desk.keyboard.press("Control+Shift+Space")
    expect(desk.locator('[data-quiet][data-now="on"]')).to_be_visible()
    expect(desk.locator("#quiet-panel")).to_be_hidden()
    assert not re.search("police|at once", desk.locator("main").inner_text())
    call = host.page.locator("[data-loud]")
    expect(call).to_contain_text("Come to the front desk at once.")
    wait_for(lambda: letter(site.inbox, "wang@example.com"), "a letter")

    host.page.get_by_role("button", name="I am on my way").click()
    expect(call).to_have_count(0)
    expect(desk.locator("[data-quiet-count]")).to_have_text("1")
    desk.locator("[data-quiet]").click()
    expect(desk.locator("#quiet-panel li").first).to_contain_text("on the way")
    desk.locator("[data-quiet-false]").click()
    expect(desk.locator("[data-quiet]:not([data-now])")).to_be_visible()
    expect(host.page.locator(".overs")).to_contain_text("false alarm")
    for actor in (manager, reception, host):
        actor.goes()
