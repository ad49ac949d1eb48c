"""A tablet: paired by a code, at work, and out of service at a word."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.actors import Manager, Visitor
from tests.journeys.conftest import Site

pytestmark = pytest.mark.parametrize("language", ["en"], indirect=True)


def test_a_new_tablet_is_paired_used_and_taken_out_of_service(
    site: Site, browser: Browser, visitor: Visitor, language: str
) -> None:
    manager = Manager(browser, site, language)
    manager.signs_in()
    visitor.page.goto("/kiosk")
    shown = visitor.page.locator("#pair-code")
    expect(shown).not_to_be_empty()
    code = "".join(shown.inner_text().split())
    manager.page.goto("/console/devices")
    manager.page.locator('[name="code"]').fill(code)
    manager.page.locator('[name="name"]').fill("Second door")
    manager.page.locator("form[action='/console/devices'] button").click()
    expect(visitor.page.locator('[data-step="start"]')).to_be_visible()

    row = manager.page.locator("li").filter(has_text="Second door")
    row.get_by_role("button").click()
    expect(visitor.page.locator("#pair-code")).to_be_visible()
    status, _, _ = site.desk.ask("GET", "/kiosk/people?q=wang", Accept="application/json")
    assert status == 401
    manager.goes()
