"""A1.7b: two voice failures put a message on A6; the slip goes through the print queue as a document of its own."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

import app
from shared import badges, company, relay
from shared.badges.printing import Printing
from shared.badges.render import Renderer
from shared.lib import clock
from shared.lib.config import settings
from tests.cast import Cast, checks_in, people
from tests.shared.relay.conftest import TEN
from tests.shared.visits.test_absent import leaves

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    from shared import notice

    monkeypatch.setenv("DESK_PRINTER", "folder:")
    settings.cache_clear()
    clock.set_clock(lambda: TEN)
    notice.publish()
    app.join()
    yield people()


def prints(renderer: Renderer) -> dict[str, Path]:
    """Everything that waits is printed; the papers by name."""
    queue = Printing(renderer)
    for _job in range(5):
        queue.step()
    return {path.name: path for path in (settings().data / "printed").glob("*.pdf")}


def words_on(path: Path) -> str:
    page = pypdfium2.PdfDocument(path)[0]
    return str(page.get_textpage().get_text_bounded())


def test_a1_7b_the_second_voice_failure_prints_the_slip_once(cast: Cast, renderer: Renderer) -> None:
    visitor = checks_in(cast.host)
    message = leaves(visitor.token, message="样品放在前台 <b>请回电</b>", urgency="urgent")
    relay.attempt(message.token, "extension", "no_answer")
    assert not [name for name in prints(renderer) if "slip" in name]
    for _again in range(2):
        relay.attempt(message.token, "mobile", "busy")
    [name] = [name for name in prints(renderer) if "slip" in name]
    assert "陈嘉豪" not in name
    paper = prints(renderer)[name]
    width, height = pypdfium2.PdfDocument(paper)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (105, 148)
    said = words_on(paper).replace("\n", "").replace("\r", "")
    for words in ("王建明", "陈嘉豪", "138 1234 0987", "样品放在前台 <b>请回电</b>"):
        assert words in said
    assert badges.slip_words(f"relay:{message.token}") == "留言条已打印。"
    assert badges.for_visits([visitor.id])[visitor.id].state == "printed", "the badge's own state is its own"


def test_a1_7b_the_slip_does_not_wait_for_badges_to_be_printed(cast: Cast, renderer: Renderer) -> None:
    company.change(company.facts().model_copy(update={"badge_printing": False}))
    message = leaves(checks_in(cast.host).token)
    for _try in range(2):
        relay.attempt(message.token, "mobile", "no_answer")
    [name] = prints(renderer)
    assert "slip" in name


def test_a_message_that_was_settled_meanwhile_is_not_printed(cast: Cast, renderer: Renderer) -> None:
    message = leaves(checks_in(cast.host).token)
    badges.print_slip(message.token)
    relay.confirm(message.token, "page", person_id=cast.host.id)
    assert not [name for name in prints(renderer) if "slip" in name]
    assert badges.slip_words(f"relay:{message.token}") == "没有打印：留言已办结。"
