"""The real render process, the real printer, and badges to draw."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.badges.facts import BadgeFacts
from shared.badges.render import Renderer
from tests.printer import LabelPrinter, Wire, message_bus

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
