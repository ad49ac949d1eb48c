"""Badges as PDF files in a folder, readable by the desk alone; the name of a file says nothing about a person."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from shared.badges.drivers.printer import Outcome, PrinterError
from shared.badges.facts import Size


class Folder:
    """Writes each job once: a file that is there has been printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"folder:{folder}"

    def send(self, job_name: str, pdf: bytes, size: Size) -> Outcome:
        path = self.path(job_name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not path.exists():
                self._write(path, pdf)
        except OSError as error:
            raise PrinterError("folder", error.strerror or "") from error
        return Outcome(done=True)

    def look_for(self, job_name: str) -> Outcome | None:
        return Outcome(done=True) if self.path(job_name).exists() else None

    def knows_since(self, seconds: float) -> bool:
        return True

    def check(self) -> None:
        above = next(folder for folder in (self.folder, *self.folder.absolute().parents) if folder.exists())
        if not os.access(above, os.W_OK):
            raise PrinterError("folder", str(above))

    def path(self, job_name: str) -> Path:
        """The file of a job: `2026-11-04_V012_F-20261104-0012.pdf`."""
        return self.folder / f"{job_name}.pdf"

    def remove(self, job_name: str) -> None:
        """The file of a job is there no more (retention, procedure 4.6)."""
        self.path(job_name).unlink(missing_ok=True)

    def _write(self, path: Path, pdf: bytes) -> None:
        """Whole or not at all, and on the disk before it counts."""
        with NamedTemporaryFile(dir=self.folder, prefix=".", suffix=".part", delete=False) as part:
            try:
                part.write(pdf)
                part.flush()
                os.fsync(part.fileno())
                os.replace(part.name, path)
            except OSError:
                Path(part.name).unlink(missing_ok=True)
                raise
        descriptor = os.open(self.folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
