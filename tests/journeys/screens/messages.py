"""A message from the card to the reply, as reception and the recipient see it; and what the e-mail's link opens."""

from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from tests.journeys.actors import Host, Reception
from tests.journeys.screens.console import waiting
from tests.journeys.screens.names import Screen


def messages(reception: Reception, host: Host, login: str, letter: Callable[[], str]) -> Iterator[Screen]:
    """The form, the list, one message; then the page of the one it is for, and the link."""
    page = reception.page
    reception.signs_in()
    waiting(page)
    page.locator('article.visit button[data-sheet-url$="/message"]').first.click()
    expect(page.locator(".sheet form[data-message]")).to_be_visible()
    yield "message-walk-in", page
    page.goto("/console")
    waiting(page)
    card = reception.card(reception.says("苏婉", "Emma"))
    card.locator('button[data-sheet-url$="/message"]').click()
    form = page.locator(".sheet form[data-message]")
    form.locator('[name="message"]').fill(
        reception.says(
            "方案 B 的样张今天 16:00 前送到，请安排人签收，收到后回个电话。",
            "The samples of plan B arrive before 16:00 today. Have somebody sign for them and call back.",
        )
    )
    form.locator('[name="number"]').fill("154 0000 1207")
    form.locator('[name="reply_required"]').check()
    form.locator('[name="will_return"]').check()
    with page.expect_response("**/drafts/message/**"):
        form.locator('[name="return_time"]').fill("10:00")
    yield "message-unread", page
    form.locator('[name="read_back"]').check()
    yield "message", page
    form.locator("[data-save]").click()
    expect(page.locator(".toasts .toast")).to_be_visible()
    yield "message-saved", page
    page.goto("/console/messages")
    yield "messages", page
    page.locator("[data-rows] td.who a").first.click()
    expect(page.locator(".sheet #part-history")).to_be_visible()
    yield "message-one", page
    page.locator("#part-else summary").first.click()
    page.locator("#part-else").scroll_into_view_if_needed()
    yield "message-else", page
    page.goto("/console/messages?state=handover")
    yield "messages-handover", page
    mine = host.page
    host.signs_in(login)
    expect(mine.locator(".note").first).to_be_visible()
    yield "me-message", mine
    mine.locator(".note summary").first.click()
    mine.locator(".note summary").first.scroll_into_view_if_needed()
    yield "me-message-wrong", mine
    mine.goto(letter())
    expect(mine.locator(".note").first).to_be_visible()
    yield "link-message", mine
    mine.goto("/me")
    mine.locator('.note button[value="confirm"]').first.click()
    expect(mine.locator('.note [value="reply"]').first).to_be_visible()
    yield "me-message-confirmed", mine
