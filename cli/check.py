"""`./desk check`: whether settings, data folder, keys, database, mail server and certificate are as they should be."""

import argparse
import contextlib
import os
import smtplib
import sqlite3
import stat
import sys
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import psycopg

from cli.run import refuse_public
from shared.lib.config import Settings, settings

_GAPS = "SELECT coalesce(max(seq) - min(seq) + 1 - count(*), 0) FROM journal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Checks configuration and integrity; exits with 1 when something needs attention."


def main(args: argparse.Namespace) -> int:
    """One line a part; the exit status is 1 when any of them needs attention."""
    given = settings()
    parts: dict[str, Callable[[Settings], str]] = {
        "address": refuse_public,
        "data folder": _folder,
        "keys": _keys,
        "database": _database,
        "mail server": _mail,
        "certificate": _certificate,
    }
    found = {name: look(given) for name, look in parts.items()}
    for name, complaint in found.items():
        print(f"{name}: {complaint or 'ok'}", file=sys.stderr if complaint else sys.stdout)
    return 1 if any(found.values()) else 0


def _folder(given: Settings) -> str:
    if not given.data.is_dir():
        return f"{given.data} is not there yet; ./desk run makes it"
    if not os.access(given.data, os.W_OK):
        return f"{given.data} cannot be written"
    free = os.statvfs(given.data)
    share = free.f_bavail / max(free.f_blocks, 1)
    return f"only {share:.0%} of the disk is free" if share < 0.1 else ""


def _keys(given: Settings) -> str:
    for name in ("secret_key", "data_key"):
        path: Path | None = getattr(given, f"{name}_file") or given.data / f"{name}.txt"
        if path and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            return f"{path} can be read by others; chmod 600 it"
    return ""


def _database(given: Settings) -> str:
    if given.database_url:
        return _postgres(given.database_url)
    path = given.data / "desk.db"
    if not path.exists():
        return "there is no database yet; ./desk run makes it"
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            result: str = connection.execute("PRAGMA integrity_check").fetchone()[0]
            gaps: int = connection.execute(_GAPS).fetchone()[0]
    except sqlite3.Error as error:
        return str(error)
    if result != "ok":
        return result
    return f"the journal misses {gaps} rows" if gaps else ""


def _postgres(url: str) -> str:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(_GAPS).fetchone()
    except psycopg.Error as error:
        return str(error).splitlines()[0]
    return f"the journal misses {row[0]} rows" if row and row[0] else ""


def _mail(given: Settings) -> str:
    if not given.smtp_url:
        return ""
    parts = urllib.parse.urlsplit(given.smtp_url)
    try:
        with smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=5) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as error:
        return f"{parts.hostname} does not answer: {error}"
    return ""


def _certificate(given: Settings) -> str:
    for path in (given.tls_cert, given.tls_key):
        if path and not path.is_file():
            return f"{path} is not there"
    return ""
