"""Whatever happens between sending and writing down: no badge is lost, and none is printed twice by itself."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from shared import badges
from shared.badges import queue
from shared.badges.drivers.folder import Folder
from shared.badges.drivers.ipp import IppPrinter
from shared.badges.printing import Printing
from shared.badges.render import Renderer
from tests.cast import Cast, checks_in
from tests.printer import LabelPrinter, Wire, eventually
from tests.shared.badges.conftest import SOON, job_name, state, until_printed


class PowerCut(BaseException):
    """The process ends here: nothing after this is written down."""


def test_an_answer_that_never_came_is_no_reason_to_print_twice(
    cast: Cast, prints: Any, label_printer: LabelPrinter, wire: Wire
) -> None:
    wire.lost_answers = b"%PDF"
    prints(IppPrinter(wire.uri))
    visit = checks_in(cast.host)
    until_printed(visit)
    assert wire.lost == 1
    assert label_printer.printed == [job_name(visit)]


def test_a_badge_that_never_arrived_is_sent_once_more(
    cast: Cast, prints: Any, label_printer: LabelPrinter, wire: Wire
) -> None:
    ipp = IppPrinter(wire.uri)
    eventually(lambda: ipp.knows_since(1), "the printer has been on for a while")
    wire.lost_requests = b"%PDF"
    prints(ipp)
    visit = checks_in(cast.host)
    eventually(lambda: wire.lost, "the badge is lost")
    wire.lost_requests = None
    until_printed(visit)
    assert label_printer.printed == [job_name(visit)]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_power_cut_around_the_sending_prints_once(
    cast: Cast, label_printer: LabelPrinter, own: Renderer, when: str
) -> None:
    class Cut(IppPrinter):
        def send(self, *args: Any) -> Any:
            if when == "after":
                super().send(*args)
            raise PowerCut

    sender = IppPrinter(label_printer.uri)
    eventually(lambda: sender.knows_since(1), "the printer has been on for a while")
    visit = checks_in(cast.host)
    with pytest.raises(PowerCut):
        Printing(own, Cut(label_printer.uri)).step()
    assert state(visit) == "sending"
    queue.release()
    after = Printing(own, sender, settle=SOON)
    eventually(lambda: (after.step(), state(visit) == "printed")[1], "the badge is printed")
    assert label_printer.printed == [job_name(visit)]


def test_a_power_cut_around_a_file_writes_it_once(cast: Cast, tmp_path: Path, own: Renderer) -> None:
    class Cut(Folder):
        def send(self, *args: Any) -> Any:
            super().send(*args)
            raise PowerCut

    visit = checks_in(cast.host)
    with pytest.raises(PowerCut):
        Printing(own, Cut(tmp_path)).step()
    written = (tmp_path / f"{job_name(visit)}.pdf").stat()
    queue.release()
    Printing(own, Folder(tmp_path)).step()
    assert state(visit) == "printed"
    assert (tmp_path / f"{job_name(visit)}.pdf").stat() == written


def test_what_cannot_be_known_is_left_to_reception(cast: Cast, label_printer: LabelPrinter, own: Renderer) -> None:
    class Cut(IppPrinter):
        def send(self, *args: Any) -> Any:
            super().send(*args)
            raise PowerCut

    visit = checks_in(cast.host)
    with pytest.raises(PowerCut):
        Printing(own, Cut(label_printer.uri)).step()
    label_printer.off()
    label_printer.on()
    queue.release()
    after = Printing(own, IppPrinter(label_printer.uri), settle=SOON)
    eventually(lambda: (after.step(), state(visit) == "unknown")[1], "nobody can know")
    assert label_printer.printed == [job_name(visit)]
    assert queue.next_due() is None


def test_another_printer_is_not_asked_about_what_the_first_was_sent(cast: Cast, tmp_path: Path, own: Renderer) -> None:
    visit = checks_in(cast.host)
    job = queue.claim("gone")
    assert job is not None
    queue.begin(job, "ipp://old-printer")
    queue.release()
    Printing(own, Folder(tmp_path)).step()
    assert state(visit) == "unknown"
    assert not list(tmp_path.glob("*.pdf"))


def test_two_workers_print_each_badge_once(cast: Cast, prints: Any, tmp_path: Path) -> None:
    sent: list[str] = []

    class Counting(Folder):
        def send(self, job_name: str, *args: Any) -> Any:
            sent.append(job_name)
            return super().send(job_name, *args)

    came = [checks_in(cast.host) for _ in range(12)]
    prints(Counting(tmp_path))
    prints(Counting(tmp_path))
    until_printed(*came)
    assert Counter(sent) == Counter(job_name(visit) for visit in came)


def test_nothing_is_lost_and_nothing_printed_twice_while_the_printer_fails_at_random(
    cast: Cast, prints: Any, label_printer: LabelPrinter, wire: Wire, request: pytest.FixtureRequest
) -> None:
    """Paper, door, lost answers and lost badges in 8 cycles, 100 with --release."""
    ipp = IppPrinter(wire.uri, timeout=2, print_timeout=2, patience=0.1)
    eventually(lambda: ipp.knows_since(2), "the printer has been on for a while")
    chance = random.Random(4711)
    prints(ipp)
    came = []
    for _ in range(100 if request.config.getoption("--release") else 8):
        fault = chance.choice(["empty", "open", "broken", "answers", "requests", "ok"])
        label_printer.mood(fault if fault in ("empty", "open", "broken") else "ok")
        wire.lost_answers = b"%PDF" if fault == "answers" else None
        wire.lost_requests = b"%PDF" if fault == "requests" else None
        lost = wire.lost
        visit = checks_in(cast.host)
        came.append(visit)
        if fault in ("answers", "requests"):
            eventually(lambda lost=lost: wire.lost > lost, "the wire loses it")  # type: ignore[misc]
        elif fault != "ok":
            eventually(lambda: badges.trouble() is not None, f"reception reads of {fault}")
        label_printer.mood("ok")
        wire.lost_answers = wire.lost_requests = None
        until_printed(visit)
    assert Counter(label_printer.printed) == Counter(job_name(visit) for visit in came)
