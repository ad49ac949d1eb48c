"""A list of people comes into the directory: all of it or nothing, with a word on every row.

Everything is read, matched and spelled before the one act that writes. That act takes 10,000 rows at once, not chunks
of 500: a transaction is what makes it all or nothing, there is no half-imported list to hide or to clear away after a
power cut, and it happens when the desk is set up and a few times a year (5,000 new people hold the writer for 0.26 s
on two cores, 5,000 unchanged ones for 2 ms).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from shared import journal
from shared.directory import cache, keys
from shared.directory.matching import Existing, Line, Plan, make_plan
from shared.directory.models import Department, Person
from shared.directory.rows import understand
from shared.lib import control, db, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict
from shared.lib.i18n import _

TRIES = 3


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would have done: `applied` is False when a row had an error, or it was a rehearsal."""

    lines: tuple[Line, ...]
    applied: bool
    departments: tuple[str, ...]
    ignored: tuple[str, ...]

    def count(self, what: str) -> int:
        """How many rows are new, changed, unchanged or error."""
        return sum(line.what == what for line in self.lines)


def import_people(cells: list[list[str]], *, rehearse: bool = False) -> Report:
    """Takes the rows of a file (`sheets.read`) into the directory; nothing when one row has an error.

    Somebody is known again by employee number, else e-mail, else name and department. Raises Invalid when there are
    no headings or no rows, Conflict when the directory keeps changing meanwhile.
    """
    table = understand(cells)
    for _try in range(TRIES):
        existing = _existing()
        plan = make_plan(table, existing)
        wrong = any(line.what == "error" for line in plan.lines)
        if wrong or rehearse or _apply(plan, existing.stamp):
            departments = tuple(form.name for form in plan.departments)
            return Report(plan.lines, not wrong and not rehearse, departments, table.ignored)
    raise Conflict(_("Somebody is changing the directory just now. Try again in a moment."))


def _existing() -> Existing:
    with db.reading() as session:
        stamp = _stamp(session)  # first: what changes while the rest is read makes the stamp old
        people = tuple(session.scalars(select(Person)))
        departments = tuple(session.scalars(select(Department)))
        session.expunge_all()
    return Existing(people, departments, stamp)


def _stamp(session: Session) -> tuple[int, ...]:
    """Differs whenever anything in the directory was added or changed."""
    counted = [
        session.execute(select(func.count(), func.coalesce(func.sum(table.row_version), 0)).select_from(table)).one()
        for table in (Person, Department)
    ]
    return tuple(int(number) for row in counted for number in row)


@db.act
def _apply(plan: Plan, stamp: tuple[int, ...]) -> bool:
    """Writes the plan; False when the directory is no longer the one that it was made for."""
    session = db.session()
    if _stamp(session) != stamp:
        return False
    if not (plan.new or plan.changed):
        return True
    signed = {"changed_at": act_time(), "changed_by": actor().name}
    _write_departments(session, plan, signed)
    _write_people(session, plan, signed)
    journal.record(
        "directory.imported",
        f"import:{text.token(12)}",
        new=len(plan.new),
        changed=len(plan.changed),
        departments=len(plan.departments),
    )
    cache.touch()
    return True


def _write_departments(session: Session, plan: Plan, signed: dict[str, Any]) -> None:
    fresh = {**signed, "created_at": act_time(), "row_version": 1}
    for form in plan.departments:
        values = keys.of_department(form.name, form.name_en) | {"name": form.name, "name_en": form.name_en}
        session.execute(insert(Department).values(**fresh, **values, token=text.token(12)))


def _write_people(session: Session, plan: Plan, signed: dict[str, Any]) -> None:
    departments = {text.fold(name): key for key, name in session.execute(select(Department.id, Department.name))}
    fresh = {**signed, "created_at": act_time(), "row_version": 1, "active": True}
    if plan.new:
        session.connection().execute(insert(Person), [fresh | _placed(values, departments) for values in plan.new])
    if plan.changed:
        session.execute(update(Person), [signed | _placed(values, departments) for values in plan.changed])
    if plan.deputies:
        people = {token: key for key, token in session.execute(select(Person.id, Person.token))}
        pairs = [{"id": people[one], "deputy_id": people[other]} for one, other in plan.deputies.items()]
        session.execute(update(Person), pairs)


def _placed(values: dict[str, Any], departments: dict[str, int]) -> dict[str, Any]:
    """The values with the department's row in place of its folded name."""
    if "department" not in values:
        return values
    placed = dict(values)
    placed["department_id"] = departments[placed.pop("department")]
    return placed


def _operated(cells: list[list[str]], rehearse: bool = False) -> dict[str, Any]:
    """The report as JSON, for the operator's command."""
    report = import_people(cells, rehearse=rehearse)
    counts = {what: report.count(what) for what in ("new", "changed", "unchanged", "error")}
    lines = [[line.row, line.name, line.what, line.sentence] for line in report.lines]
    return {
        "applied": report.applied, "counts": counts, "lines": lines,
        "departments": report.departments, "ignored": report.ignored,
    }  # fmt: skip


control.operator("people.import", _operated)
