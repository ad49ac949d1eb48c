"""A real IPP printer: badges arrive byte for byte, faults come back in words, and nothing is printed twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from shared.badges.drivers import Doubtful, Outcome, PrinterError
from shared.badges.drivers.ipp import IppPrinter
from shared.badges.drivers.ipp_media import media_for
from shared.badges.drivers.ipp_wire import answer
from shared.badges.drivers.printer import sentence
from shared.badges.facts import SIZES, Size
from shared.badges.render import Renderer
from tests.postgres import free_port
from tests.printer import LabelPrinter, Wire, eventually
from tests.shared.badges.conftest import CHEN

SIZE = SIZES["62x100"]
JOB = "2026-11-04_V012_VIS-2026-00012"
PDF = b"%PDF-1.7 a badge"


@pytest.fixture
def ipp(label_printer: LabelPrinter) -> IppPrinter:
    return IppPrinter(label_printer.uri, timeout=5, patience=20)


def test_a_badge_arrives_byte_for_byte_under_its_name(
    ipp: IppPrinter, label_printer: LabelPrinter, renderer: Renderer
) -> None:
    pdf = renderer.pdf(replace(CHEN, visitor_name="䶮𠮷"))
    assert ipp.send(JOB, pdf, SIZE) == Outcome(done=True)
    assert label_printer.pdf(JOB) == pdf
    assert label_printer.printed == [JOB]
    assert ipp.look_for(JOB) == Outcome(done=True)
    assert ipp.look_for("2026-11-04_V013_VIS-2026-00013") is None


@pytest.mark.parametrize(("mood", "reason"), [("empty", "out-of-paper"), ("open", "door-open")])
def test_a_printer_that_needs_somebody_says_so_and_prints_once_afterwards(
    label_printer: LabelPrinter, mood: str, reason: str
) -> None:
    ipp = IppPrinter(label_printer.uri, patience=0.2)
    label_printer.mood(mood)
    held = ipp.send(JOB, PDF, SIZE)
    assert not held.done
    eventually(lambda: (now := ipp.look_for(JOB)) and now.reason == reason, "the printer names its reason")
    assert held.says or held.reason == ""
    assert sentence(reason).startswith("访客证")
    assert label_printer.printed == []
    label_printer.mood("ok")
    eventually(lambda: ipp.look_for(JOB) == Outcome(done=True), "the badge is out")
    assert label_printer.printed == [JOB]


def test_a_second_badge_is_refused_for_the_moment_while_the_first_waits(label_printer: LabelPrinter) -> None:
    ipp = IppPrinter(label_printer.uri, patience=0.2)
    label_printer.mood("empty")
    ipp.send(JOB, PDF, SIZE)
    eventually(lambda: (held := ipp.look_for(JOB)) and held.reason, "the printer names its reason")
    with pytest.raises(PrinterError) as busy:
        ipp.send(f"{JOB}_2", PDF, SIZE)
    assert not isinstance(busy.value, Doubtful) and not busy.value.permanent
    assert busy.value.reason == "out-of-paper"
    label_printer.mood("ok")


def test_a_badge_the_printer_gave_up_was_not_printed(ipp: IppPrinter, label_printer: LabelPrinter) -> None:
    label_printer.mood("broken")
    with pytest.raises(PrinterError) as error:
        ipp.send(JOB, PDF, SIZE)
    assert (error.value.reason, error.value.permanent) == ("aborted", False)
    assert "too hot" in error.value.says
    with pytest.raises(PrinterError, match="aborted"):
        ipp.look_for(JOB)
    label_printer.mood("ok")
    assert ipp.send(JOB, PDF, SIZE).done
    assert ipp.look_for(JOB) == Outcome(done=True)
    assert label_printer.printed == [JOB]


def test_a_label_that_the_printer_does_not_take_is_refused_for_good(ipp: IppPrinter) -> None:
    with pytest.raises(PrinterError) as error:
        ipp.send(JOB, PDF, SIZES["105x148"])
    assert (error.value.reason, error.value.permanent) == ("wrong-label", True)


def test_what_is_no_badge_at_all_is_refused_for_good(ipp: IppPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.badges.drivers.ipp.FORMAT", "application/x-unknown")
    with pytest.raises(PrinterError) as error:
        ipp.send(JOB, PDF, SIZE)
    assert (error.value.reason, error.value.permanent) == ("refused", True)


def test_a_printer_that_is_off_certainly_did_not_print() -> None:
    ipp = IppPrinter(f"ipp://127.0.0.1:{free_port()}/ipp/print")
    with pytest.raises(PrinterError) as error:
        ipp.send(JOB, PDF, SIZE)
    assert not isinstance(error.value, Doubtful)
    assert (error.value.reason, error.value.permanent) == ("offline", False)
    with pytest.raises(Doubtful):
        ipp.look_for(JOB)
    with pytest.raises(Doubtful):
        ipp.knows_since(1)


def test_a_printer_that_hangs_is_left_after_the_time_limit(label_printer: LabelPrinter) -> None:
    ipp = IppPrinter(label_printer.uri, timeout=0.3)
    label_printer.hang()
    with pytest.raises(PrinterError) as error:
        ipp.send(JOB, PDF, SIZE)
    assert error.value.reason == "offline" and not isinstance(error.value, Doubtful)
    label_printer.wake()
    assert IppPrinter(label_printer.uri).send(JOB, PDF, SIZE)


def test_an_answer_that_is_lost_leaves_doubt_until_the_printer_is_asked_by_name(
    label_printer: LabelPrinter, wire: Wire
) -> None:
    ipp = IppPrinter(wire.uri, print_timeout=5)
    wire.lost_answers = PDF
    with pytest.raises(Doubtful):
        ipp.send(JOB, PDF, SIZE)
    eventually(lambda: ipp.look_for(JOB) == Outcome(done=True), "the printer knows the job by its name")
    assert label_printer.printed == [JOB]


def test_a_request_that_is_lost_leaves_doubt_and_the_printer_does_not_know_it(
    label_printer: LabelPrinter, wire: Wire
) -> None:
    ipp = IppPrinter(wire.uri, print_timeout=5)
    eventually(lambda: ipp.knows_since(0.5), "the printer has been on for a second")
    wire.lost_requests = PDF
    with pytest.raises(Doubtful):
        ipp.send(JOB, PDF, SIZE)
    assert ipp.look_for(JOB) is None
    assert label_printer.printed == []


def test_a_printer_forgets_after_a_while_and_when_it_is_switched_off(
    ipp: IppPrinter, label_printer: LabelPrinter
) -> None:
    ipp.send(JOB, PDF, SIZE)
    eventually(lambda: ipp.knows_since(0.5), "the printer has been on for a second")
    assert not IppPrinter(label_printer.uri, history=0.4).knows_since(0.5)
    label_printer.off()
    label_printer.on()
    assert ipp.look_for(JOB) is None
    assert not ipp.knows_since(20)


def test_a_secure_printer_is_believed_by_the_certificate_that_is_named(label_printer: LabelPrinter) -> None:
    secure = label_printer.uri.replace("ipp://", "ipps://")
    with pytest.raises(PrinterError) as unknown:
        IppPrinter(secure).check()
    assert (unknown.value.reason, unknown.value.permanent) == ("certificate", True)
    with pytest.raises(PrinterError) as wrong:
        IppPrinter(f"{secure}#sha256={'0' * 64}").check()
    assert wrong.value.reason == "certificate"
    pinned = IppPrinter(f"{secure}#{wrong.value.says}")
    pinned.check()
    assert pinned.send(JOB, PDF, SIZE).done


@pytest.mark.parametrize(
    ("supported", "chosen"),
    [
        (["iso_a4_210x297mm", "om_badge_62x100mm"], "om_badge_62x100mm"),
        (["oe_label_2.44x3.94in"], "oe_label_2.44x3.94in"),
        (["custom_min_20x20mm", "custom_max_105x300mm"], "custom_62x100mm_62x100mm"),
        ([], ""),
    ],
)
def test_the_label_is_found_among_the_media_of_a_printer(supported: list[str], chosen: str) -> None:
    assert media_for(SIZE, supported) == chosen


def test_a_label_beyond_the_bounds_of_a_printer_is_refused() -> None:
    with pytest.raises(PrinterError, match="wrong-label"):
        media_for(Size("120x200", 120, 200), ["custom_min_20x20mm", "custom_max_105x300mm"])


@pytest.mark.parametrize(
    "data", [b"", b"\x01\x01", b"HTTP/1.1 200", bytes(20), b"\x01\x01\0\0\0\0\0\1\x01\x47\xff\xff"]
)
def test_what_is_not_ipp_is_an_error_and_not_a_crash(data: bytes) -> None:
    with pytest.raises(ValueError):
        answer(data)


def test_a_web_server_in_place_of_a_printer_is_told_apart(tmp_path: Path) -> None:
    import http.server
    import threading

    class Refusing(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(PrinterError) as error:
        IppPrinter(f"ipp://127.0.0.1:{server.server_port}/").check()
    assert (error.value.reason, error.value.says, error.value.permanent) == ("refused", "HTTP 404", True)
    server.shutdown()
