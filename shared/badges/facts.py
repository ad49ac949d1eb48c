"""What a badge says, and the labels it can be printed on."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class BadgeFacts:
    """Everything a badge says. The square code holds `qr_text`, the address of the pass; `code` is for typing."""

    company: str
    visitor_name: str
    number: str
    date_text: str
    qr_text: str
    code: str = ""
    company_en: str = ""
    visitor_company: str = ""
    department: str = ""
    department_en: str = ""
    escort: bool = False
    language: str = "zh_Hans"
    photo: bytes | None = None
    company_logo: bytes | None = None

    def plain(self) -> "BadgeFacts":
        """The same badge without pictures, for when they cannot be drawn."""
        return replace(self, photo=None, company_logo=None)


@dataclass(frozen=True, slots=True)
class Words:
    """The printed words of a badge: the visitor's language first, the other beside it."""

    language: str
    other: str
    visitor: str
    visitor_other: str
    escort: str
    escort_other: str
    visiting: str
    date: str
    until: str


@dataclass(frozen=True, slots=True)
class Size:
    """A label in millimetres. Its short side is 732 steps, those of 62 mm at 300 dpi, in which everything is drawn."""

    name: str
    width_mm: int
    height_mm: int

    @property
    def landscape(self) -> bool:
        return self.width_mm > self.height_mm

    @property
    def step_mm(self) -> float:
        return min(self.width_mm, self.height_mm) / 732

    @property
    def width(self) -> float:
        return self.width_mm / self.step_mm

    @property
    def height(self) -> float:
        return self.height_mm / self.step_mm


SIZES = {
    size.name: size
    for size in (
        Size("62x100", 62, 100),
        Size("54x86", 54, 86),
        Size("105x148", 105, 148),
        Size("100x62", 100, 62),
        Size("86x54", 86, 54),
    )
}
DEFAULT_SIZE = "62x100"
