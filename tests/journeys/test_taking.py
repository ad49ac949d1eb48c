"""A long list is taken with keys alone: how far it is stands on the page, it saves itself, and it can be stopped."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from tests.bench.exports import fill
from tests.journeys.actors import Manager
from tests.journeys.conftest import Site
from tests.journeys.test_access import faults

MANY = 12_000


@pytest.fixture(scope="module")
def page(site: Site, browser: Browser) -> Iterator[Page]:
    fill(site.desk.data / "desk.db", MANY)
    manager = Manager(browser, site, "en")
    manager.signs_in()
    yield manager.page
    manager.goes()


def takes(page: Page, address: str) -> None:
    """Asks for everything that is shown, with a reason and Enter."""
    page.goto(address)
    page.locator("#take summary").press("Enter")
    page.locator("#take [name=reason]").fill("for the archive")
    page.locator("#take [name=reason]").press("Enter")
    expect(page.get_by_role("progressbar")).to_be_visible()


def test_it_says_how_far_it_is_and_saves_itself(page: Page) -> None:
    with page.expect_download(timeout=240_000) as saved:
        takes(page, "/console/visits")
        expect(page.locator(".taking")).to_contain_text("of 12,000 rows", timeout=120_000)
        assert faults(page) == []
    rows = CalamineWorkbook.from_path(saved.value.path()).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + MANY + 1
    expect(page.locator(".taking")).to_contain_text("The list is ready: 12000 rows")
    assert faults(page) == []


def test_it_is_stopped_with_a_key(page: Page) -> None:
    takes(page, "/console/visits")
    expect(page.locator(".taking")).to_contain_text("of 12,000 rows", timeout=120_000)  # the page is at work
    page.locator("#taking-cancel").press("Enter")
    expect(page.locator(".taking")).to_contain_text("Cancelled. Nothing of the list is kept.")
    expect(page.get_by_role("progressbar")).to_have_count(0)
