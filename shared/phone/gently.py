"""Long work in the process that serves: it lets the others go first, again and again."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
PIECE, PAUSE = 200, 0.0002  # of work that takes a millisecond, and seconds in which whoever waits gets the interpreter


def gently(items: Iterable[T]) -> Iterator[T]:
    """The same items. Python alone lets a thread that computes go on for five milliseconds, and a request that
    has to wait for it several times is late.
    """
    rest = iter(items)
    while some := list(islice(rest, PIECE)):
        yield from some
        if len(some) == PIECE:
            time.sleep(PAUSE)
