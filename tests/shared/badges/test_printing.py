"""From check-in to paper: with a real render process and a real printer, whatever fails in between."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shared import badges, company, journal, notice, visits
from shared.badges import queue
from shared.badges.drivers import Printer
from shared.badges.drivers.folder import Folder
from shared.badges.drivers.ipp import IppPrinter
from shared.badges.facts import SIZES, BadgeFacts
from shared.badges.model import PrintJob
from shared.badges.printing import Printing
from shared.badges.render import Renderer, RenderFailed
from shared.badges.wearer import facts_for
from shared.lib import db
from shared.lib.errors import Invalid, Unavailable
from shared.visits import CheckedIn
from tests.cast import Cast, checks_in, people
from tests.printer import LabelPrinter, Wire, eventually
from tests.shared.badges import paper

SOON = timedelta(milliseconds=50)


class PowerCut(BaseException):
    """The process ends here: nothing after this is written down."""


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


def test_a_visitor_gets_the_badge_of_the_visit(cast: Cast, prints: Any, tmp_path: Path, own: Renderer) -> None:
    folder = Folder(tmp_path / "printed")
    prints(folder)
    visit = checks_in(cast.host, visitor_name="龚䶮", language="zh_Hans")
    until_printed(visit)
    pdf = folder.path(job_name(visit)).read_bytes()
    said = "".join(word.text for word in paper.words(pdf, SIZES["62x100"]))
    assert all(part in said for part in ("龚䶮", "深蓝物联", "市场部", "V001", "须陪同", visit.short_code))
    assert "王建明" not in said
    address = f"http://127.0.0.1:8000/v/{visit.visit_pass}"
    assert paper.scanned(own.png(pdf, 203), tmp_path) == [address]
    assert [event.action for event in journal.about(f"visit:{visit.token}")] == ["visits.checked_in", "badges.printed"]


def test_a_check_in_wakes_the_printer_and_labels_have_the_size_of_the_settings(
    cast: Cast, prints: Any, tmp_path: Path
) -> None:
    company.change(company.facts().model_copy(update={"badge_size": "100x62"}))
    folder = Folder(tmp_path / "printed")
    prints(folder)
    visit = checks_in(cast.host)
    until_printed(visit)
    points = paper.information(folder.path(job_name(visit)).read_bytes())["Page size"].split()
    assert float(points[0]) > float(points[2])


def test_a_printer_without_paper_holds_nobody_up_and_prints_each_badge_once(
    cast: Cast, prints: Any, label_printer: LabelPrinter
) -> None:
    label_printer.mood("empty")
    prints(IppPrinter(label_printer.uri, patience=0.1))
    came = [checks_in(cast.host) for _ in range(3)]
    eventually(lambda: (trouble := badges.trouble()) and trouble.waiting == 3, "reception reads it")
    trouble = badges.trouble()
    assert trouble is not None and trouble.text.startswith("访客证没纸了。")
    assert label_printer.printed == []
    label_printer.mood("ok")
    until_printed(*came)
    assert sorted(label_printer.printed) == sorted(job_name(visit) for visit in came)
    assert badges.trouble() is None


def test_a_printer_that_is_switched_on_later_prints_what_waited(
    cast: Cast, prints: Any, label_printer: LabelPrinter
) -> None:
    label_printer.off()
    prints(IppPrinter(label_printer.uri))
    visit = checks_in(cast.host)
    eventually(lambda: badges.for_visits([visit.id])[visit.id].reason == "offline", "reception reads it")
    label_printer.on()
    until_printed(visit)
    assert label_printer.printed == [job_name(visit)]


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


def test_a_badge_with_pictures_that_cannot_be_drawn_comes_out_without_them(
    cast: Cast, tmp_path: Path, prints: Any, own: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = own.pdf

    def fragile(facts: BadgeFacts, size: str = "62x100") -> bytes:
        if facts.photo:
            own.document("<table>" + "<tr><td colspan=1000000>x" * 50 + "</table>")
        return draw(facts, size)

    monkeypatch.setattr(own, "pdf", fragile)

    def pictured(visit_id: int) -> BadgeFacts | None:
        facts = facts_for(visit_id)
        return replace(facts, photo=b"\xff\xd8\xff broken") if facts else None

    folder = Folder(tmp_path)
    prints(folder, facts=pictured)
    visit = checks_in(cast.host)
    until_printed(visit)
    assert "V001" in "".join(
        word.text for word in paper.words(folder.path(job_name(visit)).read_bytes(), SIZES["62x100"])
    )


def test_a_badge_that_cannot_be_drawn_fails_and_the_next_one_prints(
    cast: Cast, tmp_path: Path, prints: Any, own: Renderer
) -> None:
    def one_bomb(visit_id: int) -> BadgeFacts | None:
        if visit_id == first.id:
            raise RenderFailed("slow")
        return facts_for(visit_id)

    first, second = checks_in(cast.host), checks_in(cast.host)
    prints(Folder(tmp_path), facts=one_bomb)
    until_printed(second)
    assert (state(first), badges.for_visits([first.id])[first.id].reason) == ("failed", "not-drawn")


def test_who_has_left_meanwhile_gets_no_badge(cast: Cast, tmp_path: Path, own: Renderer) -> None:
    visit = checks_in(cast.host)

    def leaves(visit_id: int) -> BadgeFacts | None:
        visits.depart(visit.token, how="console")
        return facts_for(visit_id)

    Printing(own, Folder(tmp_path), facts=leaves).step()
    assert state(visit) == "cancelled"
    assert not list(tmp_path.glob("*.pdf"))


def test_stopping_gives_back_what_was_not_sent(cast: Cast, tmp_path: Path, own: Renderer) -> None:
    visit = checks_in(cast.host)
    printing = Printing(own, Folder(tmp_path))
    printing.stopping.set()
    own.stop()
    printing.step()
    assert state(visit) == "queued"
    assert badges.trouble() is None


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
    """safety.md F25 and G15: paper, door, lost answers and lost badges in 20 cycles, 100 with --release."""
    ipp = IppPrinter(wire.uri, timeout=2, print_timeout=2, patience=0.1)
    eventually(lambda: ipp.knows_since(2), "the printer has been on for a while")
    chance = random.Random(4711)
    prints(ipp)
    came = []
    for _ in range(100 if request.config.getoption("--release") else 20):
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


def test_the_picture_reception_sees_is_the_badge(cast: Cast, tmp_path: Path) -> None:
    visit = checks_in(cast.host)
    png = badges.preview(visit.id)
    assert png.startswith(b"\x89PNG")
    assert paper.scanned(png, tmp_path) == [f"http://127.0.0.1:8000/v/{visit.visit_pass}"]


def test_a_render_process_that_fails_is_told_in_a_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> bytes:
        raise RenderFailed("died")

    visit = checks_in(cast.host)
    monkeypatch.setattr(Renderer, "_ask", fails)
    with pytest.raises(Unavailable):
        badges.preview(visit.id)
    with pytest.raises(Invalid):
        badges.picture(b"\xff\xd8\xff")


def test_the_desk_is_ready_when_its_print_queue_runs(cast: Cast, prints: Any, tmp_path: Path) -> None:
    assert badges.ready() == {"printer": False}
    prints(Folder(tmp_path))
    assert badges.ready() == {"printer": True}
