"""Questions to the archive: which volumes there are, how far each has gone, and what its editions say."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from shared.lib import db
from shared.lib.errors import NotFound
from shared.lib.i18n import _, gettext, lazy
from shared.volumes.book import Book, book, in_order
from shared.volumes.model import Edition, Filed, Volume

_V: Any = Volume.__table__.c
_F: Any = Filed.__table__.c
_COLUMNS = tuple(Volume.__table__.c)
_FILED = db.Prepared(
    select(_V.token, _V.number)
    .select_from(Volume.__table__.join(Filed.__table__, _F.volume_id == _V.id))
    .where(_F.register == bindparam("register_"), _F.row_id == bindparam("row_"))
)
STATE_NAMES = {
    "closed": lazy("to be handed over"),
    "handed_over": lazy("handed over, not received yet"),
    "rejected": lazy("sent back"),
    "received": lazy("received"),
    "archived": lazy("archived"),
}
WHY_NAMES = {
    "closed": lazy("first issue"),
    "corrected": lazy("issued again: a row was put right"),
    "erased": lazy("issued again: a visitor was erased"),
}


@dataclass(frozen=True, slots=True)
class VolumeView:
    """A volume as it stands."""

    id: int
    token: str
    register: str
    number: int
    period: str
    from_no: str
    to_no: str
    last_at: datetime
    rows: int
    status: str
    why: str
    closed_at: datetime
    closed_by: str
    handed_at: datetime | None
    handed_by: str | None
    received_at: datetime | None
    received_by: str | None
    rejected: str | None
    archived_at: datetime | None
    archive_no: str | None
    destroyed_at: datetime | None

    @property
    def book(self) -> Book:
        """KeyError for the volume of a register that is no more."""
        found = book(self.register)
        if found is None:
            raise KeyError(self.register)
        return found

    @property
    def title(self) -> str:
        """The register's name in the reader's language."""
        return gettext(self.book.title)

    @property
    def name(self) -> str:
        """The volume's name in the reader's language."""
        return _("%(register)s, volume %(number)s") % {"register": self.title, "number": self.number}

    @property
    def state_name(self) -> str:
        return gettext(STATE_NAMES[self.status])


@dataclass(frozen=True, slots=True)
class EditionView:
    """A link of the chain; `text` is None once the volume's time is over."""

    id: int
    issue: int
    why: str
    at: datetime
    previous: str
    sha256: str
    text: str | None

    @property
    def why_name(self) -> str:
        return gettext(WHY_NAMES[self.why])


_E = (Edition.id, Edition.issue, Edition.why, Edition.at, Edition.previous, Edition.sha256, Edition.text)


def one(token: str) -> VolumeView:
    """The volume with this public id; NotFound when there is none."""
    with db.reading() as session:
        row = session.execute(select(*_COLUMNS).where(_V.token == token)).first()
    if row is None:
        raise NotFound(_("There is no such volume."))
    return VolumeView(*row)


def many(tokens: Collection[str]) -> dict[str, VolumeView]:
    """Those of these volumes that there are, by token."""
    with db.reading() as session:
        rows = session.execute(select(*_COLUMNS).where(_V.token.in_(list(tokens)))).all()
    return {row.token: VolumeView(*row) for row in rows}


def page(after: str = "", limit: int = 50) -> tuple[list[VolumeView], str | None]:
    """Volumes, the newest first; the second value is the cursor of the next page."""
    query = select(*_COLUMNS).order_by(_V.id.desc()).limit(limit + 1)
    if after.isdigit():
        query = query.where(_V.id < int(after))
    with db.reading() as session:
        rows = [VolumeView(*row) for row in session.execute(query)]
    return rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None


class Place(NamedTuple):
    """The closed volume in which a row stands."""

    token: str
    number: int


def of_row(register: str, row_id: int) -> Place | None:
    """The volume in which this row stands; None while it may still be written in."""
    with db.looking() as on:
        row = _FILED.first({"register_": register, "row_": row_id}, on)
    return Place(*row) if row is not None else None


def rows_of(of: Book, volume_id: int) -> list[int]:
    """The rows of a volume in the order of their numbers."""
    number = getattr(of.model, of.number)
    mine = (Filed.register == of.key, Filed.volume_id == volume_id)
    query = select(of.model.id, number).join(Filed, Filed.row_id == of.model.id).where(*mine)
    with db.reading() as session:
        found = session.execute(query).all()
    return [row_id for row_id, _number in sorted(found, key=lambda row: in_order(row[1]))]


def editions(volume_id: int) -> Sequence[EditionView]:
    """Every edition of a volume, the first one first."""
    with db.reading() as session:
        rows = session.execute(select(*_E).where(Edition.volume_id == volume_id).order_by(Edition.id)).all()
    return [EditionView(*row) for row in rows]
