"""`/readyz` names everything a desk needs to be at work, and says no when one part is not."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import app as product
from shared import journal, phone
from shared.lib.config import settings
from tests.postgres import free_port
from tests.serving import desk, wait_for

ALL = {"database": True, "worker": True, "printer": True, "mail": True}


@pytest.fixture
def running(fresh_settings: None, empty_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[product.Desk]:
    """A desk at work in this process, without the server around it."""
    monkeypatch.setenv("DESK_PRINTER", "none:")
    settings.cache_clear()
    shutil.copy(empty_file, settings().data / "desk.db")
    made = product.Desk()
    made.start()
    yield made
    if not made.stopping.is_set():
        made.stop()
    journal.forget_reactions()


def asked() -> tuple[int, dict[str, bool]]:
    answer = product.create_app().test_client().get("/readyz")
    return answer.status_code, answer.json  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("pump", "worker"),
        ("clockwork", "worker"),
        ("tidying", "worker"),
        ("printing", "printer"),
        ("sender", "mail"),
    ],
)
def test_a_part_that_has_stopped_is_named(running: product.Desk, part: str, name: str) -> None:
    assert asked() == (200, ALL)
    getattr(running, part).stop()
    assert asked() == (503, ALL | {name: False})


def test_a_desk_that_has_ended_is_not_ready(running: product.Desk) -> None:
    running.stop()
    assert asked() == (503, dict.fromkeys(ALL, False))


def test_a_desk_that_serves_is_ready(tmp_path: Path) -> None:
    with desk(tmp_path) as server:
        server.start()
        status, _, content = server.ask("GET", "/readyz")
    assert (status, json.loads(content)) == (200, ALL)


def test_an_exchange_that_is_not_heard_is_named_and_sends_nobody_away(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_EXCHANGE_URL", f"ami://desk:x@127.0.0.1:{free_port()}")
    request.getfixturevalue("running")
    wait_for(lambda: phone.exchange.trouble(), "the exchange not to be there")
    assert asked() == (200, ALL | {"exchange": False})
