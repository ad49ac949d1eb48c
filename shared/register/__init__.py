"""What every register has in common: how its rows are found, whatever is typed."""

from shared.register.definition import Register, Texts
from shared.register.indexing import Indexing, alive, forget, index
from shared.register.search import find

__all__ = ["Indexing", "Register", "Texts", "alive", "find", "forget", "index"]
