"""A tablet that floods the desk is stopped after six a minute and sixty an hour; its host hears little of it."""

from collections import Counter
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

import app as product
from shared import accounts, alerts, directory, notice
from shared.lib import limits
from tests.cast import Cast, form, people

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
Post = Callable[..., tuple[int, int]]


class Lobby:
    """Two tablets, and the clock that their check-ins are counted by."""

    now = 1_000_000.0
    tablet = 0

    def __init__(self) -> None:
        self.secrets = [accounts.add_device(name)[1] for name in ("East door", "West door")]

    def time(self) -> float:
        return self.now


@pytest.fixture
def lobby(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lobby]:
    notice.publish()
    alerts.join()
    made = Lobby()
    for place in ("limits.storage.memory.time", "shared.lib.limits.time"):
        monkeypatch.setattr(place, SimpleNamespace(time=made.time))
    limits.forget()
    yield made
    accounts.settle()


@pytest.fixture
def cast(lobby: Lobby) -> Cast:
    return people()


@pytest.fixture
def post(lobby: Lobby, cast: Cast) -> Post:
    """One check-in at a tablet; its status, and the seconds to wait where it was refused."""
    client: FlaskClient = product.create_app().test_client()
    body = form(cast.host).model_dump(mode="json", exclude_none=True)
    body["host"] = {"ref": directory.ref_of(cast.host)}

    def one() -> tuple[int, int]:
        bearer = {"Authorization": f"Bearer {lobby.secrets[lobby.tablet]}"}
        answer = client.post("/api/v1/visits", json=body, headers=bearer)
        return answer.status_code, int(answer.headers.get("Retry-After", 0))

    return one


def test_of_500_within_a_minute_six_are_taken_and_the_host_hears_five_and_a_summary(
    lobby: Lobby, post: Post, cast: Cast
) -> None:
    answers = []
    for _ in range(500):
        answers.append(post())
        lobby.now += 0.1
    assert Counter(status for status, _ in answers) == {201: 6, 429: 494}
    assert all(1 <= wait <= 61 for status, wait in answers if status == 429)
    told = alerts.open_for(cast.host.id)
    assert [one.summary for one in told] == [False] * 5 + [True]


def test_another_tablet_is_not_held_up(lobby: Lobby, post: Post) -> None:
    assert [post()[0] for _ in range(7)] == [201] * 6 + [429]
    lobby.tablet = 1
    assert post()[0] == 201


def test_a_tablet_registers_sixty_an_hour(lobby: Lobby, post: Post) -> None:
    for _ in range(10):
        assert [post()[0] for _ in range(6)] == [201] * 6
        lobby.now += 61
    status, wait = post()
    assert status == 429
    assert wait == 3600 - 610 + 1
    lobby.now += wait
    assert post()[0] == 201
