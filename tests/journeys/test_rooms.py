"""A guest is shown to a room by keyboard, gets what they asked for at the kiosk, and the room is cleared afterwards."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.actors import Manager, Reception, Visitor
from tests.journeys.conftest import Site

PATIENCE = 20_000


def stands(tile: Locator, state: str) -> None:
    """How a room stands, on the board."""
    expect(tile).to_have_attribute("data-room-state", state, timeout=PATIENCE)


@pytest.fixture
def asking(browser: Browser, site: Site, language: str) -> Iterator[None]:
    """The kiosk asks about drinks."""
    manager = Manager(browser, site, language)
    manager.signs_in()
    manager.sets(kiosk_drinks=True)
    yield
    manager.sets(kiosk_drinks=False)
    manager.goes()


def test_a_guest_is_seated_served_and_the_room_cleared(
    site: Site, asking: None, visitor: Visitor, reception: Reception
) -> None:
    name, room = visitor.says("陈嘉豪", "Anna Miller"), reception.says("兰", "Orchid")
    reception.signs_in()
    visitor.arrives()
    visitor.looks_for("wang")
    visitor.chooses(visitor.says("王建明", "Wang Jianming"))
    visitor.introduces(name, "深蓝物联")
    visitor.presses(visitor.page.locator("#send"))
    visitor.reads(visitor.says("您想喝点什么？", "What would you like to drink?"))
    for cup in visitor.page.locator("[data-drink]").all():
        box = cup.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 64
    visitor.presses(visitor.page.locator('[data-drink="coffee"]'))
    expect(visitor.page.locator('[data-step="done"]')).to_be_visible()

    reception.sees(name)
    tile = reception.page.locator("#rooms .room").filter(has=reception.page.get_by_text(room, exact=True))
    stands(tile, "free")
    reception.card(name).locator(".seat").press("Enter")
    offer = reception.page.locator('.sheet [name="room"]').first
    expect(offer).to_be_focused()
    expect(offer).to_be_checked()
    expect(reception.page.locator('.sheet [name="drink"][value="coffee"]')).to_be_checked()
    offer.press("Enter")
    stands(tile, "occupied")
    expect(tile).to_contain_text(name)
    reception.page.keyboard.press("Escape")
    expect(reception.card(name)).to_contain_text(
        re.compile(reception.says("入座 兰", "seated in Orchid")), timeout=PATIENCE
    )

    first = reception.due("T03", room)
    expect(first).to_contain_text(re.compile(reception.says("咖啡", "coffee")), timeout=PATIENCE)
    first.locator("button").click()
    expect(tile.locator("figcaption")).to_have_text(reception.says("添茶", "refill"), timeout=PATIENCE)
    expect(reception.due("T04", room)).to_be_visible(timeout=PATIENCE)

    reception.card(name).locator("a.open").click()
    reception.page.locator(".sheet footer [data-post$='/departure']").click()
    stands(tile, "to_clear")
    expect(reception.due("T05", room)).to_be_visible(timeout=PATIENCE)
    reception.page.keyboard.press("Escape")
    tile.locator("a.open").click()
    clearing = reception.page.locator("#room-clear")
    expect(clearing).to_be_visible(timeout=PATIENCE)
    for tick in clearing.locator(".tick").all():
        tick.check()
    clearing.locator('[name="found"]').fill(reception.says("一把伞", "an umbrella"))
    clearing.locator("[data-save]").click()
    stands(tile, "free")
    expect(reception.page.locator("#room-cleared")).to_contain_text(reception.says("一把伞", "an umbrella"))


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_rooms_are_walked_with_the_keys(site: Site, reception: Reception) -> None:
    reception.signs_in()
    names = reception.page.locator("#rooms .open")
    reception.page.keyboard.press("r")
    expect(names.nth(0)).to_be_focused()
    reception.page.keyboard.press("ArrowRight")
    expect(names.nth(1)).to_be_focused()
    reception.page.keyboard.press("Enter")
    expect(reception.page.locator(".sheet .room-sheet h2")).to_have_text("Bamboo")
    reception.page.keyboard.press("Escape")
    expect(names.nth(1)).to_be_focused()
