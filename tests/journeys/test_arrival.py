"""The main job: a visitor checks in, reception sees it, the host answers, the badge prints, the visitor leaves."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.journeys.actors import Host, Reception, Visitor
from tests.journeys.conftest import Site
from tests.journeys.qr import read_qr
from tests.serving import wait_for


def badges(site: Site) -> list[Path]:
    return sorted((site.desk.data / "printed").glob("*.pdf"))


def test_a_visitor_is_announced_answered_for_and_leaves(
    site: Site, visitor: Visitor, reception: Reception, host: Host
) -> None:
    name = visitor.says("陈嘉豪", "Anna Müller")
    reception.signs_in()
    host.signs_in("wang")
    printed = len(badges(site))

    visitor.checks_in_to_see("wang", visitor.says("王建明", "Wang Jianming"), who=name, company="深蓝物联")
    visitor.reads(re.compile(visitor.says("已通知", "has been told|Told")))

    reception.sees(name)
    host.is_told_about(name)
    told = wait_for(lambda: site.inbox.told("wang@example.com"), "the e-mail")[-1]
    assert "深蓝物联" in told
    assert name not in told, "only the surname travels by e-mail"

    host.answers("马上到", "Coming")
    visitor.reads(re.compile(visitor.says("马上下来", "Coming down")))
    expect(reception.card(name)).to_contain_text(re.compile(reception.says("马上到", "coming")))

    paper = wait_for(lambda: badges(site)[printed:], "the badge in the folder")[0]
    address = read_qr(paper)
    assert re.fullmatch(rf"{site.desk.url}/v/[\w-]{{22,}}", address), address
    text = pypdfium2.PdfDocument(paper)[0].get_textpage().get_text_range()
    assert name.split()[0] in text

    visitor.page.goto(address.removeprefix(site.desk.url))
    visitor.presses(visitor.page.locator("#sign-out"))
    visitor.presses(visitor.page.locator("#leaving form button"))
    expect(reception.card(name)).to_have_count(0)
    expect(reception.page.locator("#lane-left")).to_contain_text(name)


@pytest.mark.parametrize("language", ["zh-Hans"], indirect=True)
def test_a_host_answers_from_the_e_mail_without_signing_in(site: Site, visitor: Visitor, host: Host) -> None:
    visitor.checks_in_to_see("wang", "王建明", who="何一帆", company="青木设计")
    letters = lambda: [told for told in site.inbox.told("wang@example.com") if "青木设计" in told]  # noqa: E731
    link = re.search(rf"{site.desk.url}(/a/\S+)", wait_for(letters, "the e-mail")[-1])
    assert link
    host.page.goto(link.group(1))
    host.answers("马上到", "Coming")
    visitor.reads(re.compile("马上下来"))


def test_the_screen_keeps_nothing_of_a_visitor_who_is_done(site: Site, visitor: Visitor) -> None:
    canary = "甄嘉漪"
    visitor.checks_in_to_see("wang", visitor.says("王建明", "Wang Jianming"), who=canary, company="金丝雀公司")
    visitor.presses(visitor.page.locator('[data-step="done"] .top button').last)
    expect(visitor.page.locator('[data-step="start"]')).to_be_visible()
    kept = visitor.page.evaluate(
        """async () => [document.documentElement.outerHTML, location.href,
            ...[...document.querySelectorAll('input, textarea')].map((field) => field.value),
            JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}),
            JSON.stringify(await indexedDB.databases())].join()"""
    )
    assert canary not in kept
    assert "金丝雀" not in kept
    visitor.page.go_back()
    assert canary not in visitor.page.content()
