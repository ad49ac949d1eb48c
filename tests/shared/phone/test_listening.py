"""What listens to a broken exchange: it tries less and less often, and ends when the desk does."""

import threading
from collections.abc import Iterator

import pytest

from shared import journal
from shared.lib import ami
from shared.lib.ami import Exchange, Wire
from shared.phone.exchange import Listening
from tests.exchange import Manager
from tests.serving import wait_for
from tests.shared.phone.conftest import Desk


class Hurried(threading.Event):
    """Notes how long somebody wants to wait, and is set after some times instead."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times, self.waits = times, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0)
        if len(self.waits) == self.times:
            self.set()
        return self.is_set()


@pytest.fixture
def manager() -> Iterator[Manager]:
    made = Manager()
    yield made
    made.close()


def test_one_that_lets_in_and_hangs_up_at_once_is_tried_less_and_less_often(desk: Desk, manager: Manager) -> None:
    class Short(Wire):
        def messages(self) -> Iterator[ami.Message]:
            yield next(super().messages())
            self.close()
            yield from super().messages()

    listening = Listening(ami.exchange(manager.url()), wire=Short)
    listening.stopping = hurried = Hurried(7)
    listening.start()
    wait_for(hurried.is_set, "seven tries")
    listening.stop()
    assert hurried.waits == [2, 4, 8, 16, 32, 60, 60]
    assert len(journal.about("phone:exchange")) <= 2 * len(hurried.waits)


def test_a_desk_that_stops_while_the_exchange_is_being_called_listens_no_more(desk: Desk, manager: Manager) -> None:
    calling, goes_on = threading.Event(), threading.Event()

    def slowly(to: Exchange) -> Wire:
        calling.set()
        assert goes_on.wait(10)
        return Wire(to)

    listening = Listening(ami.exchange(manager.url()), wire=slowly)
    listening.thread.start()
    assert calling.wait(10)
    listening.stopping.set()
    goes_on.set()
    listening.thread.join(5)
    assert not listening.thread.is_alive() and manager.asked == []
