"""`./desk COMMAND`: commands are found from their files, told apart without importing them, and err in one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from cli import ROOT, __main__, typed_path
from shared.lib.config import SettingsError
from shared.lib.errors import Refused


def desk(*arguments: str, **told: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"} | told)


def test_every_file_with_a_main_is_a_command_and_says_what_it_does() -> None:
    known = __main__.commands()
    assert {"run", "test", "bench", "user", "kiosk", "token", "people", "cert", "check"} <= known.keys()
    assert {"assets", "demo"}.isdisjoint(known)
    assert [name for name, about in known.items() if not about or "./desk" in about] == []


@pytest.mark.parametrize("name", sorted(__main__.commands()))
def test_every_command_has_help(name: str) -> None:
    told = desk(name, "--help")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(f"usage: ./desk {name}")


def test_without_a_command_the_commands_are_listed() -> None:
    assert desk("--help").stdout == desk().stdout
    assert (desk("--help").returncode, desk().returncode) == (0, 2)


def test_an_unknown_command_is_one_sentence() -> None:
    told = desk("juggle")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("./desk: there is no command juggle; there are backup, bench, ")
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("run", "--loud"), ("kiosk", "add"), ("token", "create", "x", "--scope", "root"), ("cert", "bad name")]
)
def test_an_argument_that_does_not_fit_is_one_sentence(words: tuple[str, ...]) -> None:
    told = desk(*words)
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith(f"./desk {words[0]}")
    assert told.stderr.count("\n") == 1


def test_a_setting_that_does_not_fit_is_one_sentence() -> None:
    told = desk("check", DESK_PORT="many")
    assert told.returncode != 0
    assert "DESK_PORT" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Refused("That name is taken."), "That name is taken."),
        (SettingsError("DESK_PORT: too high"), "DESK_PORT: too high"),
        (FileNotFoundError(2, "No such file or directory", "staff.csv"), "staff.csv: No such file or directory"),
        (KeyError("host"), "KeyError: 'host' (DESK_LOG_LEVEL=debug shows where)"),
    ],
)
def test_an_error_is_told_in_a_sentence(error: Exception, told: str) -> None:
    assert __main__.sentence(error) == told


def test_where_it_happened_is_told_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(__main__, "run", lambda arguments: 1 // 0)
    assert __main__.main([]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setenv("DESK_LOG_LEVEL", "debug")
    __main__.main([])
    assert "Traceback" in capsys.readouterr().err


def test_a_path_is_meant_from_where_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOYER_TYPED_IN", "/home/lin")
    assert typed_path("staff.csv") == Path("/home/lin/staff.csv")
    assert typed_path("/srv/staff.csv") == Path("/srv/staff.csv")
