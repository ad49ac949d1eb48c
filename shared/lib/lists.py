"""Lists that people take along: CSV and XLSX, row after row, in which nothing is a formula or a link."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
AT_ONCE = 500
Cells = Sequence[str | int]


def as_csv(rows: Iterable[Cells]) -> Iterator[bytes]:
    """Pieces of a file in UTF-8 with its mark, which Excel wants."""
    out = io.StringIO("\ufeff")
    out.seek(1)
    writer = csv.writer(out)
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
        if number % AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def as_xlsx(rows: Iterable[Cells], file: BinaryIO, widths: Sequence[int] = (), folder: Path | None = None) -> None:
    """Writes a workbook of one sheet whose first row are headings.

    With a `folder` for its parts, memory stays flat however many rows there are; without, nothing lies on the disk.
    """
    import xlsxwriter  # only those who take a list along need it

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    large = {"constant_memory": True, "tmpdir": str(folder)} if folder else {"in_memory": True}
    with xlsxwriter.Workbook(file, {**large, **plain}) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        string, plain_number = sheet.write_string, sheet.write_number
        for number, row in enumerate(rows):
            style = bold if number == 0 else None
            for place, cell in enumerate(row):
                if cell != "":
                    (string if isinstance(cell, str) else plain_number)(number, place, cell, style)


def workbook(rows: Iterator[Cells], widths: Sequence[int] = ()) -> Iterator[bytes]:
    """A workbook in pieces: it can be sent only when it is whole, so it is put together on the disk, and gone then."""
    first = next(rows)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        as_xlsx(chain([first], rows), file, widths, Path(folder))
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; what cannot be printed is left out."""
    if cell.isprintable() and not cell.lstrip(" ").startswith(FORMULA):
        return cell
    printable = "".join(c for c in cell if c.isprintable() or c in "\n\t\r\0")
    safe = f"'{printable}" if printable.lstrip(" ").startswith(FORMULA) else printable
    return safe.replace("\0", "")


def _taken(out: io.StringIO) -> bytes:
    written = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return written
