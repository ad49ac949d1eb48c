"""Long work in the process that serves: it lets the others go first, again and again."""

import contextlib
import gc
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar, TypeVar

T = TypeVar("T")
LONGEST = 60.0  # seconds without a look for garbage
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


class _Held:
    many = 0
    lock: ClassVar[threading.Lock] = threading.Lock()


@contextlib.contextmanager
def uncollected(longest: float = LONGEST) -> Iterator[None]:
    """Meanwhile nobody looks for garbage: with so many calls in memory every look stops the desk for a while, and they
    are gone by themselves at the end. What is not gone by itself waits those seconds, and no longer than `longest`.
    """
    enough = threading.Timer(longest, gc.enable)
    enough.daemon = True
    with _Held.lock:
        _Held.many += 1
        gc.disable()
    enough.start()
    try:
        yield
    finally:
        enough.cancel()
        with _Held.lock:
            _Held.many -= 1
            if not _Held.many:
                gc.enable()
