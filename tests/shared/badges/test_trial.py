"""Trying the badge printer out: a badge that is nobody's goes the way of all others, and says how it went."""

from pathlib import Path
from typing import Any

import pytest

from shared import badges, journal
from shared.badges import queue
from shared.badges.drivers.folder import Folder
from shared.badges.drivers.ipp import IppPrinter
from shared.badges.facts import SIZES
from shared.lib.config import settings
from shared.lib.errors import Conflict
from tests.cast import Cast, checks_in
from tests.printer import LabelPrinter, eventually
from tests.shared.badges import paper


def state(job: int) -> str:
    found = badges.of_test(job)
    return found.state if found else ""


def test_a_test_badge_comes_out_and_is_nobodys(cast: Cast, prints: Any, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "printed")
    prints(folder)
    first, second = badges.print_test(), badges.print_test()
    eventually(lambda: {state(one.job) for one in (first, second)} == {"printed"}, "both came out")
    files = sorted(folder.folder.glob("*_TEST*.pdf"))
    assert len(files) == 2
    said = "".join(word.text for word in paper.words(files[0].read_bytes(), SIZES["62x100"]))
    assert all(part in said for part in ("测试访客证", "V000"))
    assert [event.action for event in journal.about("company")] == ["badges.tried"] * 2 + ["badges.printed"] * 2


def test_a_test_badge_says_why_it_does_not_come_out(cast: Cast, prints: Any, label_printer: LabelPrinter) -> None:
    label_printer.mood("empty")
    prints(IppPrinter(label_printer.uri, patience=0.1))
    tried = badges.print_test()
    eventually(lambda: (found := badges.of_test(tried.job)) and found.delayed, "reception reads it")
    found = badges.of_test(tried.job)
    assert found is not None and found.text.startswith("访客证没纸了。") and not found.over
    label_printer.mood("ok")
    eventually(lambda: state(tried.job) == "printed", "it came out")


def test_the_badge_of_a_visit_is_no_test(cast: Cast) -> None:
    visit = checks_in(cast.host)
    job = queue.claim("one")
    assert job is not None and job.visit_id == visit.id
    assert badges.of_test(job.id) is None


def test_without_a_printer_there_is_nothing_to_try(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_PRINTER", "none:")
    settings.cache_clear()
    with pytest.raises(Conflict):
        badges.print_test()
    monkeypatch.undo()
    settings.cache_clear()
