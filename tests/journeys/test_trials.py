"""Settings try e-mail and the badge printer out, and say on the spot how that went."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.actors import Manager
from tests.journeys.conftest import Site
from tests.serving import wait_for


@pytest.fixture
def manager(browser: Browser, site: Site, language: str) -> Iterator[Manager]:
    actor = Manager(browser, site, language)
    actor.signs_in()
    actor.page.goto("/console/settings")
    yield actor
    actor.goes()


def tries(manager: Manager, what: str, to: str = "") -> None:
    trial = manager.page.locator(f'[data-trial$="/{what}-test"]')
    if what == "email":
        trial.locator("input").fill(to)
    trial.get_by_role("button").click()


def test_a_test_e_mail_arrives_or_it_is_said_why_not(site: Site, manager: Manager) -> None:
    outcome = manager.page.locator('[data-trial$="/email-test"] [data-outcome]')
    for to, chinese, english in (
        ("somewhere", "不是邮箱地址", "not an e-mail address"),
        ("nobody@example.com", "没发出去", "Not sent: unknown address"),
        ("han@example.com", "发出去了", "Sent"),
    ):
        tries(manager, "email", to)
        expect(outcome).to_contain_text(manager.says(chinese, english))
    assert wait_for(lambda: site.inbox.told("han@example.com"), "the e-mail")
    manager.page.goto("/console/journal")
    expect(manager.page.locator(".journal")).to_contain_text(manager.says("试发了邮件", "e-mail tried out"))


def test_a_test_badge_is_printed(site: Site, manager: Manager) -> None:
    printed = lambda: {*(site.desk.data / "printed").glob("*_TEST*.pdf")}  # noqa: E731
    before = printed()
    tries(manager, "badge")
    outcome = manager.page.locator('[data-trial$="/badge-test"] [data-outcome]')
    expect(outcome).to_contain_text(manager.says("访客证已打印", "The badge is printed"))
    assert len(printed() - before) == 1
    manager.page.goto("/console/journal")
    expect(manager.page.locator(".journal")).to_contain_text(manager.says("试打了访客证", "badge printer tried out"))
