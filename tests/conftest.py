"""The real database for every test: a fresh SQLite file, or PostgreSQL started on a private port."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("DESK_DATA", tempfile.mkdtemp(prefix="foyer-"))
for name in [n for n in os.environ if n.startswith("DESK_") and n != "DESK_DATA"]:
    del os.environ[name]

from shared.lib import clock, db  # noqa: E402
from shared.lib.config import settings  # noqa: E402
from shared.migrations import models  # noqa: E402


@pytest.fixture
def fresh_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data folder of the test's own."""
    monkeypatch.setenv("DESK_DATA", str(tmp_path))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def database(fresh_settings: None) -> Iterator[str]:
    """An empty database with every table, and a writer; the clock follows the machine afterwards."""
    models.load()
    url = settings().database
    engine = db.engine.create_engine(url)
    db.Base.metadata.create_all(engine)
    engine.dispose()
    db.start(url)
    yield url
    db.stop()
    clock.reset()
