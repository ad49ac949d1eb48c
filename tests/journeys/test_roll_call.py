"""Five hundred people, four wardens, and a desk that is killed in the middle: every mark is kept, none contradicts."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.actors import Reception
from tests.journeys.conftest import Site, opened
from tests.serving import wait_for

PIN = "482913"
EVERYBODY = 500
_NUMBERS = count(1)


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Site]:
    """A desk with five hundred people on site: the cast, staff and visitors."""
    with opened(tmp_path, filled="tests.journeys.crowd") as site:
        yield site


@dataclass
class Warden:
    """A device that speaks to the desk by itself: it says everything again until somebody has heard it."""

    site: Site
    call: str
    name: str
    said: list[dict[str, Any]] = field(default_factory=list)
    unheard: list[dict[str, Any]] = field(default_factory=list)

    def marks(self, subject: str, state: str, **more: Any) -> None:
        mark = {"subject": subject, "state": state, "key": f"{self.name}-{next(_NUMBERS):06d}", **more}
        self.said.append(mark)
        self.unheard.append(mark)

    def sends(self) -> bool:
        """Whether everything has been heard."""
        try:
            answer = self.asks("POST", "/marks", {"marks": self.unheard[:100]}) if self.unheard else {"taken": []}
        except OSError:
            return False
        taken = set(answer["taken"])
        self.unheard = [mark for mark in self.unheard if mark["key"] not in taken]
        return not self.unheard

    def asks(self, method: str, path: str, body: Any = None) -> Any:
        bearer = f"Bearer {self.site.token}"
        status, _, answer = self.site.desk.ask(
            method, f"/api/v1/roll-calls/{self.call}{path}", body, Authorization=bearer
        )
        assert status == 200, answer
        return json.loads(answer)


def row(page: Page, subject: str) -> Any:
    return page.locator(f'#roll-list > [data-subject="{subject}"]')


def touches(page: Page, subject: str, state: str) -> None:
    """A thumb on a button; once more when the list was renewed under it."""
    button = row(page, subject).locator(f'[data-mark="{state}"]')
    wait_for(lambda: button.evaluate("button => button.isConnected && (button.click(), true)"), "a button to touch")


def keeps_a_copy(page: Page) -> None:
    """Chooses a PIN, and waits until page and copy are on the device."""
    page.goto("/console/roll-call")
    page.locator("[data-pin] input").fill(PIN)
    page.locator("[data-pin] button").click()
    expect(page.locator('[data-roll-device][data-now="kept"]')).to_be_visible(timeout=60_000)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def has_a_copy_since(page: Page, moment: int) -> None:
    """Waits until the copy on the device is newer than that."""
    fresh = "(since) => import('/static/js/roll_call/device.js').then(async ({ freshAt }) => (await freshAt()) > since)"
    wait_for(lambda: page.evaluate(fresh, moment), "a fresh copy")


def opens_the_copy(page: Page, pin: str = PIN) -> None:
    page.locator(".roll-pin input").fill(pin)
    page.locator(".roll-pin button").click()


def states(page: Page) -> dict[str, str]:
    """How everybody stands on a page."""
    pairs = "[...document.querySelectorAll('#roll-list > li')].map((one) => [one.dataset.subject, one.dataset.state])"
    found: dict[str, str] = page.evaluate(f"Object.fromEntries({pairs})")
    return found


def test_every_mark_is_kept_and_none_contradicts(browser: Browser, crowd: Site) -> None:
    site = crowd
    warden, other = Reception(browser, site, "zh-Hans"), Reception(browser, site, "en")
    other.login = "han"
    for one in (warden, other):
        one.signs_in()
        keeps_a_copy(one.page)
    begun = other.page.evaluate("Date.now()")
    warden.page.locator("[data-begin='real']").click()
    expect(warden.page.locator("#roll[data-running]")).to_be_attached()
    expect(other.page.locator("#roll[data-running]")).to_be_attached()
    call = str(warden.page.locator("#roll").get_attribute("data-call"))
    programs = [Warden(site, call, f"warden{number}") for number in (3, 4)]
    everybody = [str(one["subject"]) for one in programs[0].asks("GET", "/people")["people"]]
    assert len(everybody) == EVERYBODY

    # before: four wardens at once, two of them about the same person
    touches(warden.page, everybody[0], "safe")
    touches(other.page, everybody[0], "help")
    for place, program in enumerate(programs):
        for subject in everybody[10 + 100 * place : 110 + 100 * place]:
            program.marks(subject, "safe")
    threads = [threading.Thread(target=program.sends) for program in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for page in (warden.page, other.page):
        expect(row(page, everybody[0])).to_have_attribute("data-state", "help")
        expect(page.locator('[data-count="safe"]')).to_have_text("200")

    has_a_copy_since(other.page, begun)

    # during: the desk is really gone; one page goes on, the other comes again with the PIN
    programs[0].marks(everybody[300], "help")
    site.desk.kill()
    touches(warden.page, everybody[1], "safe")
    touches(warden.page, everybody[2], "help")
    touches(warden.page, everybody[300], "safe")
    other.page.goto("/console/roll-call")
    opens_the_copy(other.page)
    expect(other.page.locator("#roll-list > li")).to_have_count(EVERYBODY)
    touches(other.page, everybody[2], "safe")
    touches(other.page, everybody[3], "not_found")
    expect(row(other.page, everybody[2])).to_have_attribute("data-state", "safe")
    for program in programs:
        program.marks(everybody[4], "safe")
        assert not program.sends()
    expect(warden.page.locator("[data-roll-waits] span")).to_contain_text("3")

    # after: everything is sent once, and everybody sees the same
    site.desk.start()
    for program in programs:
        wait_for(program.sends, "marks to be heard")
        program.said += program.said[:20]
        program.unheard = list(program.said)  # all of it once more
        wait_for(program.sends, "marks to be heard again")
    for page in (warden.page, other.page):
        expect(page.locator("[data-roll-waits]")).to_be_hidden()
        expect(page.locator('[data-count="help"]')).to_have_text("3")
        expect(page.locator('[data-count="not_found"]')).to_have_text("1")
    judge(programs, everybody, [states(page) for page in (warden.page, other.page)])
    for one in (warden, other):
        one.errors = [error for error in one.errors if "socket.io" not in error]  # the desk was gone
        one.goes()


def judge(programs: list[Warden], everybody: list[str], pages: list[dict[str, str]]) -> None:
    """What the desk kept is what was said, once each; every page says what the desk says."""
    people = programs[0].asks("GET", "/people")["people"]
    kept = [mark for one in people for mark in one["marks"]]
    keys = [mark["key"] for mark in kept]
    assert len(keys) == len(set(keys)), "doubled"
    said = {mark["key"] for program in programs for mark in program.said}
    assert said <= set(keys), "said and not there"
    by_pages = [(everybody.index(mark["subject"]), mark["state"]) for mark in kept if mark["key"] not in said]
    assert sorted(by_pages) == [
        (0, "help"), (0, "safe"), (1, "safe"), (2, "help"), (2, "safe"), (3, "not_found"), (300, "safe")
    ]  # fmt: skip
    found = {one["subject"]: one["state"] for one in people}
    expected = dict.fromkeys((0, 2, 300), "help") | {1: "safe", 3: "not_found", 4: "safe"}
    assert {place: found[everybody[place]] for place in expected} == expected
    assert pages == [found, found]
    contested = {everybody.index(one["subject"]) for one in people if one["contested"]}
    assert contested == {0, 2, 300}
