"""Statements of the busiest acts and screens: compiled once for each engine, run on the driver's own connection."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Dialect, Float, Insert, bindparam, insert

from shared.lib.db import acts

Values = Mapping[str, Any]


class Prepared:
    """A Core statement without lists in it; runs in the act, or on the connection that is given.

    Rows are named tuples, of the class `of` if one is named. What the driver refuses is raised as the driver's own
    error. With `kept`, that many rows are remembered: a row that says the same again is the same tuple, so that whoever
    compares it does so at a glance.
    """

    def __init__(self, statement: Any, *, of: type[tuple[Any, ...]] | None = None, kept: int = 0) -> None:
        self.statement, self.of, self.kept = statement, of, kept
        self._compiled: dict[str, _Compiled] = {}

    def run(self, values: Values, on: Connection | None = None) -> None:
        """Runs it for one set of values."""
        self._execute(values, on)

    def each(self, rows: Iterable[Values], on: Connection | None = None) -> None:
        """Runs it for every set of values in one go."""
        on = on or acts.connection()
        compiled = self._for(on.dialect)
        _driver(on).cursor().executemany(compiled.sql, [compiled.bound(row) for row in rows])

    def first(self, values: Values, on: Connection | None = None) -> Any:
        """The first row; None when there is none."""
        compiled, cursor = self._execute(values, on)
        row = cursor.fetchone()
        return None if row is None else compiled.row(row)

    def all(self, values: Values, on: Connection | None = None) -> list[Any]:
        """Every row."""
        compiled, cursor = self._execute(values, on)
        return [compiled.row(row) for row in cursor.fetchall()]

    def _execute(self, values: Values, on: Connection | None) -> "tuple[_Compiled, Any]":
        on = on or acts.connection()
        compiled = self._for(on.dialect)
        return compiled, _driver(on).execute(compiled.sql, compiled.bound(values))

    def _for(self, dialect: Dialect) -> "_Compiled":
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self._whole(), dialect, self.of, self.kept)
        return compiled

    def _whole(self) -> Any:
        return self.statement


AT_ONCE = 60


def among(column: Any) -> ColumnElement[bool]:
    """`column` is one of at most 60 values, which `spread` gives: a condition whose text is always the same."""
    found: ColumnElement[bool] = column.in_([bindparam(f"among{place}", type_=column.type) for place in range(AT_ONCE)])
    return found


def spread(values: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Any number of values for `among`, 60 at a time."""
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield {f"among{place}": value for place, value in enumerate(some + [None] * (AT_ONCE - len(some)))}


class PreparedInsert(Prepared):
    """One row of a model: what is not given has the model's default, or is empty; `returning` names what comes back."""

    def __init__(self, model: Any, returning: str = "") -> None:
        super().__init__(insert(model))
        self.model, self.returning = model, returning

    def _whole(self) -> Insert:
        """With every column, so that one text serves every row."""
        columns = [c for c in self.model.__table__.columns if c.name != self.returning]
        empty = {c.key: c.default.arg if c.default is not None else None for c in columns}
        whole: Insert = self.statement.values(empty).inline()
        return whole.returning(self.model.__table__.c[self.returning]) if self.returning else whole


class _Compiled:
    """The text of a statement for one engine, and how values go in and come out."""

    def __init__(self, statement: Any, dialect: Dialect, of: Any, kept: int) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self.sql: str = str(compiled)
        self.defaults: dict[str, Any] = dict(compiled.params)
        self.positions: list[str] | None = compiled.positiontup
        made = {name: _processor(compiled.binds[name].type, dialect, "bind") for name in self.defaults}
        self.inward = {name: process for name, process in made.items() if process is not None}
        columns = list(statement.selected_columns) if statement.is_select else _returned(statement)
        read = [(place, _processor(column.type, dialect, "result")) for place, column in enumerate(columns)]
        self.outward = [(place, process) for place, process in read if process is not None]
        self.row_type: Any = of or (namedtuple("Row", [column.key for column in columns]) if columns else None)
        self.row: Callable[[Any], Any] = lru_cache(kept)(self._row) if kept else self._row

    def bound(self, values: Values) -> Any:
        """The values as the driver wants them: by place, or by name."""
        given = {**self.defaults, **values}
        for name, process in self.inward.items():
            if given[name] is not None:
                given[name] = process(given[name])
        return given if self.positions is None else [given[name] for name in self.positions]

    def _row(self, row: Iterable[Any]) -> Any:
        """A driver's row with our types."""
        made = list(row)
        for place, process in self.outward:
            if made[place] is not None:
                made[place] = process(made[place])
        return self.row_type._make(made)


def _returned(statement: Any) -> list[Any]:
    return list(statement.exported_columns) if statement.is_dml and statement._returning else []


def _processor(kind: Any, dialect: Dialect, way: str) -> Callable[[Any], Any] | None:
    if way == "result" and isinstance(kind, Float):
        return None  # the drivers give floats as they are, and psycopg's processor wants to know a column's number
    own = kind.dialect_impl(dialect)
    made = own.bind_processor(dialect) if way == "bind" else own.result_processor(dialect, None)
    return cast(Callable[[Any], Any] | None, made)


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
