"""The kiosk, the visitor's own phone beside it, a tablet that is new, and one that somebody walked away from."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from tests.journeys.actors import Visitor
from tests.journeys.screens.names import Screen


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
    way = re.search(r"/visits/([\w-]+)/", page.locator("#done-qr").get_attribute("src") or "")
    assert way
    yield from own(phone, f"/v/{way[1]}")
    answer()
    visitor.reads(re.compile(visitor.says("马上下来", "Coming down")))
    yield "done-answered", page
    yield from own_answered(phone)
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
    expect(phone.page.locator("#gone-h")).to_be_visible()
    yield "own-left", phone.page
    visitor.presses(page.locator('[data-step="goodbye"] [data-exit]').last)
    visitor.speaks()
    visitor.presses(page.locator('[data-go="invited"]'))
    yield "invited", page
    visitor.presses(page.locator('[data-step="invited"] [data-help]'))
    expect(page.locator('[data-step="helped"]')).to_be_visible()
    yield "helped", page


def own(phone: Visitor, address: str) -> Iterator[Screen]:
    """The visitor's own page while nobody has answered."""
    phone.page.goto(f"{address}?lang={'zh_Hans' if phone.language == 'zh-Hans' else 'en'}")
    expect(phone.page.locator("#done-h")).not_to_be_empty()
    yield "own", phone.page


def own_answered(phone: Visitor) -> Iterator[Screen]:
    """The same page with the host's answer, and the way out."""
    expect(phone.page.locator("#done-h")).to_have_text(re.compile(phone.says("马上下来", "Coming down")))
    yield "own-answered", phone.page
    phone.presses(phone.page.locator("#sign-out"))
    yield "own-leaving", phone.page
    phone.presses(phone.page.locator("#leaving [data-close]"))


def pictured(visitor: Visitor) -> Iterator[Screen]:
    """A kiosk that asks for drink, photo and signature too: first with its camera taken away, then with it."""
    page = visitor.page
    visitor.arrives()
    visitor.asks_for(visitor.says("财务", "Accounts"))
    visitor.introduces(visitor.says("陈嘉豪", "Anna Müller"), visitor.says("深蓝物联", "Deep Blue IoT"))
    visitor.presses(page.locator("#send"))
    expect(page.locator('[data-step="drinks"]')).to_be_visible()
    yield "drinks", page
    visitor.presses(page.locator('[data-drink="tea"]'))
    visitor.reads(re.compile(visitor.says("相机用不了", "camera is not there")))
    yield "photo-blind", page
    page.context.grant_permissions(["camera"])
    visitor.presses(page.locator('[data-step="photo"] [data-back]'))
    visitor.presses(page.locator('[data-drink="tea"]'))
    expect(page.locator("#photo-take")).to_be_enabled()
    yield "photo", page
    visitor.presses(page.locator("#photo-take"))
    expect(page.locator("#photo-choose")).to_be_visible()
    yield "photo-taken", page
    visitor.presses(page.locator("#photo-use"))
    expect(page.locator('[data-step="signature"]')).to_be_visible()
    yield "signature", page
    visitor.signs()
    yield "signature-written", page
    visitor.presses(page.locator("#signature-use"))
    expect(page.locator('[data-step="done"]')).to_be_visible()
    visitor.presses(page.locator('[data-step="done"] [data-exit]'))
    visitor.speaks()
    for step in ("leave", "invited"):
        visitor.presses(page.locator(f'[data-step="start"] [data-go="{step}"]'))
        expect(page.locator(f'[data-step="{step}"] video')).to_be_visible()
        yield f"{step}-camera", page
        visitor.presses(page.locator(f'[data-step="{step}"] [data-back]'))


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
    visitor.page.goto("/kiosk/open/a-link-that-was-printed")
    yield "open", visitor.page
