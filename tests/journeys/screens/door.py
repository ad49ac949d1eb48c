"""The door: setting up the desk, signing in, links, and what goes wrong with them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import expect

from tests.journeys.actors import Host
from tests.journeys.screens.names import Screen
from tests.serving import wait_for


def set_up(host: Host, address: str) -> Iterator[Screen]:
    """The first link of a new desk: a password that is too short, then the desk that is ready."""
    page, wanted = host.page, host.says("星禾信息科技 李娜 周雨欣", "Xinghe Nora Mia").split()
    page.goto(address)
    yield "set-up", page
    for field, value in zip(("company", "name", "receptionist_name"), wanted, strict=True):
        page.locator(f'[name="{field}"]').fill(value)
    page.locator('[name="password"]').fill("short")
    page.locator("main form .btn.main").click()
    expect(page.locator(".err").first).to_be_visible()
    yield "set-up-refused", page
    page.locator('[name="password"]').fill("tall green bamboo 42")
    page.locator("main form .btn.main").click()
    expect(page.locator(".next")).to_be_visible()
    yield "set-up-done", page


def door(host: Host, email: str, reset: Callable[[], str]) -> Iterator[Screen]:
    """Signing in, and what goes wrong with it; links that sign in, and that let somebody choose a password."""
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
    page.goto(reset())
    yield "reset", page
    page.locator('[name="password"]').fill("short")
    page.locator("main form .btn.main").click()
    expect(page.locator(".err").first).to_be_visible()
    yield "reset-refused", page
    page.goto("/nowhere")
    yield "problem", page


def link_in(site: Any, email: str, path: str) -> str:
    """The newest address under `path` in that person's e-mail; empty when there is none yet."""
    found = [one for told in site.inbox.told(email) for one in re.findall(rf"{re.escape(path)}[^\s>]+", told)]
    return found[-1] if found else ""
