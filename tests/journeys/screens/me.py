"""One's own page on a phone, and what the link in an e-mail opens."""

from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from tests.journeys.actors import Host
from tests.journeys.screens.names import Screen


def mine(
    host: Host, login: str, arrive: Callable[[str], None], leave: Callable[[], None], letter: Callable[[], str]
) -> Iterator[Screen]:
    """One's own page: nobody there, one, several, answered; and the link of the e-mail until the visit is over."""
    page = host.page
    host.signs_in(login)
    expect(page.locator(".now")).to_be_visible()
    yield "me-nobody", page
    first, second = host.says("何一帆 袁立", "Emma Ben").split()
    arrive(first)
    host.is_told_about(first)
    yield "me", page
    arrive(second)
    expect(page.locator(".queue")).to_be_visible()
    yield "me-several", page
    page.locator("[data-colleague]").first.click()
    expect(page.locator("dialog.pick")).to_be_visible()
    yield "me-colleague", page
    page.keyboard.press("Escape")
    way = page.locator("[data-colleague]").first.get_attribute("href")
    page.goto(f"{way}")
    yield "me-colleague-page", page
    page.goto("/me")
    host.answers("马上到", "Coming")
    expect(page.locator(".call.answered")).to_be_visible()
    yield "me-answered", page
    page.locator(".mine .more").click()
    expect(page.locator("#me-menu")).to_be_visible()
    yield "me-menu", page
    link = letter()
    page.goto(link)
    yield "link", page
    page.goto(f"{link}?answer=minutes&minutes=5")
    yield "link-minutes", page
    page.locator("form.reply button.yes").click()
    expect(page.locator(".call.answered")).to_be_visible()
    yield "link-answered", page
    leave()
    page.goto(link)
    expect(page.locator(".nobody")).to_be_visible()
    yield "link-over", page
