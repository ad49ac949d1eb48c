"""Every screen of the desk, one after the other: each walk brings a page to a screen and gives the screen's name."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.actors import Host, Reception, Visitor
from tests.serving import wait_for

Screen = tuple[str, Page]
REGISTER = ("/console/visits", "/console/directory")
OFFICE = (
    "/console/settings",
    "/console/devices",
    "/console/tokens",
    "/console/accounts",
    "/console/accounts/new",
    "/console/journal",
    "/account",
    "/sign-in/confirm",
    "/",
)


def name_of(path: str) -> str:
    return path.strip("/").removeprefix("console/").replace("/", "-") or "doors"


def kiosk(visitor: Visitor, phone: Visitor, answer: Callable[[], None]) -> Iterator[Screen]:
    """From the start page to the goodbye, and the visitor's own page on their phone beside it."""
    page, name = visitor.page, visitor.says("陈嘉豪", "Anna Müller")
    visitor.arrives()
    yield "start", page
    visitor.presses(page.locator('[data-step="start"] [data-notice]'))
    expect(page.locator("#notice-text p").first).to_be_visible()
    yield "notice", page
    visitor.presses(page.locator("#notice [data-close]"))
    visitor.looks_for("zzz")
    expect(page.locator("#found button.text")).to_be_visible()
    yield "who-nobody", page
    page.locator("#who").fill("wang")
    expect(page.locator("#found button:not(.text)").first).to_be_visible()
    yield "who", page
    visitor.chooses(visitor.says("王建明", "Wang Jianming"))
    visitor.presses(page.locator("#send"))
    expect(page.locator("#visitor_name-err")).not_to_be_empty()
    yield "details-errors", page
    visitor.introduces(name, visitor.says("深蓝物联", "Deep Blue IoT"))
    yield "details", page
    visitor.registers()
    expect(page.locator("#done-qr")).to_be_visible()
    yield "done", page
    answer()
    visitor.reads(re.compile(visitor.says("马上下来", "Coming down")))
    yield "done-answered", page
    way = re.search(r"/visits/([\w-]+)/", page.locator("#done-qr").get_attribute("src") or "")
    assert way
    yield from own(phone, f"/v/{way[1]}")
    code = phone.page.locator("[data-code]").get_attribute("data-code") or ""
    visitor.presses(page.locator('[data-step="done"] [data-exit]'))
    visitor.speaks()
    visitor.presses(page.locator('[data-go="leave"]'))
    yield "leave", page
    page.locator("#leave-code").fill("ZZZZZZ")
    expect(page.locator("#leave-err")).not_to_be_empty()
    yield "leave-unknown", page
    page.locator("#leave-code").fill(code)
    expect(page.locator('[data-step="goodbye"]')).to_be_visible()
    yield "goodbye", page
    phone.page.reload()
    yield "own-left", phone.page
    visitor.presses(page.locator('[data-step="goodbye"] [data-exit]').last)
    visitor.speaks()
    visitor.presses(page.locator('[data-go="invited"]'))
    yield "invited", page
    visitor.presses(page.locator('[data-step="invited"] [data-help]'))
    expect(page.locator('[data-step="helped"]')).to_be_visible()
    yield "helped", page


def own(phone: Visitor, address: str) -> Iterator[Screen]:
    """The visitor's own page while the visit lasts."""
    phone.page.goto(f"{address}?lang={'zh_Hans' if phone.language == 'zh-Hans' else 'en'}")
    expect(phone.page.locator("#done-h")).not_to_be_empty()
    yield "own", phone.page
    phone.presses(phone.page.locator("#sign-out"))
    yield "own-leaving", phone.page
    phone.presses(phone.page.locator("#leaving [data-close]"))


def walked_away(visitor: Visitor) -> Iterator[Screen]:
    """Somebody left the kiosk in the middle of it: the page asks whether anybody is there."""
    visitor.page.clock.install()
    visitor.arrives()
    visitor.looks_for("wang")
    visitor.page.clock.fast_forward(46_000)
    expect(visitor.page.locator("#veil")).to_be_visible()
    yield "veil", visitor.page


def new_tablet(visitor: Visitor) -> Iterator[Screen]:
    """A tablet that nobody has connected yet, and what it shows without network."""
    visitor.page.goto("/kiosk")
    expect(visitor.page.locator("#pair-code")).not_to_be_empty()
    yield "pairing", visitor.page
    visitor.page.goto("/kiosk/offline")
    yield "offline", visitor.page


def console(reception: Reception) -> Iterator[Screen]:
    """What reception sees in a day; the desk is locked at the end."""
    page = reception.page
    reception.signs_in()
    expect(page.locator("article.visit").first).to_be_visible()
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
    page.locator("article.visit a.open").first.click()
    expect(page.locator(".sheet #part-history")).to_be_visible()
    yield "visit", page
    for details in ("correct", "reprint"):
        page.locator(f".sheet #{details} summary").click()
    yield "visit-open", page
    for path in REGISTER:
        page.goto(path)
        yield name_of(path), page
    page.goto("/console")
    page.locator(".bar .face").click()
    page.locator("#face-menu [data-lock]").click()
    expect(page.locator("[data-lock-box]")).to_be_visible()
    yield "lock", page


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
    for path in ("/console/directory/new", "/console/directory/import", "/console/departments"):
        page.goto(path)
        yield name_of(path), page
    page.goto("/console/directory")
    page.locator("#people td.who a").first.click()
    expect(page.locator(".sheet-in:not(.loading) header h2")).to_be_visible()
    yield "person", page


def mine(host: Host, login: str, arrive: Callable[[str], None], letter: Callable[[], str]) -> Iterator[Screen]:
    """One's own page: nobody there, one, several, answered; and the link of the e-mail."""
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
    host.answers("马上到", "Coming")
    expect(page.locator(".call.answered")).to_be_visible()
    yield "me-answered", page
    page.locator(".mine .more").click()
    expect(page.locator("#me-menu")).to_be_visible()
    yield "me-menu", page
    page.goto(letter())
    yield "link", page


def door(host: Host, email: str) -> Iterator[Screen]:
    """Signing in, and what goes wrong with it."""
    page = host.page
    page.goto("/sign-in")
    yield "sign-in", page
    page.locator('[name="login"]').fill("nobody")
    page.locator('[name="password"]').fill("nothing at all")
    page.locator("form[action='/sign-in'] button").click()
    expect(page.locator(".err").first).to_be_visible()
    yield "sign-in-refused", page
    page.goto("/sign-in/link")
    yield "link-ask", page
    page.locator('[name="email"]').fill(email)
    page.locator("form[action='/sign-in/link'] button").click()
    expect(page.locator('[name="email"]')).to_have_count(0)
    yield "link-sent", page
    page.goto(wait_for(lambda: link_in(host.site, email, "/sign-in/link/"), "the sign-in link"))
    yield "link-use", page
    page.goto("/nowhere")
    yield "problem", page


def link_in(site: Any, email: str, path: str) -> str:
    """The newest address under `path` in that person's e-mail; empty when there is none yet."""
    found = [one for told in site.inbox.told(email) for one in re.findall(rf"{re.escape(path)}[^\s>]+", told)]
    return found[-1] if found else ""
