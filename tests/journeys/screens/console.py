"""What reception sees in a day, and what a manager looks after."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys.actors import Reception
from tests.journeys.screens.names import Screen, name_of

REPORTS = ("/console/reports", "/console/reports/rows?clause=一.1.1", "/console/reports/visits")
REGISTER = ("/console/visits", "/console/directory")
OFFICE = (
    "/console/settings",
    "/console/rooms/settings",
    "/console/clocks",
    "/console/phone/settings",
    "/console/calendar",
    "/console/devices",
    "/console/tokens",
    "/console/accounts",
    "/console/accounts/new",
    "/console/journal",
    "/console/privacy",
    "/account",
    "/sign-in/confirm",
    "/",
)


def console(reception: Reception) -> Iterator[Screen]:
    """What reception sees in a day; the desk is locked at the end."""
    page = reception.page
    reception.signs_in()
    expect(page.locator("#now-counts .t:not([hidden])").first).to_be_attached()
    if page.locator(".lane-tabs").is_visible():
        yield "due", page
    waiting(page)
    yield "board", page
    page.locator(".bar .face").click()
    yield "menu", page
    page.keyboard.press("Escape")
    page.locator("[data-open=new-visitor]").click()
    page.locator(".sheet [data-save]").click()
    expect(page.locator('.sheet [data-error="visitor_name"]')).not_to_be_empty()
    yield "new-visitor-errors", page
    page.locator('.sheet input[name="host"]').press_sequentially("wang")
    expect(page.locator(".sheet .options li").first).to_be_visible()
    yield "new-visitor", page
    with page.expect_response("**/drafts/new-visitor"):
        page.locator('.sheet input[name="host"]').fill("")
    page.goto("/console")
    page.locator('.seek input[name="q"]').fill(reception.says("王", "wang"))
    expect(page.locator("#seek-found li").first).to_be_visible()
    yield "search", page
    page.goto("/console")
    page.locator("body").press("?")
    yield "help", page
    page.goto("/console")
    waiting(page)
    page.locator("article.visit a.open").first.click()
    expect(page.locator(".sheet #part-history")).to_be_visible()
    yield "visit", page
    for details in ("correct", "reprint"):
        page.locator(f".sheet #{details} summary").click()
    yield "visit-open", page
    yield from _rooms(reception)
    for path in REGISTER:
        page.goto(path)
        yield name_of(path), page
    page.goto("/console")
    page.locator(".bar .face").click()
    page.locator("#face-menu [data-lock]").click()
    expect(page.locator("[data-locked]")).to_be_attached()  # the page that came again
    expect(page.locator("[data-lock-box]")).to_be_visible()
    yield "lock", page
    page.goto("/console/directory")
    yield "locked", page


def due(reception: Reception) -> Iterator[Screen]:
    """Due now as a column or a tab, and as one line on another page."""
    page = reception.page
    reception.signs_in()
    expect(page.locator("#due > li").first).to_be_visible()
    yield "board", page
    page.goto("/console/visits")
    expect(page.locator(".now.brief .counts")).to_be_visible()
    yield "line", page


def waiting(page: Page) -> None:
    """On a narrow page the lanes are behind tabs, and Due now is in front."""
    if page.locator(".lane-tabs").is_visible():
        page.locator('[name="lane"][value="waiting"]').check()
    expect(page.locator("article.visit").first).to_be_visible()


def reports(manager: Reception) -> Iterator[Screen]:
    """The report of the month, the rows behind one clause, and those who came."""
    page = manager.page
    manager.signs_in()
    for path in REPORTS:
        page.goto(path)
        yield name_of(path), page
        for numbers in page.locator(".numbers summary").all():
            numbers.click()
        yield f"{name_of(path)}-numbers", page


def office(manager: Reception) -> Iterator[Screen]:
    """What a manager looks after."""
    page = manager.page
    manager.signs_in()
    for path in OFFICE:
        page.goto(path)
        yield name_of(path), page
    page.goto("/console/accounts")
    page.locator('a[href^="/console/accounts/"]:not([href$="new"])').first.click()
    page.wait_for_load_state()
    yield "account-one", page
    page.locator("form[action$='/link'] button").click()
    expect(page.locator(".told input")).to_be_visible()
    yield "account-link", page
    for path in ("/console/directory/new", "/console/directory/import", "/console/departments"):
        page.goto(path)
        yield name_of(path), page
    page.goto("/console/directory")
    page.locator("#people td.who a").first.click()
    expect(page.locator(".sheet-in:not(.loading) header h2")).to_be_visible()
    yield "person", page
    page.goto("/console/directory?q=zzz")
    yield "directory-nobody", page


def _rooms(reception: Reception) -> Iterator[Screen]:
    """Every room's sheet, with its forms open."""
    page = reception.page
    page.goto("/console")
    rooms = page.locator("#rooms .open")
    addresses = [str(rooms.nth(place).get_attribute("href")) for place in range(rooms.count())]
    for address in addresses:
        page.goto(address)
        for form in ("reserve", "close-room"):
            if page.locator(f".sheet #{form}").count():
                page.locator(f".sheet #{form} summary").click()
        yield f"room-{address.rpartition('/')[2]}", page
