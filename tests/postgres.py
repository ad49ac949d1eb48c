"""A PostgreSQL of the tests' own: Debian's package, a private folder, a private port, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

OTHERS_OUT = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
STATEMENTS_TO_EMPTY = """SELECT format('DELETE FROM %I', tablename) FROM pg_tables WHERE schemaname = 'public'
    UNION ALL
    SELECT format('ALTER SEQUENCE %I RESTART', sequencename) FROM pg_sequences
    WHERE schemaname = 'public' AND last_value IS NOT NULL"""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    here = shutil.which("initdb")
    if here is None:
        raise RuntimeError("PostgreSQL is not installed; ./desk test installs it")
    return Path(here).parent


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner() -> dict[str, object]:
    """initdb refuses root: the package's own user runs it then."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def output(*command: str) -> bytes:
    """What one of its programs says."""
    return subprocess.run([str(_binaries() / command[0]), *command[1:]], check=True, capture_output=True).stdout


class Server:
    """One cluster with a fresh database for whoever asks."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.made = folder, port, 0

    def url(self, name: str) -> str:
        return f"postgresql://desk@127.0.0.1:{self.port}/{name}"

    def run(self, *command: str) -> None:
        subprocess.run(
            [str(_binaries() / command[0]), *command[1:]],
            check=True,
            capture_output=True,
            cwd="/",
            **_owner(),  # type: ignore[arg-type]
        )

    def create(self, template: str = "template0") -> str:
        """The name of a new database."""
        self.made += 1
        name = f"desk{self.made}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")  # type: ignore[arg-type]
        return name

    def drop(self, name: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]

    def empty(self, name: str) -> None:
        """The database as it was made: nobody connected, no row, every number from one."""
        with psycopg.connect(self.url(name)) as connection:
            connection.execute(OTHERS_OUT)
            connection.execute("SET session_replication_role = replica")
            for (statement,) in connection.execute(STATEMENTS_TO_EMPTY).fetchall():
                connection.execute(statement)


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """Starts a cluster and stops it again."""
    folder = Path(tempfile.mkdtemp(prefix="foyer-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(folder, free_port())
    data = str(folder / "data")
    server.run("initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300"
    options += " -c fsync=off -c full_page_writes=off"  # no test cuts the power; the folder is thrown away
    server.run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
    try:
        yield server
    finally:
        server.run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
