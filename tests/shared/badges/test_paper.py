"""Many pages at once: one paper after another, nobody waits for ever, and nobody asks twice meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from shared import badges
from shared.badges import desk
from shared.lib import i18n
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Unavailable
from tests.serving import wait_for

LIN, HAN = Actor("account", 1), Actor("account", 2)


def asks(who: Actor) -> bytes:
    with acting_as(who):
        return badges.paper("<p>前台</p>", "")


def test_whose_turn_does_not_come_is_told_so_and_may_ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PAPER_WAIT", 0.05)
    for language, said in (("en", "Somebody else's pages are being made"), ("zh_Hans", "正在生成别人的页面")):
        with desk._one_paper, i18n.use(language), pytest.raises(Unavailable, match=said):
            asks(LIN)
    monkeypatch.undo()
    assert asks(LIN).startswith(b"%PDF")


def test_one_account_has_one_paper_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor() as beside:
        with desk._one_paper:
            waits = beside.submit(asks, LIN)
            wait_for(lambda: desk._asking, "the first one waits")
            with pytest.raises(Conflict, match="已经在生成"):
                asks(LIN)
            monkeypatch.setattr(desk, "PAPER_WAIT", 0.05)
            with pytest.raises(Unavailable):
                asks(HAN)
            monkeypatch.undo()
        assert waits.result().startswith(b"%PDF")
    assert asks(LIN).startswith(b"%PDF")
