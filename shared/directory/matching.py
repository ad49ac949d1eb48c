"""Which row of a list is whom: by employee number, else e-mail, else name and department. Nothing is written here."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from shared.directory import keys
from shared.directory.forms import DepartmentForm
from shared.directory.models import Department, Person
from shared.directory.rows import Row, RowForm, Table, label
from shared.lib import phone, text
from shared.lib.i18n import _

_SEPARATE = {"department", "department_en", "deputy"}
_KEYED = {"name", "alias", "reading"}
_NOTHING: dict[str, Any] = {
    "number": None, "alias": "", "reading": "", "title": "", "email": None, "phone": None, "phone_normal": None,
    "extension": None, "protected": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row; `fields` are the columns that change."""

    row: int
    name: str
    what: Literal["new", "changed", "unchanged", "error"]
    sentence: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Existing:
    """The directory at the time of planning."""

    people: tuple[Person, ...]
    departments: tuple[Department, ...]
    stamp: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the one act will write. `department` stands for the folded name, deputies are pairs of tokens."""

    lines: tuple[Line, ...]
    departments: tuple[DepartmentForm, ...]
    new: tuple[dict[str, Any], ...]
    changed: tuple[dict[str, Any], ...]
    deputies: dict[str, str]


def make_plan(table: Table, existing: Existing) -> Plan:
    """Matches every row and works out what changes; errors stand in the lines."""
    return _Matching(table.rows, existing).plan()


class _Matching:
    def __init__(self, rows: tuple[Row, ...], existing: Existing) -> None:
        self.existing = existing
        self.errors = {row.number: row.error for row in rows if row.form is None}
        self.rows = rows
        self.good = [(row.number, row.form) for row in rows if row.form is not None]
        self.department_of = {one.id: text.fold(one.name) for one in existing.departments}
        self.by_id = {one.id: one for one in existing.people}
        self.found: dict[int, Person] = {}
        self.tokens: dict[int, str] = {}

    def plan(self) -> Plan:
        self._refuse_doubles()
        self._match("number")
        self._match("email")
        self._match_places()
        for number, _form in self.good:
            self.tokens[number] = self.found[number].token if number in self.found else text.token(12)
        deputies = self._deputies()
        changes = {number: self._changes(number, form, deputies) for number, form in self.good}
        new = [self._new(number, form) for number, form in self.good if number not in self.found]
        changed = [self._written(number, values) for number, values in changes.items() if values]
        lines = tuple(self._line(row, changes.get(row.number, {})) for row in self.rows)
        return Plan(lines, self._new_departments(), tuple(new), tuple(changed), deputies)

    def _error(self, number: int, sentence: str, **words: Any) -> None:
        self.errors.setdefault(number, sentence % words)

    def _refuse_doubles(self) -> None:
        """Two rows of one number or address, and people of one name in one department who cannot be told apart."""
        for column, sentence in (
            ("number", _("Row %(row)s has the same employee number.")),
            ("email", _("Row %(row)s has the same e-mail address.")),
        ):
            first: dict[str, int] = {}
            for number, form in self.good:
                value = getattr(form, column)
                if value and first.setdefault(value, number) != number:
                    self._error(number, sentence, row=first[value])
        places = Counter(_place(form) for _number, form in self.good)
        alike = _("Several people in %(department)s are called %(name)s. Add an e-mail address or an employee number.")
        for number, form in self.good:
            if places[_place(form)] > 1 and not (form.number or form.email):
                self._error(number, alike, department=form.department, name=form.name)

    def _match(self, column: Literal["number", "email"]) -> None:
        """Somebody is known again by a value that only one can have."""
        holders = {getattr(one, column): one for one in self.existing.people if getattr(one, column)}
        taken = {one.id: number for number, one in self.found.items()}
        for number, form in self.good:
            person = holders.get(getattr(form, column))
            if person is None or self.found.get(number) is person:
                continue
            other = form.number and person.number and form.number != person.number
            if number in self.found or person.id in taken or other:
                self._error(number, _("%(name)s has this e-mail address already."), name=person.name)
            else:
                self.found[number] = person

    def _match_places(self) -> None:
        """Somebody is known again by name and department; where that could be another person, it is asked."""
        here: dict[tuple[str, str], list[Person]] = defaultdict(list)
        taken = {one.id for one in self.found.values()}
        for one in self.existing.people:
            if one.active and one.id not in taken:
                here[text.fold(one.name), self.department_of[one.department_id]].append(one)
        for number, form in self.good:
            if number in self.found:
                continue
            alike = [one for one in here[_place(form)] if not (form.number and one.number)]
            if len(alike) > 1 or (alike and form.email and alike[0].email):
                sentence = _("There is another %(name)s in %(department)s. Add the employee number or the same e-mail.")
                self._error(number, sentence, name=form.name, department=form.department)
            elif alike:
                self.found[number] = alike[0]

    def _deputies(self) -> dict[str, str]:
        """Who stands in for whom, as tokens; looked for among the list and everybody who is there already."""
        known: dict[str, set[str]] = defaultdict(set)
        listed = {one.id for one in self.found.values()}
        for one in self.existing.people:
            if one.active and one.id not in listed:
                known[text.fold(one.name)].add(one.token)
            if one.active and one.email:
                known[one.email].add(one.token)
        for number, form in self.good:
            known[text.fold(form.name)].add(self.tokens[number])
            known[form.email or ""].add(self.tokens[number])
        wanted = [(number, form) for number, form in self.good if form.deputy]
        return {self.tokens[number]: token for number, form in wanted if (token := self._deputy(number, form, known))}

    def _deputy(self, number: int, form: RowForm, known: dict[str, set[str]]) -> str | None:
        asked = form.deputy.lower() if "@" in form.deputy else text.fold(form.deputy)
        found = known.get(asked, set())
        if len(found) != 1:
            several = _("Several people are called %(name)s. Write the deputy's e-mail address.")
            self._error(number, several if found else _("There is no deputy %(name)s."), name=form.deputy)
            return None
        (token,) = found
        if token == self.tokens[number]:
            self._error(number, _("Nobody can be their own deputy."))
            return None
        return token

    def _changes(self, number: int, form: RowForm, deputies: dict[str, str]) -> dict[str, Any]:
        """The columns of somebody known that become different, with their new values."""
        person = self.found.get(number)
        if person is None:
            return {}
        given = {name: getattr(form, name) for name in form.model_fields_set - _SEPARATE}
        if form.phone and phone.normalise(form.phone) == person.phone_normal:
            del given["phone"]
        changes = {name: value for name, value in given.items() if value != getattr(person, name)}
        if text.fold(form.department) != self.department_of[person.department_id]:
            changes["department"] = text.fold(form.department)
        before = self.by_id[person.deputy_id].token if person.deputy_id else None
        if form.deputy and deputies.get(person.token) != before:
            changes["deputy"] = form.deputy
        return changes if person.active else changes | {"active": True}

    def _written(self, number: int, changes: dict[str, Any]) -> dict[str, Any]:
        person = self.found[number]
        values = {name: value for name, value in changes.items() if name != "deputy"}
        if "phone" in values:
            values["phone_normal"] = phone.normalise(values["phone"])
        if values.keys() & _KEYED:
            values |= keys.of_person(
                *(values.get(name, getattr(person, name)) for name in ("name", "alias", "reading"))
            )
        if "active" in values:
            values["left_at"] = None
        return values | {"id": person.id, "row_version": person.row_version + 1}

    def _new(self, number: int, form: RowForm) -> dict[str, Any]:
        values = _NOTHING | {name: getattr(form, name) for name in form.model_fields_set - _SEPARATE}
        normal = phone.normalise(form.phone) if form.phone else None
        spelled = keys.of_person(form.name, form.alias, form.reading)
        named = {"token": self.tokens[number], "department": text.fold(form.department), "phone_normal": normal}
        return values | spelled | named

    def _new_departments(self) -> tuple[DepartmentForm, ...]:
        known = set(self.department_of.values())
        found: dict[str, DepartmentForm] = {}
        for _number, form in self.good:
            folded = text.fold(form.department)
            if folded not in known and not (folded in found and found[folded].name_en):
                name = found[folded].name if folded in found else form.department
                found[folded] = DepartmentForm(name=name, name_en=form.department_en)
        return tuple(found.values())

    def _line(self, row: Row, changes: dict[str, Any]) -> Line:
        if row.number in self.errors:
            return Line(row.number, row.name, "error", self.errors[row.number])
        if row.number not in self.found:
            return Line(row.number, row.name, "new")
        fields = tuple(sorted(changes.keys() - {"active"}))
        back = [_("Is back.")] if "active" in changes else []
        sentence = " ".join([*back, ", ".join(map(label, fields))]).strip()
        return Line(row.number, row.name, "changed" if changes else "unchanged", sentence, fields)


def _place(form: RowForm) -> tuple[str, str]:
    return text.fold(form.name), text.fold(form.department)
