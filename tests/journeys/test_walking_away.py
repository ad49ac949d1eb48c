"""A visitor who walks away, goes back or changes the language: nothing stays, and nothing is lost meanwhile."""

import pytest
from playwright.sync_api import expect

from tests.journeys.actors import Visitor

CANARY = "甄嘉漪"


@pytest.fixture
def language() -> str:
    return "zh-Hans"


def begins(visitor: Visitor) -> None:
    """Stands at step 2 with everything filled in."""
    visitor.arrives()
    visitor.looks_for("wang")
    visitor.chooses("王建明")
    visitor.introduces(CANARY, "金丝雀公司")


def fields(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("[...document.querySelectorAll('input')].map((field) => field.value).join()"))


def nothing_is_left(visitor: Visitor) -> None:
    expect(visitor.page.locator('[data-step="start"]')).to_be_visible()
    assert CANARY not in visitor.page.content() + fields(visitor)


def test_after_45_seconds_the_page_asks_and_after_60_it_is_wiped(visitor: Visitor) -> None:
    visitor.page.clock.install()
    visitor.arrives()
    visitor.presses(visitor.page.locator('[data-step="start"] [data-go="who"]'))
    visitor.page.locator("#who").fill(CANARY)
    visitor.page.clock.run_for(44_000)
    expect(visitor.page.locator("#veil")).not_to_be_visible()
    visitor.page.clock.run_for(2_000)
    expect(visitor.page.locator("#veil")).to_be_visible()
    visitor.presses(visitor.page.locator("#stay"))
    assert CANARY in fields(visitor)
    visitor.page.clock.run_for(61_000)
    nothing_is_left(visitor)


def test_going_back_leaves_nothing(visitor: Visitor) -> None:
    begins(visitor)
    visitor.page.go_back()
    nothing_is_left(visitor)
    assert visitor.page.url.endswith("/kiosk")


def test_reloading_leaves_nothing(visitor: Visitor) -> None:
    begins(visitor)
    visitor.page.reload()
    nothing_is_left(visitor)


def test_not_agreeing_calls_the_desk_and_keeps_nothing(visitor: Visitor) -> None:
    begins(visitor)
    visitor.presses(visitor.page.locator("#no-consent"))
    visitor.reads("前台马上来")
    assert CANARY not in visitor.page.content() + fields(visitor)


def test_the_language_changes_and_what_is_written_stays(visitor: Visitor) -> None:
    begins(visitor)
    visitor.presses(visitor.page.locator('[data-step="details"] [data-language="en"]'))
    visitor.reads("What is your name?")
    assert CANARY in fields(visitor)
    expect(visitor.page.locator('input[value="business"]')).to_be_checked()
    expect(visitor.page.locator("#consent")).to_be_checked()


def test_without_network_the_kiosk_says_so_and_takes_nothing(visitor: Visitor) -> None:
    visitor.arrives()
    visitor.context.set_offline(True)
    visitor.reads("您好")
    expect(visitor.page.locator("#offline")).to_be_visible()
    visitor.page.locator('[data-step="start"] [data-go="who"]').tap(force=True)
    expect(visitor.page.locator('[data-step="start"]')).to_be_visible()
    visitor.context.set_offline(False)
    expect(visitor.page.locator("#offline")).to_be_hidden()
    visitor.errors.clear()
