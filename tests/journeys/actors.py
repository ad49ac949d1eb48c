"""One actor a face: a visitor at the kiosk, reception at the console, a host on a phone."""

import re
from typing import Any, ClassVar

from playwright.sync_api import Browser, expect

LOCALES = {"zh-Hans": "zh-CN", "en": "en-GB"}


class Actor:
    """Somebody with a browser of their own."""

    size: ClassVar = {"width": 1280, "height": 800}
    touch = False

    def __init__(self, browser: Browser, site: Any, language: str, **options: Any) -> None:
        self.site, self.language = site, language
        usual = {
            "viewport": self.size,
            "has_touch": self.touch,
            "locale": LOCALES[language],
            "reduced_motion": "reduce",
        }
        self.context = browser.new_context(base_url=site.desk.url, **usual | options)
        self.context.set_default_timeout(20_000)
        self.errors: list[str] = []
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def says(self, chinese: str, english: str) -> str:
        return chinese if self.language == "zh-Hans" else english

    def presses(self, place: Any) -> None:
        place.tap() if self.touch else place.click()

    def goes(self) -> None:
        self.context.close()
        assert not self.errors, self.errors


class Visitor(Actor):
    """Stands at the kiosk, and touches it."""

    size: ClassVar = {"width": 768, "height": 1024}
    touch = True

    def arrives(self) -> None:
        """The kiosk shows its first page, in the visitor's language."""
        cookie = {"name": "foyer-kiosk", "value": self.site.kiosk, "url": self.site.desk.url}
        self.context.add_cookies([cookie])  # type: ignore[list-item]
        self.page.goto("/kiosk")
        self.speaks()

    def speaks(self) -> None:
        """Chooses the language on the start page."""
        self.presses(self.page.locator('[data-step="start"]').get_by_role("button", name=self.says("中文", "English")))
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def looks_for(self, letters: str) -> None:
        """Opens the check-in and types on the kiosk's own keys."""
        self.presses(self.page.locator('[data-step="start"] [data-go="who"]'))
        self.types("who", letters)

    def chooses(self, name: str) -> None:
        self.presses(self.page.locator("#found button").filter(has_text=name).first)

    def asks_for(self, name: str) -> None:
        """Goes on with a name as it was typed."""
        self.presses(self.page.locator('[data-step="start"] [data-go="who"]'))
        self.page.locator("#who").fill(name)
        self.presses(self.page.locator("#found button.text"))

    def introduces(self, name: str, company: str, purpose: str = "business") -> None:
        self.page.locator("#visitor_name").fill(name)
        self.page.locator("#visitor_company").fill(company)
        self.presses(self.page.locator(f'input[name="purpose"][value="{purpose}"]'))
        self.presses(self.page.locator("#consent"))

    def types(self, field: str, text: str) -> None:
        """On the kiosk's own keys of that field; a backspace is the key that deletes."""
        pad = self.page.locator(f'[data-pad="{field}"]')
        for key in text:
            self.presses(pad.locator("[data-pad-delete]" if key == "\b" else f'[data-key="{key}"]'))

    def wants_a_call(self, number: str) -> None:
        """Ticks that, and leaves a number."""
        self.presses(self.page.locator(".reply"))
        self.page.locator("#phone").fill(number)
        self.presses(self.page.locator("#phone-use"))
        expect(self.page.locator('[data-step="details"]')).to_be_visible()

    def signs(self) -> None:
        """Writes on the glass with one stroke."""
        paper = self.page.locator("#signature-pad").bounding_box()
        assert paper
        points = ((0.2, 0.7), (0.35, 0.3), (0.45, 0.7), (0.6, 0.4), (0.8, 0.6))
        places = [(paper["x"] + x * paper["width"], paper["y"] + y * paper["height"]) for x, y in points]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=8)
        self.page.mouse.up()
        expect(self.page.locator("#signature-use")).to_be_enabled()

    def registers(self, drink: str = "") -> None:
        """Sends it, and chooses a drink where the kiosk asks for one."""
        self.presses(self.page.locator("#send"))
        if drink:
            self.presses(self.page.locator(f'[data-drink="{drink}"]'))
        expect(self.page.locator('[data-step="done"]')).to_be_visible()

    def checks_in_to_see(self, letters: str, name: str, *, who: str, company: str, drink: str = "") -> None:
        self.arrives()
        self.looks_for(letters)
        self.chooses(name)
        self.introduces(who, company)
        self.registers(drink)

    def leaves(self, code: str) -> None:
        """Types the code at the kiosk."""
        self.arrives()
        self.presses(self.page.locator('[data-step="start"] [data-go="leave"]'))
        self.page.locator("#leave-code").fill(code)
        expect(self.page.locator('[data-step="goodbye"]')).to_be_visible()

    def reads(self, text: str | re.Pattern[str]) -> None:
        """The visible step says this."""
        expect(self.page.locator(".step:not([hidden])").get_by_text(text).first).to_be_visible()


class Reception(Actor):
    """Sits at the console."""

    login = "lin"

    def signs_in(self) -> None:
        self.page.goto("/sign-in")
        self.page.locator('[name="login"]').fill(self.login)
        self.page.locator('[name="password"]').fill(self.site.password)
        self.page.locator("form[action='/sign-in'] button").click()
        self.page.goto("/console")
        expect(self.page.locator("#board")).to_be_visible()

    def card(self, name: str) -> Any:
        return self.page.locator("article.visit").filter(has_text=name).first

    def sees(self, name: str) -> None:
        expect(self.card(name)).to_be_visible()

    def due(self, key: str, name: str) -> Any:
        """The row of Due now about somebody."""
        return self.page.locator(f'#due > [data-key="{key}"]').filter(has_text=name).first

    def runs(self, key: str, name: str) -> Any:
        """The same while nobody has settled it."""
        return self.page.locator(f'#due > [data-key="{key}"]:not(.settled, .gone)').filter(has_text=name)

    def settles(self, key: str, name: str) -> None:
        """One tap on the row; then the hand leaves the list, under which nothing moves."""
        self.runs(key, name).locator("[data-settle]").click()
        self.page.locator(".board h1").hover()

    def room(self, name: str) -> Any:
        """The tile of a room on the board."""
        return self.page.locator("#rooms .room").filter(has=self.page.get_by_text(name, exact=True))

    def seats(self, name: str) -> None:
        """Shows somebody to the room that is offered first, with Enter alone."""
        self.card(name).locator(".seat").press("Enter")
        offer = self.page.locator('.sheet [name="room"]').first
        expect(offer).to_be_focused()
        expect(offer).to_be_checked()
        offer.press("Enter")

    def tidies(self, room: str) -> Any:
        """Goes through the checklist of a room; gives the button that says it is done."""
        self.room(room).locator("a.open").click()
        clearing = self.page.locator("#room-clear")
        expect(clearing).to_be_visible()
        for tick in clearing.locator(".tick").all():
            tick.check()
        return clearing.locator("[data-save]")


class Manager(Reception):
    """Looks after people, kiosks and settings."""

    login = "han"

    def makes_a_password_link(self, name: str) -> str:
        """The link behind which somebody chooses a password, as their account's page shows it."""
        self.page.goto("/console/accounts")
        self.page.get_by_role("link", name=name).click()
        self.page.locator("form[action$='/link'] button").click()
        return self.page.locator(".told input").input_value()

    def sets(self, **ticks: bool) -> None:
        """Ticks boxes of the settings, or clears them, and saves."""
        self.page.goto("/console/settings")
        for name, on in ticks.items():
            self.page.locator(f'[name="{name}"]').set_checked(on)
        with self.page.expect_response("**/console/settings"):
            self.page.locator("form.settings [data-save]").click()

    def reads_the_report(self) -> None:
        self.page.goto("/console/reports")
        expect(self.page.locator("table.clauses")).to_be_visible()

    def clause(self, number: str) -> Any:
        """The row of a clause in the report."""
        label = self.says(number, number.replace("一", "1"))
        return self.page.locator("table.clauses tr").filter(has=self.page.get_by_text(label, exact=True))


class Host(Actor):
    """Has the page open on a phone."""

    size: ClassVar = {"width": 390, "height": 844}
    touch = True

    def signs_in(self, login: str = "wang") -> None:
        self.page.goto("/sign-in?next=/me")
        self.page.locator('[name="login"]').fill(login)
        self.page.locator('[name="password"]').fill(self.site.password)
        self.presses(self.page.locator("form[action='/sign-in'] button"))
        self.page.wait_for_url("**/me")

    def is_told_about(self, name: str) -> None:
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def answers(self, chinese: str, english: str) -> None:
        self.presses(self.page.get_by_role("button", name=self.says(chinese, english)).first)

    def meets(self) -> None:
        """Has fetched whoever was answered for."""
        self.presses(self.page.locator("form.met button"))
        expect(self.page.locator(".today li.meeting")).to_be_visible()
