"""A register as data: its rows, what is searched in them, and which changes alter that."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select


@dataclass(frozen=True, slots=True)
class Texts:
    """What a row is found by: `names` of people (their pinyin and initials too), `words` of anything, and `codes`,
    which are found only as a whole (V012).
    """

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """`model` has an integer key `id` that only grows. `texts` is given a row of `columns` by name.

    `altered` are the actions of the journal after which a row is looked at anew; each names it in `data[key]`.
    """

    key: str
    model: Any
    columns: tuple[str, ...]
    texts: Callable[[Any], Texts]
    altered: Collection[str] = ()

    def rows(self, *where: Any) -> Select[Any]:
        """The rows with what they are found by."""
        table = self.model.__table__.c
        return select(table.id, *(table[name] for name in self.columns)).where(*where)
