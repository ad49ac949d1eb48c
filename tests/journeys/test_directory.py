"""The directory on two screens: what one manager changes, the other reads without doing anything."""

from playwright.sync_api import Browser, expect

from tests.journeys.actors import Manager
from tests.journeys.conftest import Site


def test_a_newcomer_and_a_leaver_are_counted_on_every_screen(site: Site, browser: Browser, language: str) -> None:
    managers = [Manager(browser, site, language) for _ in range(2)]
    for manager in managers:
        manager.signs_in()
        manager.page.goto("/console/directory")
    writing, watching = managers
    name = writing.says("苏婉", "Susan Wan")

    def counted(people: int) -> None:
        for manager in managers:
            words = manager.says(f"{people} 人", f"{people} people")
            expect(manager.page.locator("[data-people-count]")).to_have_text(words)

    counted(3)
    writing.page.locator('a[href="/console/directory/new"]').click()
    writing.page.locator('.sheet [name="name"]').fill(name)
    writing.page.locator('.sheet [name="department"]').select_option(index=1)
    writing.page.locator(".sheet [data-save]").click()
    counted(4)
    watching.page.get_by_role("link", name=name).click()
    watching.page.locator("[data-confirm]").click()
    watching.page.locator("[data-confirm]").click()
    counted(3)
    expect(writing.page.get_by_role("link", name=name)).to_have_count(0)
    for manager in managers:
        manager.goes()
