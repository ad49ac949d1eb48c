"""The hash chain over the redacted editions of a register's volumes (rulings: it holds no name from the start)."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shared.lib import db, text
from shared.volumes.book import Book
from shared.volumes.model import Edition, Filed, Volume

START = "0" * 64
Lines = list[list[str]]


@dataclass(frozen=True, slots=True)
class Content:
    """What an edition says."""

    register: str
    previous: str
    volume: int
    issue: int
    columns: list[str]
    lines: Lines


def issue(book: Book, volume: Volume, lines: Sequence[Any], why: str) -> Edition:
    """Adds an edition of this volume, with these lines, to the end of its register's chain. Only inside an act."""
    last = db.session().scalar(
        select(Edition.sha256).where(Edition.register == book.key).order_by(Edition.id.desc()).limit(1)
    )
    before = db.session().scalars(select(Edition.issue).where(Edition.volume_id == volume.id)).all()
    content = Content(
        book.key, last or START, volume.number, max(before, default=0) + 1, [column.key for column in book.kept],
        [[column.plain(line) for column in book.kept] for line in lines],
    )  # fmt: skip
    written = write(content)
    made = Edition(
        register=book.key, volume_id=volume.id, issue=content.issue, why=why, at=db.act_time(),
        previous=content.previous, sha256=digest(written), text=written,
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    return made


def write(content: Content) -> str:
    """An edition as it is hashed and kept: one line of JSON, then one a row."""
    head = {
        "register": content.register, "previous": content.previous, "volume": content.volume, "issue": content.issue,
        "columns": content.columns,
    }  # fmt: skip
    return "\n".join(_json(part) for part in (head, *content.lines))


def read(written: str) -> Content:
    """The other way round. ValueError for what is no edition."""
    head, *rows = (json.loads(line) for line in written.split("\n"))
    return Content(head["register"], head["previous"], head["volume"], head["issue"], head["columns"], rows)


def digest(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()


def seal(book: Book, line: Any) -> str:
    """A keyed hash of a whole line, names included: it says whether the line has changed, and nothing else."""
    return text.keyed_hash("line", book.key, *book.facts(line))


def erased(book: Book, row_ids: Sequence[int]) -> None:
    """Something was erased: a seal that does not fit any more would only help to guess what was there. In an act."""
    where = (Filed.register == book.key, Filed.row_id.in_(row_ids), Filed.seal.is_not(None))
    sealed = db.session().scalars(select(Filed).where(*where)).all()
    lines = book.lines([row.row_id for row in sealed])
    for row in sealed:
        if row.seal != seal(book, lines[row.row_id]):
            row.seal = None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
