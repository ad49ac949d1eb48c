"""A desk with a few people and one visitor, whose number is sealed, and a key of the operator's."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from shared import backups, journal
from shared.backups import Key
from shared.lib import clock, control, text
from shared.lib.config import settings
from shared.visits import reveal
from tests.cast import checks_in
from tests.serving import Desk

PHONE = "+8613800138000"


@dataclass
class Home:
    """A desk that nobody serves; `chen` is the visitor who gave a number."""

    data: Path
    key: Key
    chen: str

    def backup(self, name: str = "one") -> Path:
        file = self.data.parent / f"{name}.backup"
        backups.make(file, self.key)
        return file

    def moves_to(self, folder: Path, patch: pytest.MonkeyPatch) -> Path:
        """From now on another, empty data folder is this desk's."""
        patch.setenv("DESK_DATA", str(folder))
        settings.cache_clear()
        text.forget_keys()
        return folder


def phone_of(token: str) -> str:
    """The number of a visitor, unsealed with the key in the data folder."""
    with control.opened():
        return reveal.reveal_phone(token)


def last_seq() -> int:
    with control.opened():
        return journal.last_seq()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    data = tmp_path / "data"
    data.mkdir()
    Desk(data, 0).prepared(2)
    made = Home(data, Key("a long sentence of the operator's"), "")
    made.moves_to(data, monkeypatch)
    with control.opened():
        made.chen = checks_in(phone=PHONE).token
    yield made
    monkeypatch.undo()
    settings.cache_clear()
    text.forget_keys()
    clock.reset()
