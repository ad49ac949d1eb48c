"""What is taken along, as a list or as pages: made at once when it is short, else by a process of its own."""

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from shared import badges, privacy, register, volumes
from shared.lib import clock, i18n, lists, web
from shared.lib.actor import acting_as, actor
from shared.lib.errors import Conflict
from shared.lib.i18n import _, gettext
from shared.register import Register, taking

AT_ONCE = 500
DIRECTLY = 1000  # rows that are written while whoever asked waits: a part of a second
MOST_PRINTED = 500  # rows; a page of the book holds about a dozen
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "pdf": "application/pdf",
}
Cells = list[str | int]


def table(known: Register, pages: Iterator[Any], signed: str) -> Iterator[Cells]:
    """Headings, a row a row, and a last row that says who took the list."""
    book, language, who = register.book_of(known), i18n.language(), actor()

    def rows() -> Iterator[Cells]:
        with i18n.use(language), acting_as(who):
            yield [gettext(column.heading) for column in book.columns]
            written = 0
            for ids in pages:
                if written >= register.MOST:
                    yield [cut()]
                    break
                written += len(ids)
                lines = book.lines(ids)
                privacy.shown(register.tokens(known, ids).values())
                for key in ids:
                    yield [column.shown(column.plain(lines[key])) for column in book.columns]
            yield [signed]

    return rows()


def printed(known: Register, pages: Iterable[Sequence[int]], signed: str) -> bytes:
    """These rows, newest first, as A4 pages in the columns of the book, as it was written: the oldest first."""
    book, ids = register.book_of(known), list[int]()
    for some in pages:
        ids += some
        fits_on_paper(len(ids))
    privacy.shown(register.tokens(known, ids).values())
    paper = volumes.pages(book, ids[::-1], title=gettext(book.title), taken=signed)
    return badges.paper(paper.html, paper.css)


def fits_on_paper(rows: int) -> None:
    """Conflict when they are too many for paper."""
    if rows > MOST_PRINTED:
        raise Conflict(_("That is more than %(most)s rows. Narrow it to fewer days.") % {"most": MOST_PRINTED})


def cut() -> str:
    """What the last row but one of a list says that does not hold everything."""
    return _("Cut off after %(most)s rows. Narrow it to fewer days.") % {"most": register.MOST}


def widths(known: Register) -> Sequence[int]:
    """How wide the columns of a list are, in characters."""
    return [column.width for column in register.book_of(known).columns]


def signed(reason: str) -> str:
    """Who took a list, when and why: its last row says so."""
    values = {"name": actor().name, "time": i18n.format_datetime(clock.now()), "reason": reason}
    return _("Taken by %(name)s, %(time)s: %(reason)s") % values


def prepare(form: str) -> None:
    """Before a long list is noted: refused when it may not begin. What writes it cannot write down who saw its rows."""
    taking.may_begin(actor().ref)
    privacy.shown(f"{form} {place}" for place in range(DIRECTLY))


def at_length(name: str, form: str, told: dict[str, Any]) -> ResponseReturnValue:
    """What takes longer is written by a process of its own; the answer says where to wait for it."""
    told |= {"form": form, "language": i18n.language()}
    one = taking.begin("console.taking", told, owner=actor().ref, name=called(name, form), mimetype=TYPES[form])
    where = f"/console/exports/{one.token}"
    if web.wants_json():
        return {"go": where}, 202
    return redirect(where, 303)


def whole(rows: Iterator[Cells], form: str, wide: Sequence[int]) -> bytes:
    """A short list, written at once."""
    out = io.BytesIO()
    write(rows, form, out, wide)
    return out.getvalue()


def write(rows: Iterator[Cells], form: str, out: BinaryIO, wide: Sequence[int], folder: Path | None = None) -> None:
    """The rows as a file; `folder` is where parts of a workbook lie until it is whole."""
    if form == "xlsx":
        lists.as_xlsx(rows, out, wide, folder)
    else:
        out.writelines(lists.as_csv(rows))


def file(name: str, form: str, body: bytes) -> Response:
    """The answer that saves it."""
    answer = Response(body, mimetype=TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{called(name, form)}"'
    return answer


def called(name: str, form: str) -> str:
    """The file's name, with the day."""
    return f"{name}-{i18n.today(clock.now()).isoformat()}.{form}"
