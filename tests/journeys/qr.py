"""Reads a QR code back from what was printed."""

import subprocess
import tempfile
from pathlib import Path

import pypdfium2


def read_qr(pdf: Path) -> str:
    """The text of the one QR code on the first page, from its raster at 300 dpi."""
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "badge.png"
        pypdfium2.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil().save(image)
        done = subprocess.run(["zbarimg", "--quiet", "--raw", image], capture_output=True, check=True, text=True)
    return done.stdout.strip()
