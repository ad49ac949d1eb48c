"""The process that reads a long list; it is told everything at once and says what it found, a few calls at a time."""

import gc
import os
import pickle
import sys
from collections.abc import Iterable
from itertools import islice
from typing import Any

from shared.lib import i18n
from shared.lib.errors import Invalid
from shared.phone.cdr.reading import Asked, read
from shared.phone.cdr.records import kept

PIECE = 250


def main() -> None:
    """Reads from the parent and answers it."""
    os.nice(10)
    gc.disable()  # nothing goes before the end
    language, asked, now, data = pickle.load(sys.stdin.buffer)
    with i18n.use(language):
        try:
            found = read(data, Asked.model_validate(asked), now=now)
        except Invalid as refusal:
            return pickle.dump(((refusal.sentence, refusal.fields), 0, (), 0), sys.stdout.buffer)
    pickle.dump((None, found.rows, found.wrong, found.errors), sys.stdout.buffer)
    tell(found.records.items())
    tell((number, kept(number)) for number in {one.number for one in found.records.values() if one.number})


def tell(pairs: Iterable[tuple[str, Any]]) -> None:
    """Some at a time, and then that there are no more."""
    rest = iter(pairs)
    while some := list(islice(rest, PIECE)):
        pickle.dump(some, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    pickle.dump([], sys.stdout.buffer)


if __name__ == "__main__":
    main()
