"""Back-ups under load: each opens, and each holds everything that was acknowledged before it began."""

import shutil
from pathlib import Path

import pytest

from shared import backups
from shared.lib import text
from shared.lib.config import settings
from tests.safety.load import writers
from tests.safety.test_second_place import visits_in
from tests.serving import desk, wait_for


def test_every_back_up_under_load_opens_and_holds_what_was_acknowledged_before(
    tmp_path: Path, fresh_settings: None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    often = 100 if request.config.getoption("--release") else 10
    data, file, elsewhere = tmp_path / "data", tmp_path / "desk.backup", tmp_path / "elsewhere"
    data.mkdir()
    key = backups.Key("a long sentence of the operator's")

    def lives_in(folder: Path) -> None:
        monkeypatch.setenv("DESK_DATA", str(folder))
        settings.cache_clear()
        text.forget_keys()

    with desk(data, DESK_RATE_LIMITS="relaxed") as server:
        token = server.prepared(2)["consoles"][0]
        server.start()
        with writers(server, token, pause=0.05) as ledger:
            expected: set[tuple[str, str]] = set()
            for _ in range(often):
                more = len(expected)
                wait_for(lambda more=more: len(ledger.so_far()) > more, "somebody to arrive since the last one")
                expected = ledger.so_far()
                lives_in(data)
                backups.make(file, key)
                lives_in(elsewhere)
                backups.restore(file, key)
                assert expected <= visits_in(elsewhere / "desk.db")
                shutil.rmtree(elsewhere)
            assert len(expected) >= often
    text.forget_keys()
