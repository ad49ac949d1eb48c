"""Whatever a visitor writes stays text: on the board, in the sheet, on the host's page, in the e-mail, on the badge."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.journeys.actors import Host, Reception
from tests.journeys.conftest import Site
from tests.serving import wait_for

TRAP = "TRAP"
PAYLOADS = (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()


class Trap:
    """A server that must never be asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"


@pytest.fixture
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.server.shutdown()


@pytest.mark.parametrize("language", ["zh-Hans"], indirect=True)
def test_payloads_stay_text_everywhere(site: Site, reception: Reception, host: Host, trap: Trap) -> None:
    dialogs: list[str] = []
    for actor in (reception, host):
        actor.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    reception.signs_in()
    host.signs_in("wang")
    bearer = {"Authorization": f"Bearer {site.token}"}
    payloads = [payload.replace(TRAP, trap.address)[:80] for payload in PAYLOADS]
    for number, payload in enumerate(payloads):
        body = {"visitor_name": "甲乙", "visitor_company": payload, "purpose": "other", "purpose_note": payload}
        body["host"] = "王建明" if number % 10 == 0 else payload  # type: ignore[assignment]
        status, _, answer = site.desk.ask(
            "POST", "/api/v1/visits", body, User_Agent=payload.encode("ascii", "ignore").decode(), **bearer
        )
        assert status == 201, (payload, answer)
        named = {**body, "visitor_name": payload, "visitor_company": "x"}
        assert site.desk.ask("POST", "/api/v1/visits", named, **bearer)[0] in (201, 422)
    expect(reception.page.locator("#lane-waiting article.visit").first).to_be_visible()
    for _reload in range(2):
        assert (
            reception.page.locator("#board :is(script, iframe, object, embed, base, style, img, form, math)").count()
            == 0
        )
        reception.page.locator("#lane-waiting article.visit a.open").first.click()
        reception.page.reload()
    reception.page.goto("/console/visits?q=%3Cscript%3E")
    expect(reception.page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
    expect(host.page.get_by_text("甲乙").first).to_be_visible()
    wait_for(lambda: site.inbox.of("wang@example.com"), "an e-mail")
    for letter in site.inbox.of("wang@example.com"):
        html = letter.get_body(("html",))
        assert html is None or "<script" not in html.get_content().lower()
    for paper in sorted((site.desk.data / "printed").glob("*.pdf"))[-3:]:
        assert pypdfium2.PdfDocument(paper).count_attachments() == 0
    assert dialogs == []
    assert trap.asked == []
