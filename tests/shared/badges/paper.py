"""Looks at a printed badge the way a person and a scanner do, with tools that are not ours."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from shared.badges.facts import Size

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    """A word and where it stands, in steps of the label."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def leading(self) -> float:
        """Empty space at the top and the bottom of the box: a line of this face is 1.45 em high, its letters 1 em."""
        return (self.bottom - self.top) * 0.16


def words(pdf: bytes, size: Size) -> list[Word]:
    """Every word of the page with its box, by pdftotext."""
    found = _tool(["pdftotext", "-bbox", "-", "-"], pdf)
    step = size.step_mm * POINTS_PER_MM
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    return [Word(text, *(float(n) / step for n in box)) for *box, text in re.findall(pattern, found)]


def fonts(pdf: bytes) -> set[str]:
    """Names of the fonts that are embedded, by pdffonts."""
    rows = _tool(["pdffonts", "-"], pdf).splitlines()[2:]
    return {row.split()[0].partition("+")[2] for row in rows}


def information(pdf: bytes) -> dict[str, str]:
    """What the file says about itself, by pdfinfo."""
    rows = (row.partition(":") for row in _tool(["pdfinfo", "-"], pdf).splitlines())
    return {name.strip(): value.strip() for name, _, value in rows}


def scanned(png: bytes, folder: Path) -> list[str]:
    """What a scanner reads from a picture of the badge, by zbarimg."""
    path = folder / "scan.png"
    path.write_bytes(png)
    done = subprocess.run(["zbarimg", "-q", "--raw", "--nodbus", str(path)], capture_output=True, check=False)
    return done.stdout.decode().splitlines()


def _tool(command: list[str], pdf: bytes) -> str:
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
