"""Takes a picture of every screen: `python -m tests.pictures FOLDER [WALK …]`, and `--readme` makes those in docs/."""

import argparse
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.inbox import inbox
from tests.journeys import screens
from tests.journeys.actors import Actor, Host, Manager, Reception, Visitor
from tests.journeys.conftest import ARGUMENTS, Site
from tests.serving import ROOT, desk, wait_for
from tests.views import LYING, PHONE, SCREEN, VIEWS, View

MORNING = "2026-11-24T10:30:00+08:00"
HOST = "王建明"
EMAIL = "wang.jianming@example.com"
WALKS = {"console-phone": "console", "set-up": "set_up", "roll-call": "roll_call"}
MOST = 150_000  # bytes of a picture in docs/


@dataclass
class Studio:
    """The demo desk on a fixed morning, and a browser before it."""

    site: Site
    browser: Browser
    passwords: dict[str, str]

    def actor(self, kind: type[Actor], view: View, name: str = "", **options: Any) -> Any:
        (width, height), language, theme = view
        given = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce", **options}
        given["color_scheme"] = theme or "light"
        site = replace(self.site, password=self.passwords.get(name, ""))
        return kind(self.browser, site, {"zh": "zh-Hans"}.get(language, language), **given)

    def arrives(self, name: str, host: str = HOST) -> str:
        bearer = {"Authorization": f"Bearer {self.site.token}"}
        body = {"visitor_name": name, "visitor_company": "青木设计", "purpose": "business", "host": host}
        status, _, answer = self.site.desk.ask("POST", "/api/v1/visits", body, **bearer)
        assert status == 201, answer
        return str(json.loads(answer)["token"])

    def leaves(self, token: str) -> None:
        path = f"/api/v1/visits/{token}/departure"
        self.site.desk.ask("POST", path, Authorization=f"Bearer {self.site.token}")

    def walk(self, name: str, view: View) -> Iterator[screens.Screen]:
        """The screens of one walk, each in the size, language and theme of the view."""
        made: Callable[[View], Iterator[screens.Screen]] = getattr(self, WALKS.get(name, name))
        yield from made(view)

    def console(self, view: View) -> Iterator[screens.Screen]:
        reception = self.actor(Reception, view, "林晓彤")
        reception.login = "linxiaotong"
        yield from screens.console(reception)
        reception.context.close()

    def due(self, view: View) -> Iterator[screens.Screen]:
        reception = self.actor(Reception, view, "林晓彤")
        reception.login = "linxiaotong"
        yield from screens.due(reception)
        reception.context.close()

    def office(self, view: View) -> Iterator[screens.Screen]:
        manager = self.manager(view)
        yield from screens.office(manager)
        manager.context.close()

    def roll_call(self, view: View) -> Iterator[screens.Screen]:
        reception = self.actor(Reception, view, "林晓彤")
        reception.login = "linxiaotong"
        yield from screens.roll_call(reception)
        reception.context.close()

    def reports(self, view: View) -> Iterator[screens.Screen]:
        manager = self.manager(view)
        yield from screens.reports(manager)
        manager.context.close()

    def manager(self, view: View) -> Manager:
        made: Manager = self.actor(Manager, view, "韩雪梅")
        made.login = "hanxuemei"
        return made

    def kiosk(self, view: View) -> Iterator[screens.Screen]:
        visitor, phone = self.actor(Visitor, view), self.actor(Visitor, (PHONE, *view[1:]))
        host = self.actor(Host, (PHONE, *view[1:]), HOST)

        def answer() -> None:
            host.signs_in("wangjianming")
            host.answers("马上到", "Coming")

        yield from screens.kiosk(visitor, phone, answer)
        for actor in (visitor, phone, host):
            actor.context.close()

    def pictured(self, view: View) -> Iterator[screens.Screen]:
        """Like the kiosk, on a desk that wants photo and signature, and offers a drink."""
        manager, visitor = self.manager(view), self.actor(Visitor, view)
        manager.signs_in()
        manager.sets(kiosk_photo=True, kiosk_signature=True, kiosk_drinks=True)
        yield from screens.pictured(visitor)
        manager.sets(kiosk_photo=False, kiosk_signature=False, kiosk_drinks=False)
        for actor in (manager, visitor):
            actor.context.close()

    def away(self, view: View) -> Iterator[screens.Screen]:
        visitor = self.actor(Visitor, view)
        yield from screens.walked_away(visitor)
        visitor.context.close()

    def tablet(self, view: View) -> Iterator[screens.Screen]:
        visitor = self.actor(Visitor, view)
        yield from screens.new_tablet(visitor)
        visitor.context.close()

    def me(self, view: View) -> Iterator[screens.Screen]:
        host, came = self.actor(Host, view, HOST), []
        letter = lambda: wait_for(lambda: screens.link_in(self.site, EMAIL, "/a/"), "the link")  # noqa: E731

        def leave() -> None:
            while came:
                self.leaves(came.pop())

        yield from screens.mine(host, "wangjianming", lambda name: came.append(self.arrives(name)), leave, letter)
        leave()
        host.context.close()

    def messages(self, view: View) -> Iterator[screens.Screen]:
        reception, host = self.actor(Reception, view, "林晓彤"), self.actor(Host, (PHONE, *view[1:]), HOST)
        reception.login = "linxiaotong"
        token = self.arrives({"zh": "苏婉", "en": "Emma"}[view[1]])
        letter = lambda: wait_for(lambda: screens.link_in(self.site, EMAIL, "/a/message/"), "the link")  # noqa: E731
        yield from screens.messages(reception, host, "wangjianming", letter)
        self.leaves(token)
        for actor in (reception, host):
            actor.context.close()

    def door(self, view: View) -> Iterator[screens.Screen]:
        host, manager = self.actor(Host, view), self.manager(view)

        def reset() -> str:
            manager.signs_in()
            return manager.makes_a_password_link("周雨欣")

        yield from screens.door(host, "li.na@example.com", reset)
        for actor in (host, manager):
            actor.context.close()

    def set_up(self, view: View) -> Iterator[screens.Screen]:
        with tempfile.TemporaryDirectory() as folder, desk(Path(folder)) as fresh:
            fresh.start()
            host = self.actor(Host, view)
            address = next(line.split()[-1] for line in fresh.output().splitlines() if "/set-up/" in line)
            yield from screens.set_up(host, address)
            host.context.close()

    def badge(self, name: str) -> Image.Image:
        """The badge of somebody who comes now, as the label printer would put it on paper."""
        printed = lambda: {*(self.site.desk.data / "printed").glob("*.pdf")}  # noqa: E731
        before = printed()
        token = self.arrives(name)
        paper = wait_for(lambda: printed() - before, "a badge").pop()
        self.leaves(token)
        drawn: Image.Image = pypdfium2.PdfDocument(paper)[0].render(scale=300 / 72).to_pil()
        return drawn


@contextmanager
def studio() -> Iterator[Studio]:
    with tempfile.TemporaryDirectory() as folder, inbox() as post, desk(Path(folder)) as server:
        server.settings |= {"DESK_PRINTER": "folder:", "DESK_SMTP_URL": post.url, "DESK_RATE_LIMITS": "relaxed"}
        server.settings["DESK_MAIL_FROM"] = "Reception <reception@example.com>"
        server.start("run", "--demo", "--now", MORNING)
        token = server.command("token", "create", "pictures", "--scope", "reception")
        known = json.loads((server.data / "demo-sign-ins.json").read_text(encoding="utf-8"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
            yield Studio(Site(server, post, "", known["secret"], token), browser, known["passwords"])
            browser.close()


def keep_all(made: Studio, folder: Path, walks: Iterable[str]) -> None:
    """Every screen of the walks, as `kiosk-who-768x1024-zh.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    for walk in walks:
        for view in VIEWS[walk]:
            for name, page in made.walk(walk, view):
                page.wait_for_timeout(350)
                size = "x".join(map(str, (page.viewport_size or {}).values()))
                picture = "-".join(filter(None, (walk.removesuffix("-phone"), name, size, *view[1:])))
                page.screenshot(path=folder / f"{picture}.png")
                print(picture, flush=True)


def keep_for_readme(made: Studio) -> None:
    """The board, a host's page, the kiosk and a badge, in docs/."""
    wanted = {"console": ("board", SCREEN), "me": ("me", PHONE), "kiosk": ("start", LYING)}
    for walk, (screen, size) in wanted.items():
        shots = made.walk(walk, (size, "zh", ""))
        page = next(page for name, page in shots if name == screen)
        page.wait_for_timeout(800)
        save(Image.open(io.BytesIO(page.screenshot())), walk)
        page.context.close()
    save(made.badge("陈嘉豪"), "badge")


def save(picture: Image.Image, name: str) -> None:
    """As small as it looks the same: 256 colours, and never more than MOST bytes."""
    path = ROOT / "docs" / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size <= MOST, f"{path} is too big"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("walks", nargs="*", metavar="WALK", help=", ".join(VIEWS))
    parser.add_argument("--readme", action="store_true")
    given = parser.parse_args()
    with studio() as made:
        if given.readme:
            keep_for_readme(made)
        if given.folder:
            keep_all(made, given.folder, given.walks or VIEWS)


if __name__ == "__main__":
    main()
