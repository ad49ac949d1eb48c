"""The real database for every test: a fresh SQLite file, or PostgreSQL started on a private port."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

TESTS = Path(__file__).parent
FIRST = {name: place for place, name in enumerate(("journeys", "safety", "cli", "kiosk", "console"))}

for name in [name for name in os.environ if name.startswith("DESK_")]:
    del os.environ[name]
os.environ["DESK_DATA"] = tempfile.mkdtemp(prefix="foyer-")

from shared import journal  # noqa: E402
from shared.lib import clock, db, limits, text  # noqa: E402
from shared.lib.config import settings  # noqa: E402
from shared.migrations import models  # noqa: E402
from tests import postgres  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--release", action="store_true", help="the long form of kill, fuzz and load tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: FIRST.get(item.path.relative_to(TESTS).parts[0], len(FIRST)))


@pytest.fixture
def fresh_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data folder of the test's own."""
    monkeypatch.setenv("DESK_DATA", str(tmp_path))
    look_again()
    yield
    look_again()


def look_again() -> None:
    """Settings and data key are read anew: the tests look at another data folder."""
    settings.cache_clear()
    text.forget_keys()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with every table and no row, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "desk.db"
    make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """PostgreSQL with an empty desk in it, named `desk1`."""
    with postgres.serving() as server:
        make_tables(server.url(server.create()))
        yield server


def make_tables(url: str) -> None:
    """Every table of the desk, as the models say."""
    models.load()
    engine = create_engine(url)
    db.Base.metadata.create_all(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, fresh_settings: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty desk and its writer, on SQLite and on PostgreSQL; the clock follows the machine afterwards."""
    if request.param == "postgresql":
        server: postgres.Server = request.getfixturevalue("postgres_server")
        monkeypatch.setenv("DESK_DATABASE_URL", server.url("desk1"))
        settings.cache_clear()
    else:
        shutil.copy(request.getfixturevalue("empty_file"), settings().data / "desk.db")
    db.start(settings().database)
    yield settings().database
    db.stop()
    clock.reset()
    limits.forget()
    journal.forget_reactions()
    if request.param == "postgresql":
        server.empty("desk1")
