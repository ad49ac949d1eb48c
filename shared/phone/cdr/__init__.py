"""What a telephone exchange writes down of its calls (call detail records): a file becomes rows, or one report."""

from shared.phone.cdr.apart import APART, read
from shared.phone.cdr.asterisk import ASTERISK, direction
from shared.phone.cdr.cells import ORDERS, number
from shared.phone.cdr.generic import FIELDS, NEEDED
from shared.phone.cdr.reading import BYTES, ROWS, SHOWN, Asked, Reading
from shared.phone.cdr.records import Kept, Record, Wrong, kept

__all__ = [
    "APART",
    "ASTERISK",
    "BYTES",
    "FIELDS",
    "NEEDED",
    "ORDERS",
    "ROWS",
    "SHOWN",
    "Asked",
    "Kept",
    "Reading",
    "Record",
    "Wrong",
    "direction",
    "kept",
    "number",
    "read",
]
