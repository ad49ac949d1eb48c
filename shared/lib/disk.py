"""How much room the disk has."""

import os
from pathlib import Path

LEAST = 0.1  # share


def free(folder: Path) -> float:
    """The share of the disk under `folder` that the desk may still fill."""
    found = os.statvfs(folder)
    return found.f_bavail / max(found.f_blocks, 1)


def nearly_full(folder: Path) -> bool:
    """Whether so little room is left that nothing large is begun."""
    return free(folder) < LEAST
