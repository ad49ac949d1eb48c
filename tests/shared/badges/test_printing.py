"""From check-in to paper: with a real render process and a real printer, whatever fails in between."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared import badges, company, journal, visits
from shared.badges.drivers.folder import Folder
from shared.badges.drivers.ipp import IppPrinter
from shared.badges.facts import SIZES, BadgeFacts
from shared.badges.printing import Printing
from shared.badges.render import Renderer, RenderFailed
from shared.badges.wearer import facts_for
from shared.lib.errors import Invalid, Unavailable
from tests.cast import Cast, checks_in
from tests.printer import LabelPrinter, eventually
from tests.shared.badges import paper
from tests.shared.badges.conftest import job_name, state, until_printed


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
