"""A register on paper: A4 pages in the columns of the book, and the cover of a volume; drawn by the render process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from shared import company
from shared.lib import clock, i18n
from shared.lib.errors import Gone
from shared.lib.i18n import _, gettext
from shared.volumes import chain
from shared.volumes.book import Book, Column
from shared.volumes.questions import EditionView, VolumeView, editions, rows_of

ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "static" / "css" / "book.css"
Cell = tuple[Sequence[str], str]


@dataclass(frozen=True, slots=True)
class Paper:
    """What the render process is given."""

    html: str
    css: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the cover of a volume: its edition, and its place in the chain."""

    volume: VolumeView
    edition: EditionView
    full: bool
    names: Callable[[str | None], str]


def volume_paper(volume: VolumeView, *, full: bool, language: str, names: Callable[[str | None], str]) -> Paper:
    """A volume with its cover: the full edition from the rows as they are, the redacted one as it was issued.

    `names` says who somebody is by how the journal refers to them. Gone when the volume was destroyed.
    """
    edition = editions(volume.id)[-1]
    if edition.text is None:
        raise Gone(_("This volume has been destroyed when its time was over."))
    with i18n.use(language):
        cover = Cover(volume, edition, full, names)
        if full:
            return _paper(volume.book.columns, rows(volume.book, rows_of(volume.book, volume.id)), cover=cover)
        content = chain.read(edition.text)
        columns = [column for column in volume.book.kept if column.key in content.columns]
        place = [content.columns.index(column.key) for column in columns]
        cells = [[((), c.shown(line[at])) for c, at in zip(columns, place, strict=True)] for line in content.lines]
        return _paper(columns, cells, cover=cover)


def pages(book: Book, row_ids: Sequence[int], *, title: str, taken: str) -> Paper:
    """These rows as pages, in this order, in the reader's language; `taken` says on each page who took them and why."""
    return _paper(book.columns, rows(book, row_ids), title=title, taken=taken)


def rows(book: Book, row_ids: Sequence[int]) -> list[list[Cell]]:
    """What stands in each cell: what it said before it was put right, and what it says."""
    found, was = book.lines(row_ids), book.was(row_ids)
    return [[_cell(column, found[key], was.get(key, {})) for column in book.columns] for key in row_ids if key in found]


def _cell(column: Column, line: Any, was: Any) -> Cell:
    said = column.shown(column.plain(line))
    return [one for one in was.get(column.key, ()) if one != said], said


def _paper(columns: Sequence[Column], cells: Sequence[Sequence[Cell]], **more: Any) -> Paper:
    html = _template().render(
        _=_,
        columns=[gettext(column.heading) for column in columns],
        rows=cells,
        language=i18n.language(),
        html_lang=i18n.HTML_LANG[i18n.language()],
        house=company.facts().spoken(i18n.language()),
        demo=company.facts().demo,
        printed=i18n.format_datetime(clock.now()),
        date=i18n.format_datetime,
        **{"cover": None, "title": "", "taken": "", **more},
    )
    whole = sum(column.width for column in columns)
    widths = (f"col:nth-child({n}){{width:{100 * c.width / whole:.3f}%}}" for n, c in enumerate(columns, 1))
    return Paper(html, STYLE.read_text("utf-8") + "".join(widths))


@cache
def _template() -> Template:
    loader = FileSystemLoader(ROOT / "shared" / "templates")
    house: Any = Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
    found: Template = house.get_template("registers/book.html")
    return found
