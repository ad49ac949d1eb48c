"""What a warden sees: who is on site, a drill that runs, the list for paper, and the report."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.journeys.actors import Reception
from tests.journeys.screens.names import Screen


def roll_call(reception: Reception) -> Iterator[Screen]:
    """A drill from its start to its report; two have been marked."""
    page = reception.page
    reception.signs_in()
    page.keyboard.press("e")
    expect(page.locator("[data-roll-device]")).to_be_visible()
    yield "idle", page
    page.locator('[data-begin="drill"]').click()
    rows = page.locator("#roll[data-running] .roll-list > li")
    expect(rows.first).to_be_visible()
    for place, state in enumerate(("safe", "help", "not_found")):
        rows.nth(place).locator(f'[data-mark="{state}"]').click()
    page.locator('[name="roll-show"][value=""]').check(force=True)
    expect(page.locator('[data-count="open"]')).to_be_visible()
    yield "running", page
    page.goto("/console/visits")
    yield "strip", page
    page.goto("/console/roll-call/paper")
    yield "paper", page
    page.goto("/console/roll-call")
    ending = page.locator("[data-roll-end]")
    ending.click()
    ending.click()
    expect(page.locator(".sums")).to_be_visible()
    yield "report", page
