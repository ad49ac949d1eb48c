"""For everybody: no screen in either language breaks WCAG 2.2 AA as far as axe can tell, and keys alone do the job."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import glance, screens
from tests.journeys.actors import Host, Manager, Reception, Visitor
from tests.journeys.conftest import Site
from tests.serving import desk, wait_for

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
USUAL = {"resultTypes": ["violations"], "iframes": False}
EVERYTHING = json.dumps(USUAL | {"runOnly": TAGS})
WITHOUT_COLOURS = json.dumps(USUAL | {"runOnly": TAGS, "rules": {"color-contrast": {"enabled": False}}})
COLOURS = json.dumps(USUAL | {"runOnly": ["color-contrast"]})
LIKE_A_READER = {"bypass_csp": True}
BOTH = ("test_reception_registers_somebody_with_keys_alone", "test_a_visitor_checks_in_with_keys_alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The walks go through one set of templates: in Chinese, and in English too with --release."""
    every = metafunc.function.__name__ in BOTH or metafunc.config.getoption("--release")
    metafunc.parametrize("language", ["zh-Hans", "en"] if every else ["zh-Hans"], indirect=True)


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Pocket(Visitor):
    """The visitor's own phone."""

    size = {"width": 390, "height": 844}  # noqa: RUF012


@cache
def axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Everything that axe holds against what the page shows; colours, which are one for both languages, in Chinese."""
    page.evaluate("source => { if (!window.axe) eval(source) }", axe())
    if page.locator("html").get_attribute("lang") == "en":
        found = told(page, WITHOUT_COLOURS)
    else:
        found = told(page, EVERYTHING)
        page.emulate_media(color_scheme="dark")
        found += [f"dark {one}" for one in told(page, COLOURS)]
        page.emulate_media(color_scheme="light")
    if page.locator("body.kiosk:not(.own)").count():
        found += [f"{name}: {what}" for name, what in glance.told(page).items()]
    return found


def told(page: Page, options: str) -> list[str]:
    found: Any = page.evaluate(f"() => axe.run(document, {options})")
    return [
        f"{one['id']}: {' '.join(map(str, node['target']))} {node['failureSummary'].splitlines()[-1].strip()}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def check(walk: Iterable[screens.Screen]) -> None:
    """Looks at every screen of a walk before it complains."""
    wrong = {name: found for name, page in walk if (found := faults(page))}
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


@contextmanager
def waiting(site: Site, host: str) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """Lets people come for `host`, and sends them all away again, at the end at the latest."""
    bearer, came = {"Authorization": f"Bearer {site.token}"}, []

    def arrive(name: str) -> None:
        body = {"visitor_name": name, "visitor_company": "青木设计", "purpose": "business", "host": host}
        status, _, answer = site.desk.ask("POST", "/api/v1/visits", body, **bearer)
        assert status == 201, answer
        came.append(json.loads(answer)["token"])

    def leave() -> None:
        while came:
            site.desk.ask("POST", f"/api/v1/visits/{came.pop()}/departure", **bearer)

    try:
        yield arrive, leave
    finally:
        leave()


def test_the_kiosk(site: Site, browser: Browser, language: str) -> None:
    visitor, phone = (kind(browser, site, language, **LIKE_A_READER) for kind in (Visitor, Pocket))
    host = Host(browser, site, language)

    def answer() -> None:
        host.signs_in("wang")
        host.answers("马上到", "Coming")

    check(screens.kiosk(visitor, phone, answer))
    for actor in (visitor, phone, host):
        actor.goes()


def test_a_kiosk_that_asks_for_drink_photo_and_signature(site: Site, browser: Browser, language: str) -> None:
    manager, visitor = Manager(browser, site, language), Visitor(browser, site, language, **LIKE_A_READER)
    manager.signs_in()
    manager.sets(kiosk_photo=True, kiosk_signature=True, kiosk_drinks=True)
    try:
        check(screens.pictured(visitor))
    finally:
        manager.sets(kiosk_photo=False, kiosk_signature=False, kiosk_drinks=False)
    for actor in (manager, visitor):
        actor.goes()


def test_a_kiosk_left_alone_and_a_new_one(site: Site, browser: Browser, language: str) -> None:
    for walk in (screens.walked_away, screens.new_tablet):
        visitor = Visitor(browser, site, language, **LIKE_A_READER)
        check(walk(visitor))
        visitor.goes()


def test_the_console(site: Site, browser: Browser, language: str) -> None:
    reception = Reception(browser, site, language, **LIKE_A_READER)
    with waiting(site, "王建明") as (arrive, _leave):
        arrive("甲乙")
        check(screens.console(reception))
    reception.goes()


def test_the_roll_call(site: Site, browser: Browser, language: str) -> None:
    warden = Reception(browser, site, language, **LIKE_A_READER)
    check(screens.roll_call(warden))
    warden.goes()


def test_the_office(site: Site, browser: Browser, language: str) -> None:
    manager = Manager(browser, site, language, **LIKE_A_READER)
    check(screens.office(manager))
    manager.goes()


def test_the_reports(site: Site, browser: Browser, language: str) -> None:
    manager = Manager(browser, site, language, **LIKE_A_READER)
    check(screens.reports(manager))
    manager.goes()


def test_ones_own_page(site: Site, browser: Browser, language: str) -> None:
    host = Host(browser, site, language, **LIKE_A_READER)
    letter = lambda: wait_for(lambda: screens.link_in(site, "yuchi@example.com", "/a/"), "the link")  # noqa: E731
    with waiting(site, "尉迟明") as (arrive, leave):
        check(screens.mine(host, "yuchi", arrive, leave, letter))
    host.goes()


def test_the_door(site: Site, browser: Browser, language: str) -> None:
    host, manager = Host(browser, site, language, **LIKE_A_READER), Manager(browser, site, language)

    def reset() -> str:
        manager.signs_in()
        return manager.makes_a_password_link("尉迟明")

    check(screens.door(host, "wang@example.com", reset))
    for actor in (host, manager):
        actor.goes()


def test_setting_up(tmp_path: Path, browser: Browser, site: Site, language: str) -> None:
    with desk(tmp_path) as fresh:
        fresh.start()
        address = next(line.split()[-1] for line in fresh.output().splitlines() if "/set-up/" in line)
        host = Host(browser, site, language, **LIKE_A_READER)
        check(screens.set_up(host, address))
        host.goes()


def test_reception_registers_somebody_with_keys_alone(reception: Reception) -> None:
    reception.signs_in()
    keys, name = reception.page.keyboard, reception.says("沈知夏", "Grace Bell")
    keys.press("n")
    keys.type(name)
    keys.press("Tab")
    keys.type("Aoki")
    keys.press("Tab")
    keys.type("wang")
    expect(reception.page.locator(".sheet .options [aria-selected=true]")).to_be_visible()
    keys.press("Enter")
    keys.press("2")
    keys.press("Control+Enter")
    reception.sees(name)
    expect(reception.card(name)).to_contain_text(reception.says("王建明", "Wang Jianming"))
    expect(reception.page.locator(".sheet")).to_be_hidden()


def test_a_visitor_checks_in_with_keys_alone(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    visitor.arrives()

    def tab_to(place: str) -> None:
        for _press in range(60):
            if page.locator(place).evaluate("element => element === document.activeElement"):
                return
            keys.press("Tab")
        raise AssertionError(f"Tab never comes to {place}")

    tab_to('[data-step="start"] [data-go="who"]')
    keys.press("Enter")
    keys.type("wang")
    expect(page.locator("#found button").first).to_be_visible()
    keys.press("Enter")
    keys.press("Enter")
    expect(page.locator('[data-step="details"]')).to_be_visible()
    tab_to("#visitor_name")
    keys.type("Grace Bell")
    keys.press("Tab")
    keys.type("Aoki")
    tab_to('[name="purpose"] >> nth=0')
    keys.press("Space")
    tab_to("#consent")
    keys.press("Space")
    tab_to("#send")
    keys.press("Enter")
    expect(page.locator('[data-step="done"]')).to_be_visible()
    visitor.reads(visitor.says("已通知王建明", "Wang Jianming has been told"))
