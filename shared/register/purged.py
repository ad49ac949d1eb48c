"""What was erased, beside the database: a back-up from before must not bring it back (procedure 4.6).

A line says when, which register, which code and which rows by their public ids; no word of anybody. It is on the disk
before the rows are erased.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from shared.lib.clock import rfc3339
from shared.lib.config import settings

NAME = "purged.jsonl"


class Line(NamedTuple):
    """Rows of one register that lost one thing."""

    register: str
    code: str
    tokens: list[str]


def path() -> Path:
    """Where it is kept."""
    return settings().data / NAME


def note(at: datetime, register: str, code: str, tokens: Iterable[str]) -> None:
    """Adds a line, durable when this returns."""
    line = {"at": rfc3339(at), "register": register, "code": code, "rows": list(tokens)}
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, json.dumps(line).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lines() -> Iterator[Line]:
    """Everything that was ever erased; a last line that was cut off by a power cut is left out."""
    if not path().exists():
        return
    with path().open(encoding="utf-8") as file:
        for written in file:
            if written.endswith("\n"):
                found = json.loads(written)
                yield Line(found["register"], found["code"], found["rows"])
