"""The badge as a page: one template, one stylesheet, and sizes at which everything fits."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from shared.badges.face import Fit, em, fit_line, fit_lines, fit_name
from shared.badges.facts import BadgeFacts, Size, Words

ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "static" / "css" / "badge.css"
MARGIN = 48
GAP = 56
PHOTO_GAP = 24
UPRIGHT = 0.8
TAKEN = {(False, False): 700, (False, True): 804, (True, False): 442, (True, True): 546}  # landscape, escort: the rest
LONGEST_NAME = 40
KINDS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png"}


@dataclass(frozen=True, slots=True)
class Page:
    """What WeasyPrint is given: the page and the sizes that hold for this badge alone."""

    html: str
    css: str


@dataclass(frozen=True, slots=True)
class Room:
    """Steps that the parts of a badge may take on one label."""

    company: float
    name: float
    name_height: float
    photo_height: float
    detail: float
    number: float


def page(facts: BadgeFacts, words: Words, size: Size) -> Page:
    """The badge of `facts` on a label of `size`; everything that a person wrote is escaped."""
    local = facts.language != "en"
    room = _room(facts, size)
    company = (facts.company if local else facts.company_en) or facts.company
    firm = fit_lines(facts.visitor_company, room.name, 60, 44)
    firm_height = 12 + len(firm.lines) * firm.size * 1.3 if facts.visitor_company else 0
    name = fit_name(_at_most(facts.visitor_name), room.name, room.name_height - firm_height, 172, 120)
    date = fit_line(facts.date_text, room.detail, 46, 30)
    beside = 0 if size.landscape else em(date.lines[0]) * date.size + GAP
    department = fit_line(
        (facts.department if local else facts.department_en) or facts.department, room.detail - beside, 46, 30
    )
    number = fit_line(facts.number, room.number, 132, 40)
    parts = {
        "company": fit_line(company, room.company, 34, 26),
        "name": name,
        "firm": firm,
        "department": department,
        "date": date,
        "number": number,
    }
    html = _template().render(facts=facts, words=words, size=size, qr=qr(facts.qr_text), picture=picture, **parts)
    return Page(html, _css(size, room, parts))


def qr(text: str) -> str:
    """A QR code of `text` and nothing else, error correction M, as a drawing in a data: address."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=3)
    code.add_data(text, optimize=0)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}.5h{length}" for y, row in enumerate(rows) for x, length in _runs(row))
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}"'
    return _data("svg+xml", f'<svg {box}><path stroke="#000" d="{path}"/></svg>'.encode())


def picture(data: bytes | None) -> str:
    """A photo or logo as a data: address; empty when it is none, or not a JPEG or PNG."""
    kind = next((kind for start, kind in KINDS.items() if data and data.startswith(start)), "")
    return _data(kind, data) if kind and data else ""


def _room(facts: BadgeFacts, size: Size) -> Room:
    """Where the parts end: escort line, code and photo take their share first."""
    inner = size.width - 2 * MARGIN
    height = size.height - TAKEN[size.landscape, facts.escort]
    photo = min(250.0, height) if facts.photo else 0.0
    name = inner - (photo * UPRIGHT + PHOTO_GAP if photo else 0)
    if size.landscape:
        return Room(inner - 400, name, height, photo, 420, 330)
    return Room(inner - 84, name, height, photo, inner, inner - 240 - 32)


def _css(size: Size, room: Room, parts: dict[str, Fit]) -> str:
    sizes = "".join(f".{part}{{font-size:{fit.size / 10}rem}}" for part, fit in parts.items())
    step = f"html{{font-size:{size.step_mm * 10:.6f}mm}}"
    page = f"@page{{size:{size.width_mm}mm {size.height_mm}mm}}"
    photo = f".photo{{block-size:{room.photo_height / 10}rem;inline-size:{room.photo_height * UPRIGHT / 10}rem}}"
    return f"{page}{step}{photo}{sizes}.name{{letter-spacing:{parts['name'].spread}em}}"


def _at_most(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin and how many follow."""
    starts = [x for x, dark in enumerate(row) if dark and not (x and row[x - 1])]
    ends = [x for x, dark in enumerate(row, start=1) if dark and not (x < len(row) and row[x])]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True)]


def _data(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


@cache
def _template() -> Template:
    loader = FileSystemLoader(ROOT / "shared" / "templates")
    house = Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True, lstrip_blocks=True)
    return house.get_template("badges/badge.html")
