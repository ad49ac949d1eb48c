"""The desk's pages over an empty desk whose clock stands still."""

from collections.abc import Iterator

import pytest
from flask import Flask

from shared import notice
from tests.console.desk import make_app
from tests.shared.accounts.conftest import Clock, desk, quick_hashes
from tests.shared.alerts.conftest import cast, time

__all__ = ["Clock", "cast", "desk", "pages", "quick_hashes", "time"]


@pytest.fixture
def pages(desk: Clock) -> Iterator[Flask]:
    notice.publish()
    yield make_app()
