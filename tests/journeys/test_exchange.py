"""The exchange is heard: the pad knows who is on the line, and who hangs up unanswered waits on the console."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.exchange import Manager
from tests.journeys.actors import Reception
from tests.journeys.conftest import Site, opened
from tests.journeys.test_phone import clock, opens_a_pad
from tests.moving_clock import WHERE, MovingClock
from tests.serving import wait_for

__all__ = ["clock"]


@pytest.fixture(scope="module")
def manager() -> Iterator[Manager]:
    made = Manager()
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, clock: MovingClock, manager: Manager) -> Iterator[Site]:
    settings = {WHERE: str(clock.path), "DESK_EXCHANGE_URL": manager.url()}
    with opened(tmp_path_factory.mktemp("desk"), "tests.moving_clock", new=True, **settings) as made:
        assert manager.signed_in.acquire(timeout=20)
        yield made


@pytest.fixture
def desk(browser: Browser, site: Site, language: str) -> Iterator[Reception]:
    actor = Reception(browser, site, language)
    actor.signs_in()
    yield actor
    actor.goes()


def test_the_pad_knows_the_number_on_the_line_and_the_console_who_was_missed(desk: Reception, manager: Manager) -> None:
    page = desk.page
    call = manager.rings("15400001207")
    manager.answers(call)
    number = page.locator("form[data-pad] [name=number]")

    def known() -> bool:
        opens_a_pad(page)
        found = number.input_value() == "154 0000 1207"
        page.keyboard.press("Escape")
        expect(page.locator("[data-pad-id]")).to_have_count(0)
        return found

    wait_for(known, "the number on the line")
    opens_a_pad(page)
    page.locator("[name=caller_name]").focus()
    page.keyboard.type(desk.says("苏婉", "Anna Keller"))
    page.locator('[name=became][value="answered"]').press("Space")
    page.locator("[name=content]").focus()
    page.keyboard.type("问发票什么时候寄出")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-pad-id]")).to_have_count(0)
    manager.hangs_up(call)
    unanswered = desk.says("15400000921", "15400000922")
    manager.hangs_up(manager.rings(unanswered))
    desk.runs("T08", f"154****{unanswered[-4:]}")
    opens_a_pad(page)
    expect(number).to_have_value("")


def test_an_exchange_that_is_not_heard_is_said_and_heard_again(desk: Reception, manager: Manager) -> None:
    page = desk.page
    strip = page.locator("#exchange")
    expect(strip).to_have_count(0)
    manager.refuses = True
    manager.drops()
    expect(strip).to_contain_text(desk.says("与电话交换机失去联系", "is not heard since"))
    manager.refuses = False
    expect(strip).to_have_count(0)
