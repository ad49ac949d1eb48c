"""Privacy: what the desk holds about one visitor, told to them; and who was shown many rows, told to the officer."""

from shared.privacy.counting import MOST, shown
from shared.privacy.officers import Many, looked_into, unseen

__all__ = ["MOST", "Many", "looked_into", "shown", "unseen"]
