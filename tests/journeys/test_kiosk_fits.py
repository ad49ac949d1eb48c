"""A kiosk is one glance: no step scrolls on a tablet, whatever is wrong or long, and every target takes a finger."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import screens
from tests.journeys.actors import Host, Manager, Visitor
from tests.journeys.conftest import Site
from tests.journeys.glance import told

SIZES = {"standing": {"width": 768, "height": 1024}, "lying": {"width": 1024, "height": 768}}
USUAL = [("zh-Hans", "standing"), ("en", "lying")]
OTHERS = [("zh-Hans", "lying"), ("en", "standing")]  # with --release


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "size" in metafunc.fixturenames:
        pairs = USUAL + (OTHERS if metafunc.config.getoption("--release") else [])
        metafunc.parametrize(("language", "size"), pairs, indirect=True)


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    return SIZES[request.param]


@pytest.fixture
def visitor(browser: Browser, site: Site, language: str, size: dict[str, int]) -> Iterator[Visitor]:
    actor = Visitor(browser, site, language, viewport=size)
    yield actor
    actor.goes()


def test_everything_that_can_be_wrong_with_the_details_fits(visitor: Visitor) -> None:
    page, wrong = visitor.page, {}
    visitor.arrives()
    visitor.looks_for("wang")
    visitor.chooses(visitor.says("王建明", "Wang Jianming"))
    wrong["untouched"] = told(page)
    visitor.presses(page.locator("#send"))
    for field in ("visitor_name", "purpose", "consent"):
        expect(page.locator(f"#{field}-err")).not_to_be_empty()
    wrong["name, purpose, consent"] = told(page)
    visitor.presses(page.locator('input[name="purpose"][value="business"]'))
    visitor.presses(page.locator("#send"))
    for field in ("visitor_name", "visitor_company", "consent"):
        expect(page.locator(f"#{field}-err")).not_to_be_empty()
    wrong["name, company, consent"] = told(page)
    visitor.wants_a_call("+49 151 1234 5678 90")
    wrong["with a number"] = told(page)
    visitor.presses(page.locator('[data-step="details"] [data-back]'))
    visitor.presses(page.locator('[data-step="who"] [data-back]'))
    visitor.speaks()
    visitor.asks_for("Maximiliane Konstantinopoulos-Wittgenst.")
    visitor.presses(page.locator('input[name="purpose"][value="business"]'))
    visitor.presses(page.locator("#send"))
    expect(page.locator("#visitor_company-err")).not_to_be_empty()
    wrong["a long name"] = told(page)
    assert not any(wrong.values()), wrong


def test_an_entry_that_did_not_go_through_fits_and_goes_through_the_next_time(visitor: Visitor) -> None:
    page = visitor.page
    visitor.arrives()
    visitor.asks_for("Somebody")
    visitor.introduces("Maximiliane Konstantinopoulos-Wittgenst.", "Deep Blue IoT")
    page.route("**/kiosk/visits*", lambda route: route.abort())
    visitor.presses(page.locator("#send"))
    expect(page.locator("#send-err")).not_to_be_empty()
    page.unroute("**/kiosk/visits*")
    assert not told(page)
    visitor.registers()


def test_the_number_for_a_call_is_asked_for_on_a_page_of_its_own(visitor: Visitor) -> None:
    page = visitor.page
    visitor.arrives()
    visitor.asks_for("Somebody")
    visitor.presses(page.locator(".reply"))
    expect(page.locator('[data-step="phone"]')).to_be_visible()
    visitor.presses(page.locator("#phone-use"))
    expect(page.locator("#phone-err")).not_to_be_empty()
    assert not told(page)
    visitor.presses(page.locator("#phone-skip"))
    expect(page.locator("#reply")).not_to_be_checked()
    visitor.wants_a_call("123")
    expect(page.locator(".reply")).to_contain_text("123")
    visitor.introduces("陈嘉豪", "Deep Blue IoT")
    visitor.presses(page.locator("#send"))
    expect(page.locator("#phone-err")).to_contain_text("138 0013 8000")
    assert not told(page)
    visitor.types("phone", "\b\b\b13800138000")
    visitor.presses(page.locator("#phone-use"))
    visitor.registers()


def test_every_other_step_fits(site: Site, visitor: Visitor, browser: Browser, language: str) -> None:
    manager, phone = Manager(browser, site, language), Visitor(browser, site, language)
    host = Host(browser, site, language)

    def answer() -> None:
        host.signs_in("wang")
        host.answers("马上到", "Coming")

    walk = screens.kiosk(visitor, phone, answer)
    wrong = {name: told(page) for name, page in walk if page is visitor.page}
    manager.signs_in()
    manager.sets(kiosk_photo=True, kiosk_signature=True, kiosk_drinks=True)
    try:
        wrong |= {name: told(page) for name, page in screens.pictured(visitor)}
    finally:
        manager.sets(kiosk_photo=False, kiosk_signature=False, kiosk_drinks=False)
    wrong |= {name: told(page) for name, page in screens.walked_away(visitor)}
    assert not any(wrong.values()), {name: told for name, told in wrong.items() if told}
    for actor in (manager, phone, host):
        actor.goes()
