"""Lists that people bring from elsewhere: CSV in any usual encoding, or XLSX. Every cell is text, never a formula."""

import csv
import io
import re
import zipfile
from datetime import datetime
from typing import Any

from shared.lib.errors import Invalid
from shared.lib.i18n import _

BYTES = 5 * 1024 * 1024
UNPACKED = 60 * 1024 * 1024
ROWS, COLUMNS = 10_100, 100
CELLS = 2_000_000  # the reader holds the whole rectangle between the first and the last cell
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_BROKEN_LATIN = re.compile(r"[A-Za-z][\u4e00-\u9fff][a-z]")  # Müller of a western list, read as Chinese
_ESCAPED = re.compile(r"^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")


def read(data: bytes) -> list[list[str]]:
    """The rows of a CSV or XLSX file, empty ones included, so that their numbers are those of the file.

    Invalid with a sentence when it is empty, too large, or neither.
    """
    if not data.strip():
        raise Invalid(_("This file is empty."))
    if len(data) > BYTES:
        raise Invalid(_("This file is too large. At most %(size)s MB.") % {"size": BYTES // 1024 // 1024})
    rows = _xlsx(data) if data.startswith(b"PK") else _csv(decoded(data))
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Invalid(_("This file is empty."))
    if len(rows) > ROWS:
        raise Invalid(_("This file has too many rows. At most %(count)s.") % {"count": ROWS})
    if max(map(len, rows)) > COLUMNS:
        raise Invalid(_("This file has too many columns. At most %(count)s.") % {"count": COLUMNS})
    return rows


def decoded(data: bytes) -> str:
    """Text by its mark, else UTF-8, else GB18030, as Excel in China writes it; a guess that shows is refused."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding)
    if b"\0" in data[:2000]:
        return _decode(data, "utf-16-le" if data[1:2000:2].count(0) > data[:2000:2].count(0) else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        found = _decode(data, "gb18030")
    if _BROKEN_LATIN.search(found):
        raise _unreadable()
    return found


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _unreadable() from None


def _unreadable() -> Invalid:
    return Invalid(_("The letters of this file cannot be read for certain. Save it as XLSX, or as CSV in UTF-8."))


def _csv(text: str) -> list[list[str]]:
    if re.search(r"[\x00-\x08\x0e-\x1b]", text):
        raise Invalid(_("This is not a list. Save it as XLSX or CSV."))
    told = re.match(r"sep=(.)\r?\n", text)
    if told:
        text = text[told.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _delimiter(text), strict=True)
    rows: list[list[str]] = [[]] if told else []
    try:
        for row in reader:
            rows.append([_ESCAPED.sub("", cell).strip() for cell in row])
            if len(rows) > ROWS:
                break
    except csv.Error:
        words = {"row": len(rows) + 1}
        raise Invalid(_("Row %(row)s cannot be read. Look at its quotation marks.") % words) from None
    return rows


def _delimiter(text: str) -> str:
    """The sign that stands most often in one of the first lines."""
    lines = text.splitlines()[:20]
    counts = {sign: max((line.count(sign) for line in lines), default=0) for sign in ",;\t|"}
    return max(counts, key=lambda sign: counts[sign])


def _xlsx(data: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, load_workbook

    _check_archive(data)
    try:
        workbook = load_workbook(io.BytesIO(data))
        for name in workbook.sheet_names:
            values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell not in ("", None) for row in values for cell in row):
                return [[_text(cell) for cell in row] for row in values]
    except (CalamineError, ValueError, OSError) as error:
        raise _not_xlsx() from error
    return []


def _check_archive(data: bytes) -> None:
    """Unpacks every part once, bounded, and measures the sheets before anything holds them whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise _not_xlsx()
            if len(parts) > 1000 or sum(part.file_size for part in parts) > UNPACKED:
                raise _too_large()
            if archive.testzip() is not None:
                raise _not_xlsx()
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _measure(archive.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _not_xlsx() from error


def _measure(sheet: bytes) -> None:
    width = height = 1
    for found in _CELL.finditer(sheet):
        column = 0
        for letter in found[1]:
            column = column * 26 + letter - 64
        width, height = max(width, column), max(height, int(found[2]))
    if width * height > CELLS:
        raise _too_large()


def _too_large() -> Invalid:
    return Invalid(_("This sheet is too large. Copy the list into a new file."))


def _not_xlsx() -> Invalid:
    return Invalid(_("This is not a list. Save it as XLSX or CSV."))


def _text(value: Any) -> str:
    """A cell as somebody would type it: 13800138000, not 13800138000.0."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    return _ESCAPED.sub("", str(value)).strip()
