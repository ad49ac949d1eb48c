"""What is said on the phone, and what a caller may not have: by keys alone, on a pad that stays open."""

from playwright.sync_api import Browser, expect

from tests.journeys.actors import Host, Manager, Reception
from tests.journeys.conftest import Site
from tests.journeys.test_access import faults
from tests.journeys.test_phone import opens_a_pad, saves, writes


def test_b1_2_the_card_that_fits_shows_by_itself_and_new_words_come_to_an_open_pad(
    reception: Reception, browser: Browser, site: Site, language: str
) -> None:
    reception.signs_in()
    page, caller = reception.page, reception.says("苏婉", "Anna Keller")
    shown = lambda key: page.locator(f'[data-card="{key}"] q:visible')  # noqa: E731
    opens_a_pad(page)
    expect(shown("answering")).to_have_count(1)
    expect(shown("absent")).to_have_count(0)
    writes(page, caller, "样张今天送到，请签收后回电")
    expect(shown("absent")).to_contain_text(reception.says("王建明现在不在", "Wang Jianming is not available"))
    expect(shown("answering")).to_have_count(0)
    expect(shown("message")).to_have_count(1)
    page.locator("[name=read_back]").press("Space")
    expect(shown("message")).to_have_count(0)
    expect(shown("closing")).to_have_count(1)
    assert faults(page) == []
    manager = Manager(browser, site, language)
    manager.signs_in()
    manager.page.goto("/console/phone/settings")
    form = manager.page.locator("#card-closing")
    form.locator("[name=zh]").fill("慢走，{caller}。")
    form.locator("[name=en]").fill("Bye, {caller}.")
    with manager.page.expect_event("load"):  # the page comes anew, with what it said before
        form.locator("[data-save]").press("Enter")
    expect(shown("closing")).to_have_text(reception.says(f"慢走，{caller}。", f"Bye, {caller}."))
    expect(page.locator("[name=content]")).to_have_value("样张今天送到，请签收后回电")
    form.locator('[data-post$="/default"]').press("Enter")
    expect(shown("closing")).to_have_text(reception.says("感谢您的来电，再见。", "Thank you for calling. Goodbye."))
    manager.goes()
    page.locator("[data-pad-drop]").press("Enter")
    expect(page.locator("[data-pad-id]")).to_have_count(0)


def test_two_keys_note_that_a_caller_asked_for_a_number_and_the_person_says_yes_on_their_own_page(
    reception: Reception, browser: Browser, site: Site, language: str
) -> None:
    reception.signs_in()
    page, caller = reception.page, reception.says("苏婉", "Anna Keller")
    asked = page.locator("form[data-pad] [data-asked] li")
    opens_a_pad(page)
    writes(page, caller, "想要王建明的手机号")
    page.keyboard.press("Alt+n")
    expect(page.locator('[data-asks] [value="declined_relayed"]')).to_be_focused()
    expect(page.locator('[data-card="number"] q')).to_contain_text(
        reception.says("号码不便提供", "may not give that number")
    )
    expect(page.locator("#pad-about")).to_have_value(reception.says("王建明", "Wang Jianming"))
    assert faults(page) == []
    page.keyboard.press("Enter")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text(reception.says("婉拒", "politely declined"))
    expect(page.locator("[name=content]")).to_be_focused()
    page.keyboard.press("Alt+n")
    expect(page.locator('[data-asks] [value="declined_relayed"]')).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(asked.first).to_contain_text(reception.says("尚未答复", "asked, no answer yet"))
    host = Host(browser, site, language)
    host.signs_in()
    host.presses(host.page.locator('.note.open button[name="agrees"][value="true"]').first)
    reveal = page.locator("form[data-pad] [data-asked] [data-reveal]")
    expect(reveal).to_have_count(1)
    reveal.press("Enter")
    expect(page.locator("[data-asked] [data-shown] b")).to_be_visible()
    host.goes()
    expect(page.locator("[name=content]")).to_have_value("想要王建明的手机号")
    saves(page)
    page.goto("/console/registers/phone")
    expect(page.locator("tbody tr").first).to_contain_text(
        reception.says("索要王建明的电话号码", "Wang Jianming, phone number")
    )
