"""The lock holds whatever the browser forgets, and every page of the session follows it."""

from playwright.sync_api import expect

from tests.journeys.actors import Reception
from tests.journeys.conftest import Site


def test_every_page_of_a_locked_session_follows(site: Site, reception: Reception) -> None:
    body = {"visitor_name": "欧阳晴", "purpose": "business", "host": "王建明"}
    status, _, answer = site.desk.ask("POST", "/api/v1/visits", body, Authorization=f"Bearer {site.token}")
    assert status == 201, answer
    reception.signs_in()
    reception.sees("欧阳晴")
    first, second = reception.page, reception.context.new_page()
    second.goto("/console")
    expect(second.locator("#board").get_by_text("欧阳晴").first).to_be_visible()

    first.keyboard.press("l")
    for page in (first, second):
        expect(page.locator("[data-lock-box]")).to_be_visible()
        expect(page.locator("#board").get_by_text("欧阳**").first).to_be_visible()
        assert "欧阳晴" not in page.content()

    for cookie in reception.context.cookies():
        if cookie["name"] != "foyer":
            reception.context.clear_cookies(name=cookie["name"])
    first.goto("/console/visits")
    expect(first.locator("[data-lock-box]")).to_be_visible()
    assert "欧阳晴" not in first.content()

    second.locator("[data-lock-box] input").fill(site.password)
    second.locator("[data-lock-box] button").click()
    for page in (first, second):
        expect(page.locator("#page").get_by_text("欧阳晴").first).to_be_visible()
        expect(page.locator("[data-lock-box]")).to_be_hidden()


def test_without_a_connection_the_page_is_covered_and_the_lock_sent_later(reception: Reception) -> None:
    reception.signs_in()
    page = reception.page
    page.route("**/console/lock", lambda route: route.abort())
    page.keyboard.press("l")
    expect(page.locator("[data-lock-box]")).to_be_visible()
    expect(page.locator("#page")).to_be_hidden()
    page.unroute("**/console/lock")
    expect(page.locator("#page")).to_be_visible()
    expect(page.locator("[data-locked] #board")).to_be_visible()
