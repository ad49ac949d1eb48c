"""PostgreSQL is copied and put back by its own programs, pg_dump, pg_restore and psql; the rest is as everywhere."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shared.backups.contents import About
from shared.backups.sealed import NotOpened
from shared.lib import clock
from shared.lib.config import settings
from shared.lib.errors import Conflict, Refused
from shared.lib.i18n import _

ONE_AT_A_TIME = 0x4241434B5550  # "BACKUP": of several processes one makes the back-up of the night
_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_HELD = "SELECT pg_export_snapshot(), (SELECT count(*) FROM visit), (SELECT coalesce(max(seq), 0) FROM journal)"
_EMPTY = "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"


def in_use() -> bool:
    """Whether this desk has outgrown SQLite."""
    return bool(settings().database_url)


def _address() -> str:
    return settings().database_url.replace("postgresql+psycopg://", "postgresql://", 1)


def _run(program: str, *words: str) -> None:
    """One of PostgreSQL's programs on the desk's database; refused in its own words. `ps` shows no password."""
    found = shutil.which(program)
    if found is None:
        raise Refused(_("%(program)s is not installed; it comes with PostgreSQL's client.") % {"program": program})
    parts = conninfo_to_dict(_address())
    password = {"PGPASSWORD": str(parts.pop("password"))} if "password" in parts else {}
    command = [found, *(word.replace("{address}", make_conninfo(**parts)) for word in words)]  # type: ignore[arg-type]
    done = subprocess.run(command, env=os.environ | password, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or [str(done.returncode)]
        raise Refused(_("%(program)s: %(reason)s") % {"program": program, "reason": said[0]})


def copy(to: Path) -> About:
    """A dump of the database as it is at this moment; everybody goes on meanwhile."""
    with psycopg.connect(_address()) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot, visits, seq = connection.execute(_HELD).fetchone() or ("", 0, 0)
        how = ("--format=custom", "--compress=0", "--no-owner", "--no-privileges")
        _run("pg_dump", *how, f"--snapshot={snapshot}", f"--file={to}", "--dbname={address}")
    return About(clock.now().isoformat(), "postgresql", visits, seq, to.stat().st_size)


def prove(dump: Path) -> None:
    """NotOpened unless pg_restore reads the dump to its end."""
    try:
        _run("pg_restore", "--file=/dev/null", str(dump))
    except Refused as refused:
        raise NotOpened(_("The database in the back-up is damaged: %(reason)s.") % {"reason": refused}) from None


def need_nobody() -> None:
    """Refused while somebody is connected."""
    with psycopg.connect(_address()) as connection:
        others = (connection.execute(_OTHERS).fetchone() or (0,))[0]
    if others:
        raise Conflict(_("The database is in use (connections: %(count)s): stop the desk first.") % {"count": others})


def is_filled() -> bool:
    """Whether there is a desk in the database."""
    with psycopg.connect(_address()) as connection:
        return (connection.execute("SELECT to_regclass('journal')").fetchone() or (None,))[0] is not None


def put_back(dump: Path) -> None:
    """The dump instead of everything that is there, in one transaction."""
    script, empty = dump.with_suffix(".sql"), dump.with_suffix(".empty")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(dump))
    empty.write_text(_EMPTY)
    how = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    _run("psql", *how, f"--file={empty}", f"--file={script}", "--dbname={address}")


@contextmanager
def turn() -> Iterator[bool]:
    """Whether it is this process that makes the back-up; no other one does meanwhile."""
    with psycopg.connect(_address(), autocommit=True) as connection:
        yield bool((connection.execute("SELECT pg_try_advisory_lock(%s)", (ONE_AT_A_TIME,)).fetchone() or (False,))[0])
