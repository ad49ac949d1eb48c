"""The process that reads a long list; it is told everything at once and says what it found, a few calls at a time."""

import os
import pickle
import sys
from itertools import islice

from shared.lib import i18n
from shared.lib.errors import Invalid
from shared.phone.cdr.reading import Asked, read

PIECE = 500


def main() -> None:
    """Reads from the parent and answers it."""
    os.nice(10)
    language, asked, now, data = pickle.load(sys.stdin.buffer)
    with i18n.use(language):
        try:
            found = read(data, Asked.model_validate(asked), now=now)
        except Invalid as refusal:
            return pickle.dump(((refusal.sentence, refusal.fields), 0, (), 0), sys.stdout.buffer)
    pickle.dump((None, found.rows, found.wrong, found.errors), sys.stdout.buffer)
    rest = iter(found.records.items())
    while some := list(islice(rest, PIECE)):
        pickle.dump(some, sys.stdout.buffer)
    pickle.dump([], sys.stdout.buffer)


if __name__ == "__main__":
    main()
