"""`./desk run --demo` from outside: sign-ins that open, a kiosk that is paired, and nobody's number anywhere."""

import re
import time
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from cli.demo.people import EMPLOYEES
from tests.serving import Desk, desk

LONGEST_START = 25.0  # seconds; the load alone may take 15 on a busy machine
MORNING = "2025-11-04T10:30:00+08:00"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo as somebody tries it, on a fixed morning."""
    with desk(tmp_path_factory.mktemp("running"), DESK_RATE_LIMITS="relaxed") as made:
        started = time.monotonic()
        made.start("run", "--demo", "--now", MORNING)
        assert time.monotonic() - started < LONGEST_START
        yield made


class Browser:
    """Keeps cookies, says where it comes from."""

    def __init__(self, origin: str) -> None:
        self.origin, self.cookies = origin, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        address = path if path.startswith("http") else self.origin + path
        with self.opener.open(address, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **form: str) -> str:
        address = path if path.startswith("http") else self.origin + path
        request = urllib.request.Request(address, urlencode(form).encode(), {"Origin": self.origin})
        with self.opener.open(request, timeout=20) as answer:
            return str(answer.read().decode())


def kiosk_link(running: Desk) -> str:
    found = re.findall(r"\S+/kiosk/open/\S+", running.output())
    assert found
    return str(found[-1])


def test_it_prints_who_may_sign_in(running: Desk) -> None:
    lines = [line for line in running.output().splitlines() if line]
    logins = [login for line in lines for login in line.split() if login in LOGINS]
    assert logins == LOGINS
    table = [line for line in lines if any(login in line for login in LOGINS)]
    assert all(re.search(r"   [a-z2-9]{5}(-[a-z2-9]{5}){3}$", line) for line in table)
    assert lines[-1] == f"Foyer is at {running.url}"


LOGINS = ["linxiaotong", "zhouyuxin", "hanxuemei", "renyuan", "sysadmin", "yuchiming", "wangjianming"]


def test_the_printed_kiosk_opens_paired_and_only_once(running: Desk) -> None:
    link, first, second = kiosk_link(running), Browser(running.url), Browser(running.url)
    assert "<form" in first.get(link)
    assert not list(first.cookies)
    assert "data-host-mode" in first.post(link)
    assert [cookie.name for cookie in first.cookies] == ["foyer-kiosk"]
    assert "data-host-mode" in first.get(link)
    assert "pair-code" in second.post(link)
    assert not list(second.cookies)
    no_contact_of_anybody(first)


def no_contact_of_anybody(kiosk: Browser) -> None:
    """Every page and every search of a kiosk, for all sixty: no number, no address, and leaders are not there."""
    said = [kiosk.get("/kiosk"), kiosk.get("/kiosk/notice")]
    found = {one.name: kiosk.get(f"/kiosk/people?session=s&q={quote(one.name)}") for one in EMPLOYEES}
    assert "王建明" in found["王建明"].encode().decode("unicode_escape") or "王建明" in found["王建明"]
    everything = "\n".join([*said, *found.values()])
    assert "@example.com" not in everything.replace("privacy@example.com", "")
    assert not [one.name for one in EMPLOYEES if one.phone in everything]
    assert not [one.name for one in EMPLOYEES if re.search(rf"\b{one.extension}\b", everything)]
    assert [one.name for one in EMPLOYEES if '"ref"' not in found[one.name]] == [
        one.name for one in EMPLOYEES if one.protected
    ]


def test_a_second_start_is_quick_and_tells_the_same(tmp_path: Path) -> None:
    with desk(tmp_path) as made:
        made.start("run", "--demo")
        first = made.output()
        made.stop()
        made.start("run", "--demo")
        second = made.output()[len(first) :]
        made.stop()
    same = [line for line in second.splitlines() if any(login in line for login in LOGINS)]
    assert len(same) == len(LOGINS)
    assert all(line in first for line in same)
    assert "Loading" not in second


def test_a_desk_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    with desk(tmp_path) as made:
        made.command("user", "add", "Zhou Yuxin", "--role", "sysadmin")
        with pytest.raises(AssertionError, match="DESK_DATA"):
            made.command("run", "--demo")
