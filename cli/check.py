"""`./desk check`: names settings, folder, keys, database, printer, mail server, exchange, certificate; how they are."""

import argparse
import contextlib
import os
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from cli.run import refuse_public
from shared import phone
from shared.alerts import email, words
from shared.alerts.queue import NotSent
from shared.backups import folder as backup_folder
from shared.badges.drivers import PrinterError, printer_for
from shared.badges.drivers.printer import sentence
from shared.lib import ami, clock, control, db, disk, i18n
from shared.lib.config import Settings, settings
from shared.migrations import models
from shared.register import miscounted, registers

OLD = 26 * 3600  # seconds: a night was missed
_GAPS = "SELECT coalesce(max(seq) - min(seq) + 1 - count(*), 0) FROM journal"


class Wrong(Exception):
    """A part needs attention: one sentence."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Checks configuration and integrity; exits with 1 when something needs attention."
    parser.add_argument("--recount", action="store_true", help="count anew the days whose counters are wrong")


def main(args: argparse.Namespace) -> int:
    """One line a part, with what is set for it; the exit status is 1 when any of them needs attention."""
    given, status = settings(), 0
    if args.recount:
        models.load()
        counted = control.call("register.recount").items()
        print("counted anew:", ", ".join(f"{days} ({register})" for register, days in counted), flush=True)
    for name, look in PARTS.items():
        try:
            with i18n.use("en"):
                print(f"{name}: {look(given)}", flush=True)
        except Wrong as wrong:
            status = 1
            print(f"{name}: {wrong}", file=sys.stderr, flush=True)
    return status


def _address(given: Settings) -> str:
    refusal = refuse_public(given)
    if refusal:
        raise Wrong(refusal)
    return f"ok, {given.url}"


def _folder(given: Settings) -> str:
    if not given.data.is_dir():
        raise Wrong(f"{given.data} is not there yet; ./desk run makes it")
    if not os.access(given.data, os.W_OK):
        raise Wrong(f"{given.data} cannot be written")
    if disk.nearly_full(given.data):
        raise Wrong(f"only {disk.free(given.data):.0%} of the disk is free")
    return f"ok, {given.data}"


def _keys(given: Settings) -> str:
    for name in ("secret_key", "data_key"):
        path: Path | None = getattr(given, f"{name}_file") or given.data / f"{name}.txt"
        if path and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise Wrong(f"{path} can be read by others; chmod 600 it")
    return "ok"


def _database(given: Settings) -> str:
    try:
        gaps, where = _postgres(given.database_url) if given.database_url else _sqlite(given.data / "desk.db")
    except (sqlite3.Error, psycopg.Error) as error:
        raise Wrong(str(error).splitlines()[0]) from None
    if gaps:
        raise Wrong(f"the journal misses {gaps} rows")
    return f"ok, {where}"


def _sqlite(path: Path) -> tuple[int, str]:
    if not path.exists():
        raise Wrong("there is no database yet; ./desk run makes it")
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        result: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if result != "ok":
            raise Wrong(result)
        return connection.execute(_GAPS).fetchone()[0], str(path)


def _postgres(url: str) -> tuple[int, str]:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(_GAPS).fetchone()
        return row[0] if row else 0, f"PostgreSQL at {connection.info.host}"


def _counters(given: Settings) -> str:
    if not given.database_url and not (given.data / "desk.db").exists():
        raise Wrong("there is nothing to count yet")
    models.load()
    counted = [one for one in registers() if one.counted]
    db.start_reading(given.database)
    try:
        with db.looking() as on:
            wrong = {one.key: miscounted(one, on) for one in counted}
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error) as error:
        raise Wrong(str(error).splitlines()[0]) from None
    finally:
        db.stop()
    days = sum(map(len, wrong.values()))
    if days:
        raise Wrong(f"days that are not what the rows say: {days}; ./desk check --recount counts them anew")
    return "ok, they are what the rows say"


def _backup(given: Settings) -> str:
    place = given.backup_folder
    if place is None:
        return "no second place is set, so what the data folder holds is only there"
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise Wrong(f"{place} is not there or cannot be written")
    given.passphrase()
    made = backup_folder.backups(place)
    if not made:
        raise Wrong(f"there is no back-up in {place} yet; ./desk run makes one")
    age = clock.now().timestamp() - made[0].stat().st_mtime
    if age > OLD:
        raise Wrong(f"the newest back-up in {place} is {age / 3600:.0f} hours old")
    beside = ", on the same disk as the data folder" if place.stat().st_dev == given.data.stat().st_dev else ""
    return f"ok, {made[0]}{beside}"


def _printer(given: Settings) -> str:
    printer = printer_for(given.printer)
    try:
        printer.check()
    except PrinterError as error:
        raise Wrong(sentence(error.reason, error.says)) from None
    kind, _, folder = printer.name.partition(":")
    if kind == "none":
        return "none is set, so no badge is printed"
    return f"ok, badges go to {folder}" if kind == "folder" else f"ok, {_plain(given.printer)} answers"


def _mail(given: Settings) -> str:
    if not given.smtp_url:
        return "none is set, so no e-mail is sent"
    server = email.server(given.smtp_url)
    try:
        email.reach()
    except NotSent as failed:
        raise Wrong(f"{server.host}:{server.port}: {words.reason_name(failed.reason)}") from None
    return f"ok, {server.host}:{server.port} answers"


def _exchange(given: Settings) -> str:
    if not given.exchange_url:
        return "none is set, so calls come by hand and by its call list"
    to = ami.exchange(given.exchange_url)
    try:
        phone.exchange.reach(to)
    except ami.Lost as lost:
        raise Wrong(f"{to.host}:{to.port}: {phone.exchange.reason_name(lost.reason)}") from None
    return f"ok, {to.host}:{to.port} answers"


def _plain(address: str) -> str:
    """Without what an address may hold beside the way to it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _certificate(given: Settings) -> str:
    for path in (given.tls_cert, given.tls_key):
        if path and not path.is_file():
            raise Wrong(f"{path} is not there")
    return f"ok, {given.tls_cert}" if given.tls_cert else "none is set"


PARTS: dict[str, Callable[[Settings], str]] = {
    "address": _address,
    "data folder": _folder,
    "keys": _keys,
    "database": _database,
    "day counters": _counters,
    "back-up": _backup,
    "printer": _printer,
    "mail server": _mail,
    "telephone exchange": _exchange,
    "certificate": _certificate,
}
