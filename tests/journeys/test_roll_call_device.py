"""The list on a warden's device when the desk is gone: opened by the PIN alone, and gone when it has to be."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.journeys.actors import Reception
from tests.journeys.conftest import Site, opened
from tests.journeys.test_roll_call import has_a_copy_since, keeps_a_copy, opens_the_copy, row
from tests.serving import wait_for

KEPT = """() => new Promise((done) => {
  indexedDB.open('roll-call').onsuccess = ({ target }) => {
    const asked = target.result.transaction('meta').objectStore('meta').getAllKeys();
    asked.onsuccess = () => { target.result.close(); done(asked.result.join(' ')); };
  };
})"""
LEAVES = """() => fetch('/sign-out', {
  method: 'POST',
  headers: { 'X-CSRF-Token': document.querySelector('meta[name=csrf]').content, Accept: 'application/json' },
}).then(() => true)"""
VISITOR = "欧阳晴"


@pytest.fixture
def warden(browser: Browser, tmp_path: Path) -> Iterator[Reception]:
    """Somebody whose device keeps a copy, with a visitor on site."""
    with opened(tmp_path) as site:
        made = Reception(browser, site, "en")
        arrives(site)
        made.signs_in()
        keeps_a_copy(made.page)
        yield made
        made.errors = [error for error in made.errors if "socket.io" not in error]
        made.goes()


def arrives(site: Site) -> None:
    body = {"visitor_name": VISITOR, "purpose": "business", "host": "王建明"}
    status, _, answer = site.desk.ask("POST", "/api/v1/visits", body, Authorization=f"Bearer {site.token}")
    assert status == 201, answer


def kept(page: Page) -> str:
    """What the device holds; nothing is known while the page goes somewhere else."""
    try:
        return str(page.evaluate(KEPT))
    except Error:
        return ""


def subject(page: Page) -> str:
    return str(page.locator("#roll-list > li").filter(has_text=VISITOR).get_attribute("data-subject"))


def test_five_wrong_pins_erase_it_and_the_browser_never_holds_a_name(warden: Reception) -> None:
    page = warden.page
    assert page.evaluate(KEPT) == "copy device pin"
    warden.site.desk.kill()
    page.goto("/console/roll-call")
    for left in (4, 3):
        opens_the_copy(page, "000000")
        expect(page.locator('.roll-pin [data-error="pin"]')).to_contain_text(f"Tries left: {left}")
    page.reload()  # which gives no try back
    for left in (2, 1):
        opens_the_copy(page, "000000")
        expect(page.locator('.roll-pin [data-error="pin"]')).to_contain_text(f"Tries left: {left}")
    assert VISITOR not in page.content()
    opens_the_copy(page, "000000")
    expect(page.locator("[data-nothing]")).to_contain_text("gone")
    assert page.evaluate(KEPT) == "device"
    page.reload()
    expect(page.locator("[data-nothing]")).to_contain_text("No copy")


def test_a_call_that_begins_without_a_desk_is_the_desks_when_it_is_back_and_log_out_erases_the_copy(
    warden: Reception,
) -> None:
    page, site = warden.page, warden.site
    site.desk.kill()
    page.goto("/console/roll-call")
    opens_the_copy(page)
    expect(page.locator("[data-asof]")).to_contain_text("List as of")
    page.locator('[data-begin="real"]').click()
    row(page, subject(page)).locator('[data-mark="safe"]').click()
    expect(row(page, subject(page))).to_have_attribute("data-state", "safe")
    page.reload()  # what waits is on the device
    opens_the_copy(page)
    expect(row(page, subject(page))).to_have_attribute("data-state", "safe")
    site.desk.start()
    expect(page.locator("[data-roll-end]")).to_be_visible()
    expect(page.locator("[data-roll-waits]")).to_be_hidden()
    page.reload()
    page.locator('[name="roll-show"][value="safe"]').check(force=True)
    expect(row(page, subject(page))).to_be_visible()

    page.locator(".bar .face").click()
    page.locator('#face-menu form[action="/sign-out"] button').click()
    page.wait_for_url(re.compile("/sign-in"))
    wait_for(lambda: kept(page) == "device", "an empty device")
    site.desk.kill()
    page.goto("/console/roll-call")
    expect(page.locator("[data-nothing]")).to_contain_text("No copy")


def test_locked_without_a_desk_it_asks_for_the_pin_and_is_locked_when_the_desk_is_back(warden: Reception) -> None:
    page, site = warden.page, warden.site
    expect(row(page, subject(page))).to_be_visible()
    site.desk.kill()
    page.locator("h1").first.click()
    page.keyboard.press("l")
    expect(page.locator(".roll-pin")).to_be_visible()
    assert VISITOR not in page.content()
    opens_the_copy(page)
    expect(row(page, subject(page))).to_be_visible()
    site.desk.start()
    expect(page.locator("[data-locked]")).to_be_attached()
    expect(page.locator("[data-lock-box]")).to_be_visible()
    assert VISITOR not in page.content()


def test_a_locked_desk_goes_on_keeping_its_copy_fresh(warden: Reception) -> None:
    page = warden.page
    page.locator("h1").first.click()
    page.keyboard.press("l")
    expect(page.locator("[data-locked]")).to_be_attached()
    has_a_copy_since(page, page.evaluate("Date.now()"))  # which comes with the beat, though nothing happens

    page.evaluate(LEAVES)
    expect(page).to_have_url(re.compile("/sign-in"))  # however somebody was signed out, the door erases it
    wait_for(lambda: kept(page) == "device", "an empty device")
