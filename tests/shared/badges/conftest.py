"""The real render process, the real printer, and badges to draw."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shared import badges, notice
from shared.badges import queue
from shared.badges.drivers import Printer
from shared.badges.facts import BadgeFacts
from shared.badges.model import PrintJob
from shared.badges.printing import Printing
from shared.badges.render import Renderer
from shared.lib import db
from shared.visits import CheckedIn
from tests.cast import Cast, people
from tests.printer import LabelPrinter, Wire, eventually, message_bus

SOON = timedelta(milliseconds=50)
PASS = "https://frontdesk.example.com/v/AbCdEfGhIjKlMnOpQrStUvWxYz0"
CHEN = BadgeFacts(
    company="星禾信息科技",
    company_en="Xinghe Information Technology",
    visitor_name="陈嘉豪",
    visitor_company="深蓝物联",
    department="市场部",
    department_en="Marketing",
    date_text="11月4日 周二",
    number="V012",
    escort=True,
    qr_text=PASS,
    code="K7M4QX",
)


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    """One render process for all who only draw."""
    process = Renderer(seconds=30)
    yield process
    process.stop()


@pytest.fixture(scope="session")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with message_bus(tmp_path_factory.mktemp("bus")) as address:
        yield address


@pytest.fixture
def label_printer(tmp_path: Path, bus: str) -> Iterator[LabelPrinter]:
    """A label printer that is on."""
    printer = LabelPrinter(tmp_path / "printer", bus)
    printer.on()
    yield printer
    printer.off()


@pytest.fixture
def wire(label_printer: LabelPrinter) -> Iterator[Wire]:
    """The cable to it."""
    cable = Wire(label_printer.port)
    yield cable
    cable.close()


@pytest.fixture
def cast(database: str, monkeypatch: pytest.MonkeyPatch) -> Cast:
    notice.publish()
    badges.join()
    monkeypatch.setattr(queue, "LOOK_AGAIN", SOON)
    monkeypatch.setattr(queue, "PAUSES", (0.05,))
    return people()


@pytest.fixture
def own() -> Iterator[Renderer]:
    """A render process that a test may ruin."""
    process = Renderer(seconds=5)
    yield process
    process.stop()


@pytest.fixture
def prints(own: Renderer) -> Iterator[Callable[..., Printing]]:
    """Starts the print queue on a printer; it ends with the test."""
    started: list[Printing] = []

    def start(printer: Printer, **options: Any) -> Printing:
        printing = Printing(own, printer, **{"settle": SOON, **options})
        printing.start()
        started.append(printing)
        return printing

    yield start
    for printing in started:
        printing.stop()


def state(visit: CheckedIn) -> str:
    return badges.for_visits([visit.id])[visit.id].state


def job_name(visit: CheckedIn) -> str:
    with db.reading() as session:
        return session.scalars(select(PrintJob.job_name).where(PrintJob.visit_id == visit.id)).one()


def until_printed(*came: CheckedIn) -> None:
    eventually(lambda: all(state(visit) == "printed" for visit in came), "the badges are printed")
