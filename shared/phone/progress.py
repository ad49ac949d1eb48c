"""How far the call list is that comes in in this process."""

import contextlib
from collections.abc import Iterator

_written = [0, 0]


@contextlib.contextmanager
def following() -> Iterator[None]:
    """Meanwhile `reached` tells; afterwards none comes in, however it ended."""
    try:
        yield
    finally:
        reached(0, 0)


def reached(rows: int, of: int) -> None:
    """So many rows of it are written."""
    _written[:] = rows, of


def import_progress() -> tuple[int, int]:
    """Rows of the list that comes in that are written, and of how many: 0 while it is read, or when none comes in."""
    return _written[0], _written[1]
