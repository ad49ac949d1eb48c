"""Privacy: what the desk holds about one visitor, told to them; and who was shown many rows, told to the officer."""

from shared.privacy.answering import answer, find, look
from shared.privacy.counting import MOST, shown
from shared.privacy.facts import Fact, moment_of
from shared.privacy.holdings import Holding, Part, holdings
from shared.privacy.officers import Many, looked_into, unseen

__all__ = [
    "MOST",
    "Fact",
    "Holding",
    "Many",
    "Part",
    "answer",
    "find",
    "holdings",
    "look",
    "looked_into",
    "moment_of",
    "shown",
    "unseen",
]
