"""A desk that serves, a mail server that receives, and one browser for the actors."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.inbox import Inbox, inbox
from tests.journeys.actors import Host, Reception, Visitor
from tests.journeys.prepare import NEW
from tests.serving import Desk, desk

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
    "--use-fake-device-for-media-stream",  # a camera for whoever is allowed to use one
]

expect.set_options(timeout=20_000)  # a busy machine is no fault of the desk's


@dataclass
class Site:
    """Where the actors meet."""

    desk: Desk
    inbox: Inbox
    password: str
    kiosk: str
    token: str


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk with the cast, a folder for badges and a real mail server."""
    with opened(tmp_path_factory.mktemp("desk")) as made:
        yield made


@contextmanager
def opened(
    folder: Path, program: str = "cli", *, new: bool = False, filled: str = "tests.journeys.prepare", **settings: str
) -> Iterator[Site]:
    """A desk in `folder`, served by `program`, `filled` by another; a `new` one has no hour behind it."""
    with inbox() as post, desk(folder, DESK_PRINTER="folder:", DESK_SMTP_URL=post.url, **settings) as server:
        server.program = program
        server.settings |= {"DESK_MAIL_FROM": "Reception <reception@example.com>", "DESK_RATE_LIMITS": "relaxed"}
        known = json.loads(server.filled(filled, *([NEW] if new else [])))
        server.start()
        yield Site(server, post, known["password"], known["kiosk"], known["token"])


@pytest.fixture(params=["zh-Hans", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, site: Site, language: str) -> Iterator[Visitor]:
    actor = Visitor(browser, site, language)
    yield actor
    actor.goes()


@pytest.fixture
def reception(browser: Browser, site: Site, language: str) -> Iterator[Reception]:
    actor = Reception(browser, site, language)
    yield actor
    actor.goes()


@pytest.fixture
def host(browser: Browser, site: Site, language: str) -> Iterator[Host]:
    actor = Host(browser, site, language)
    yield actor
    actor.goes()
