"""`./desk people import FILE`: a list comes in, in the desk that runs or without one."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import ROOT, people
from shared import directory
from shared.lib import control, i18n

LIST = "姓名,部门,邮箱,身份证号\n王建明,市场部,wang@example.com,1\n李娜,市场部,,2\n"


def desk(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    told = plain | {"DESK_DATA": str(folder / "data"), "DESK_LOCALE": "en"}
    command = [sys.executable, "-m", "cli", "people", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=told, timeout=60, check=False)


def test_a_list_comes_in_without_a_running_desk_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_bytes(LIST.encode("gb18030"))
    first = desk(tmp_path, "import", str(tmp_path / "staff.csv"))
    assert (first.returncode, first.stdout.splitlines()) == (0, [
        "+     2  王建明  new", "+     3  李娜  new", "2 new, 0 changed, 0 unchanged, 0 with an error.",
        "New departments: 市场部.", "Columns left alone: 身份证号.",
    ]), first.stderr  # fmt: skip
    (tmp_path / "staff.csv").write_text(LIST + "赵磊,研发部,x@,3\n", encoding="utf-8")
    second = desk(tmp_path, "import", str(tmp_path / "staff.csv"))
    assert second.returncode == 1
    assert second.stdout.splitlines()[:3] == [
        "=     2  王建明  unchanged", "=     3  李娜  unchanged",
        "!     4  赵磊  error: E-mail address: This is not an e-mail address.",
    ]  # fmt: skip
    assert second.stdout.splitlines()[-1].startswith("Nothing was changed.")


@pytest.mark.parametrize("written", [None, b"", b"%PDF-1.7\x01", b"a,b\n1,2\n"])
def test_what_is_no_list_is_one_sentence(tmp_path: Path, written: bytes | None) -> None:
    if written is not None:
        (tmp_path / "staff.csv").write_bytes(written)
    told = desk(tmp_path, "import", str(tmp_path / "staff.csv"))
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines()[-1].startswith("./desk: ")
    assert "Traceback" not in told.stderr


@pytest.fixture
def running(database: str) -> Iterator[None]:
    """A desk that takes commands on its socket."""
    with control.lock(), i18n.use("en"):
        serving = control.serve()
        assert serving is not None
        yield
        serving.stop()


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    people.add_arguments(parser)
    return people.main(parser.parse_args(arguments))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_running_desk_takes_the_list_and_shows_it_at_once(
    running: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert directory.find("wangjianming") == []
    (tmp_path / "staff.csv").write_text(LIST, encoding="utf-8")
    assert run("import", str(tmp_path / "staff.csv"), "--dry-run") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing was changed: this was a rehearsal."
    assert directory.find("wangjianming") == []
    assert run("import", str(tmp_path / "staff.csv")) == 0
    assert [one.name for one in directory.find("wangjianming")] == ["王建明"]


def test_the_template_is_written(tmp_path: Path) -> None:
    assert run("template", str(tmp_path / "staff.csv"), "--language", "en") == 0
    assert (tmp_path / "staff.csv").read_bytes() == directory.template("en")
