"""A bird in every place where something of a visitor may stand, and every way in which it may stand in a file."""

import base64
import io
import json
import random
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pypdfium2
from PIL import Image
from sqlalchemy import create_engine, select

from shared.lib import db
from shared.migrations import models

NAME, COMPANY, PHONE = "Kanarienvögel Zwitscher", "Canary Feathers", "13912345678"
NOTE, MESSAGE, REPLY, TRIED = "canarysong at noon", "canaryseed is out", "canarybath is filled", "canarycage is shut"
REASON, HELD, HOST, REMARK = "canarywing was wrong", "canaryclaw in dispute", "Wrenkeeper", "canarynest in the hat"
BIRDS = (
    "Kanarienvögel", "Zwitscher", COMPANY, PHONE, "139 1234 5678", "canarysong", "canaryseed", "canarybath",
    "canarycage", "canarywing", "canaryclaw", HOST, "canarynest", "canarydraft",
)  # fmt: skip
EXIF = "CanaryCamera"


def picture(kind: str, seed: int) -> bytes:
    """A picture of noise, which no other picture has, with words beside its pixels."""
    noise = Image.frombytes("L", (90, 120), random.Random(seed).randbytes(90 * 120)).resize((360, 480))
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = EXIF  # ImageDescription
    noise.convert("RGB").save(out, kind, exif=exif)
    return out.getvalue()


def ways(text: str) -> set[bytes]:
    """How a text may stand in a file: both normal forms and small letters, as each encoding, quoted, in base64."""
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    forms |= {one.lower() for one in forms}
    plain = {one.encode(encoding) for one in forms for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    quoted = {way(one).encode() for one in forms for way in (quote, quote_plus, lambda one: json.dumps(one)[1:-1])}
    return plain | quoted | {part for one in plain for part in _base64(one)}


def _base64(data: bytes) -> Iterable[bytes]:
    """Its base64 wherever it begins, without what its neighbours have a share in."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + data)
        yield coded[(0, 2, 3)[before] : len(coded) - (0, 3, 2)[(before + len(data)) % 3]]


def looked_for(birds: Iterable[str]) -> re.Pattern[bytes]:
    """Any of these, in any way."""
    return re.compile(b"|".join(re.escape(way) for bird in birds for way in sorted(ways(bird))))


LOOKED_FOR = looked_for(BIRDS)


def seen(folders: Iterable[Path], pixels: Iterable[bytes] = (), wanted: re.Pattern[bytes] = LOOKED_FOR) -> set[str]:
    """The files in which a bird stands, their words or their pixels; a PDF is read, its own name is looked at too."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if _holds(path, tuple(pixels), wanted)}


def _holds(path: Path, pixels: tuple[bytes, ...], wanted: re.Pattern[bytes]) -> bool:
    content = path.name.encode() + b"\n" + path.read_bytes()
    if path.suffix == ".pdf":
        content += _words(path)
    return wanted.search(content) is not None or any(one in content for one in pixels)


def _words(path: Path) -> bytes:
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", " ").encode()


def unsealed(url: str, pixels: Iterable[bytes] = (), wanted: re.Pattern[bytes] = LOOKED_FOR) -> set[str]:
    """The tables in which a bird stands for whoever holds the data key."""
    models.load()
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return {
                table.name
                for table in db.Base.metadata.tables.values()
                for row in connection.execute(select(table))
                if wanted.search(repr(tuple(row)).encode()) or _pictured(row, tuple(pixels))
            }
    finally:
        engine.dispose()


def _pictured(row: Iterable[object], pixels: tuple[bytes, ...]) -> bool:
    return any(isinstance(value, bytes) and one in value for value in row for one in pixels)


def slices(jpeg: bytes) -> list[bytes]:
    """Pieces of a picture, short enough to lie on one page of a database."""
    return [jpeg[at : at + 40] for at in range(len(jpeg) // 3, len(jpeg) - 40, len(jpeg) // 12)]
