"""A register as data: its rows, what is searched in them, and which changes alter that."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from shared.volumes import Book

_known: dict[str, "Register"] = {}
_logs: dict[str, "Log"] = {}


def registers() -> tuple["Register", ...]:
    """Every register of the desk."""
    return tuple(_known.values())


def of(key: str) -> "Register":
    """The register with this key; KeyError when there is none."""
    return _known[key]


def logs() -> tuple["Log", ...]:
    """What the desk notes beside its registers."""
    return tuple(_logs.values())


@dataclass(frozen=True, slots=True)
class Texts:
    """What a row is found by: `names` of people (their pinyin and initials too), `words` of anything, and `codes`,
    which are found only as a whole (V012).
    """

    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the retention schedule (procedure 4.6): what is kept for `days()`, and what becomes of it then.

    They are counted `since` what is said, or since the row was settled. `due` gives the conditions on the register's
    rows for everything from before a moment; `erase` is given such rows, inside an act, and does nothing to a row of
    which nothing is left to erase.
    """

    code: str
    what: str
    then: str
    days: Callable[[], int]
    due: Callable[[datetime], Sequence[Any]]
    erase: Callable[[Sequence[Any]], None]
    since: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """A line of the schedule about what is no register. `erase` takes some of what is from before a moment, in an act
    of its own, and gives how much; 0 when nothing is left. It needs no line in the list of what was erased: the
    schedule does it again after a back-up was put back.
    """

    code: str
    what: str
    then: str
    days: Callable[[], int]
    count: Callable[[datetime], int]
    erase: Callable[[datetime], int]
    since: str = ""

    def __post_init__(self) -> None:
        _logs[self.code] = self


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rows that may be looked at alone: its name, and the conditions on the register's rows."""

    name: str
    where: Callable[[], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom the rows are about and who may ask to be forgotten: the words of the button, and the conditions for every
    row of the same person as one; `also` erases what is known of them beside the rows, inside an act.
    """

    erase: str
    theirs: Callable[[Any], Sequence[Any]]
    also: Callable[[Any], None] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """A register is known to search, retention and archive from the moment it is defined.

    `model` has an integer key `id` that only grows, and a public `token`. `texts` is given a row of `columns`
    by name; without it nothing is searched. `also` gives conditions for what else is meant by what is typed.

    A register with a `book` is shown, printed, taken along, closed in volumes and archived by the pages that serve all
    of them; `fields` are the columns of its model that may be put right, with their names.

    `altered` are the actions of the journal after which a row is looked at anew; each names it in `data[key]`.

    `whose` says whom its rows are about; without it nobody is forgotten before their time.

    `kinds` are the kinds of its rows, by key, that the pages may narrow it to.

    `counted` names the moment of a row by which the day counters count it; it is never changed.
    """

    key: str
    model: Any
    columns: tuple[str, ...] = ()
    texts: Callable[[Any], Texts] | None = None
    also: Callable[[str], Sequence[Any]] | None = None
    altered: Collection[str] = ()
    counted: str = ""
    rules: tuple[Rule, ...] = ()
    book: Book | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    whose: Whose | None = None

    def __post_init__(self) -> None:
        _known[self.key] = self

    def held_by(self, row: Any) -> Texts:
        """What a row is found by."""
        return self.texts(row) if self.texts is not None else Texts()

    def rows(self, *where: Any) -> Select[Any]:
        """The rows with what they are found by."""
        table = self.model.__table__.c
        return select(table.id, *(table[name] for name in self.columns)).where(*where)
