"""Badges in a folder: whole files for the desk alone, once, and without a name."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.badges.drivers import PrinterError, printer_for
from shared.badges.drivers.folder import Folder
from shared.badges.drivers.none import NoPrinter
from shared.badges.facts import SIZES

SIZE = SIZES["62x100"]
JOB = "2026-11-04_V012_VIS-2026-00012"


def test_a_badge_is_a_file_that_only_the_desk_can_read(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "printed")
    assert folder.send(JOB, b"%PDF-1.7 badge", SIZE).done
    path = tmp_path / "printed" / f"{JOB}.pdf"
    assert path.read_bytes() == b"%PDF-1.7 badge"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_one_name_is_printed_once_and_found_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.look_for(JOB) is None
    folder.send(JOB, b"first", SIZE)
    folder.send(JOB, b"second", SIZE)
    assert folder.path(JOB).read_bytes() == b"first"
    assert folder.look_for(JOB) is not None
    assert [path.name for path in tmp_path.iterdir()] == [f"{JOB}.pdf"]


def test_several_writers_leave_whole_files_and_nothing_else(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: folder.send(f"{JOB}_{n % 20}", bytes([n % 20]) * 50_000, SIZE), range(80)))
    assert sorted(path.stat().st_size for path in tmp_path.iterdir()) == [50_000] * 20


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc/self").exists(), reason="needs a folder nobody can write")
def test_a_folder_that_cannot_be_written_is_a_fault_that_may_pass() -> None:
    with pytest.raises(PrinterError) as error:
        Folder(Path("/proc/self/printed")).send(JOB, b"x", SIZE)
    assert (error.value.reason, error.value.permanent) == ("folder", False)


def test_what_is_removed_is_there_no_more_and_may_be_gone_already(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number in ("V001", "V002"):
        folder.send(f"2026-11-04_{number}_X", b"x", SIZE)
    folder.remove("2026-11-04_V001_X")
    folder.remove("2026-11-04_V001_X")
    assert [path.name for path in tmp_path.iterdir()] == ["2026-11-04_V002_X.pdf"]


def test_a_setting_names_its_printer(fresh_settings: None, tmp_path: Path) -> None:
    assert isinstance(printer_for("none:"), NoPrinter)
    assert printer_for("folder:").name == f"folder:{tmp_path / 'printed'}"
    assert printer_for(f"folder:{tmp_path}/x").name == f"folder:{tmp_path}/x"
    assert printer_for("ipp://printer.lan/ipp/print").name == "ipp://printer.lan/ipp/print"
    with pytest.raises(ValueError, match="lpd"):
        printer_for("lpd://printer.lan")


def test_no_printer_refuses_for_good() -> None:
    with pytest.raises(PrinterError) as error:
        NoPrinter().send(JOB, b"x", SIZE)
    assert error.value.permanent
