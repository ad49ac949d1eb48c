"""Volumes: a register that is full is closed, handed over, received and archived, and proves itself (procedure 0.5)."""

from shared.volumes.book import Book, Column, book, books
from shared.volumes.chain import Content, read
from shared.volumes.chain import erased as unseal
from shared.volumes.closing import close, close_full, close_now, open_rows
from shared.volumes.handing import Filing, Rejection, archive, hand_over, receive, reject, take_back
from shared.volumes.model import STATES, Edition, Filed, Volume
from shared.volumes.printing import Paper, pages, volume_paper
from shared.volumes.proving import KEPT, Proof, verify
from shared.volumes.questions import EditionView, VolumeView, editions, many, of_row, one, page, rows_of
from shared.volumes.reissuing import corrected, reissue

__all__ = [
    "KEPT",
    "STATES",
    "Book",
    "Column",
    "Content",
    "Edition",
    "EditionView",
    "Filed",
    "Filing",
    "Paper",
    "Proof",
    "Rejection",
    "Volume",
    "VolumeView",
    "archive",
    "book",
    "books",
    "close",
    "close_full",
    "close_now",
    "corrected",
    "editions",
    "hand_over",
    "many",
    "of_row",
    "one",
    "open_rows",
    "page",
    "pages",
    "read",
    "receive",
    "reissue",
    "reject",
    "rows_of",
    "take_back",
    "unseal",
    "verify",
    "volume_paper",
]
