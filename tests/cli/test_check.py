"""`./desk check`: each part by name, what is set for it, and whether it answers."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import ROOT
from shared.lib import db
from tests.exchange import Manager
from tests.inbox import inbox
from tests.postgres import free_port
from tests.printer import LabelPrinter
from tests.shared.badges.conftest import bus, label_printer

__all__ = ["bus", "label_printer"]
PARTS = [
    "address",
    "data folder",
    "keys",
    "database",
    "day counters",
    "back-up",
    "printer",
    "mail server",
    "telephone exchange",
    "certificate",
]
Check = Callable[..., tuple[int, dict[str, str]]]


@pytest.fixture
def check(tmp_path: Path, empty_file: Path) -> Check:
    """Runs it over a data folder that holds an empty desk."""
    shutil.copy(empty_file, tmp_path / "desk.db")

    def run(*more: str, **given: str) -> tuple[int, dict[str, str]]:
        told = {"PATH": "/usr/bin:/bin", "DESK_DATA": str(tmp_path), **given}
        done = subprocess.run(
            [sys.executable, "-m", "cli", "check", *more],
            cwd=ROOT,
            env=told,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = [line.partition(": ") for line in (done.stdout + done.stderr).splitlines()]
        return done.returncode, {name: said for name, _, said in lines}

    return run


def test_every_part_is_named_and_says_what_is_set(check: Check, tmp_path: Path) -> None:
    status, said = check()
    assert (status, list(said)) == (0, PARTS)
    assert said["address"] == "ok, http://127.0.0.1:8000"
    assert said["database"] == f"ok, {tmp_path / 'desk.db'}"
    assert said["day counters"] == "ok, they are what the rows say"
    assert said["printer"] == f"ok, badges go to {tmp_path / 'printed'}"
    assert said["mail server"] == "none is set, so no e-mail is sent"
    assert said["certificate"] == "none is set"
    assert said["back-up"] == "no second place is set, so what the data folder holds is only there"


def test_a_second_place_wants_a_back_up_of_the_last_night(check: Check, tmp_path: Path) -> None:
    place = tmp_path / "second"
    told = {"DESK_BACKUP_FOLDER": str(place), "DESK_BACKUP_KEY": "a sentence"}
    assert check(**told)[1]["back-up"] == f"{place} is not there or cannot be written"
    place.mkdir()
    status, said = check(**told)
    assert (status, said["back-up"]) == (1, f"there is no back-up in {place} yet; ./desk run makes one")
    made = place / "foyer-20261126T020000.000Z-0123456789ab.backup"
    made.touch()
    status, said = check(**told)
    assert (status, said["back-up"]) == (0, f"ok, {made}, on the same disk as the data folder")
    old = made.stat().st_mtime - 30 * 3600
    os.utime(made, (old, old))
    status, said = check(**told)
    assert (status, said["back-up"]) == (1, f"the newest back-up in {place} is 30 hours old")


def test_days_that_are_wrongly_counted_are_told_and_counted_anew(check: Check, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    db.migrate(url)
    with contextlib.closing(sqlite3.connect(tmp_path / "new.db")) as base:
        base.execute("INSERT INTO register_day VALUES ('visit', '2026-11-23', 3)")
        base.commit()
    (tmp_path / "new.db").replace(tmp_path / "desk.db")
    wrong = "days that are not what the rows say: 1; ./desk check --recount counts them anew"
    assert check()[1]["day counters"] == wrong
    status, said = check("--recount")
    assert (status, said["counted anew"]) == (0, "1 (visit), 0 (phone)")
    assert said["day counters"] == "ok, they are what the rows say"


def test_without_a_printer_it_says_so(check: Check) -> None:
    status, said = check(DESK_PRINTER="none:")
    assert (status, said["printer"]) == (0, "none is set, so no badge is printed")


def test_a_printer_is_asked_whether_it_answers(check: Check, label_printer: LabelPrinter) -> None:
    status, said = check(DESK_PRINTER=label_printer.uri)
    assert (status, said["printer"]) == (0, f"ok, {label_printer.uri} answers")
    label_printer.off()
    status, said = check(DESK_PRINTER=label_printer.uri)
    assert (status, said["printer"]) == (1, "The badge printer does not answer.")


def test_an_exchange_is_asked_whether_it_lets_the_desk_listen(check: Check) -> None:
    manager = Manager()
    try:
        status, said = check(DESK_EXCHANGE_URL=manager.url())
        assert (status, said["telephone exchange"]) == (0, f"ok, 127.0.0.1:{manager.port} answers")
        status, said = check(DESK_EXCHANGE_URL=manager.url(secret="guessed"))
        assert (status, said["telephone exchange"]) == (1, f"127.0.0.1:{manager.port}: it refuses the sign-in")
        assert "guessed" not in repr(said)
    finally:
        manager.close()
    status, said = check(DESK_EXCHANGE_URL="https://pbx.example")
    assert status == 1 and "DESK_EXCHANGE_URL" in repr(said)


def test_a_mail_server_is_asked_the_way_the_desk_asks_it(check: Check) -> None:
    with inbox() as post:
        status, said = check(DESK_SMTP_URL=post.url)
        assert (status, said["mail server"]) == (0, f"ok, 127.0.0.1:{post.port} answers")
        status, said = check(DESK_SMTP_URL=f"smtp://lin:secret@127.0.0.1:{post.port}?tls=starttls")
        assert status == 1
        assert said["mail server"] == f"127.0.0.1:{post.port}: mail server cannot prove who it is"
        assert "secret" not in repr(said)
        assert not post.letters
    port = free_port()
    status, said = check(DESK_SMTP_URL=f"smtp://127.0.0.1:{port}?tls=none")
    assert (status, said["mail server"]) == (1, f"127.0.0.1:{port}: mail server not reachable")


def test_what_needs_attention_is_told_and_the_rest_too(check: Check, tmp_path: Path) -> None:
    (tmp_path / "desk.db").unlink()
    status, said = check(DESK_TLS_CERT=str(tmp_path / "c.pem"), DESK_TLS_KEY=str(tmp_path / "k.pem"))
    assert (status, set(said)) == (1, set(PARTS))
    assert said["database"] == "there is no database yet; ./desk run makes it"
    assert said["day counters"] == "there is nothing to count yet"
    assert said["certificate"] == f"{tmp_path / 'c.pem'} is not there"
