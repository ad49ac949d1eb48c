"""What happens in the directory: somebody comes, changes, leaves, comes back; departments likewise."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from shared import journal
from shared.directory import cache, keys
from shared.directory.forms import DepartmentForm, PersonChange, PersonForm
from shared.directory.models import Department, Person
from shared.directory.views import WAYS, Contact, DepartmentView, PersonView
from shared.lib import db, phone, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Invalid, NotFound
from shared.lib.i18n import _

_KEYED = {"name", "alias", "reading"}


@db.act
def add_person(form: PersonForm) -> PersonView:
    """Takes somebody into the directory. Invalid when number or e-mail are somebody else's."""
    values = form.model_dump()
    row = Person(token=text.token(12), active=True, created_at=act_time(), row_version=0)
    _write(row, values)
    return _happened("directory.person_added", row)


@db.act
def change_person(token: str, form: PersonChange, row_version: int) -> PersonView:
    """Changes the fields that are given; a whole form (`PersonForm`) stands for all of them.

    Conflict with who was quicker when the row has changed since it was read.
    """
    row = _person(token)
    _check_version(row, row_version)
    given = form.model_dump(include=None if isinstance(form, PersonForm) else form.model_fields_set)
    changed = _write(row, given)
    return _happened("directory.person_changed", row, fields=sorted(changed)) if changed else _view(row)


@db.act
def retire_person(token: str, row_version: int | None = None) -> PersonView:
    """Somebody leaves the company: found nowhere any more, and kept for the registers that name them."""
    row = _person(token)
    _check_version(row, row_version)
    if not row.active:
        return _view(row)
    row.active, row.left_at = False, act_time()
    return _happened("directory.person_retired", row)


@db.act
def restore_person(token: str, row_version: int | None = None) -> PersonView:
    """Somebody comes back."""
    row = _person(token)
    _check_version(row, row_version)
    if row.active:
        return _view(row)
    row.active, row.left_at = True, None
    return _happened("directory.person_restored", row)


@db.act
def add_department(form: DepartmentForm) -> DepartmentView:
    """Opens a department. Invalid when its name is taken."""
    row = Department(token=text.token(12), created_at=act_time(), row_version=0)
    _write_department(row, form)
    return _department_happened("directory.department_added", row)


@db.act
def change_department(token: str, form: DepartmentForm, row_version: int) -> DepartmentView:
    """Renames a department or names who leads it."""
    row = db.session().scalar(select(Department).where(Department.token == token))
    if row is None:
        raise NotFound(_("There is no such department."))
    _check_version(row, row_version)
    _write_department(row, form)
    return _department_happened("directory.department_changed", row)


@db.act
def reveal_contact(token: str, ways: Collection[str] = WAYS) -> dict[str, str]:
    """How somebody is reached by these ways, for whoever asks; the journal keeps who looked at what (procedure 4.2.8).

    Nothing is written down when there is nothing to see.
    """
    row = _person(token)
    shown = Contact(row.email, row.phone, row.phone_normal, row.extension).only(ways)
    if shown:
        journal.record("directory.contact_revealed", f"person:{token}", person_id=row.id, ways=list(shown))
    return shown


def _write(row: Person, given: dict[str, Any]) -> set[str]:
    """Puts the given fields into the row, derived columns included; gives the names of those that changed."""
    values = dict(given)
    fields: dict[str, str] = {}
    if "department" in values:
        values["department_id"] = _department_id(values.pop("department"), fields)
    if "deputy" in values:
        values["deputy_id"] = _deputy_id(row, values.pop("deputy"), fields)
    for name, sentence in (
        ("email", _("%(name)s has this e-mail address already.")),
        ("number", _("%(name)s has this employee number already.")),
    ):
        other = _holder(row, name, values.get(name))
        if other is not None:
            fields[name] = sentence % {"name": other.name}
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)
    if "phone" in values:
        values["phone_normal"] = phone.normalise(values["phone"]) if values["phone"] else None
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    if changed & _KEYED:
        values |= keys.of_person(*(values.get(name, getattr(row, name)) or "" for name in ("name", "alias", "reading")))
    for name, value in values.items():
        setattr(row, name, value)
    return changed - {"phone_normal"}


def _department_id(token: str, fields: dict[str, str]) -> int | None:
    found: int | None = db.session().scalar(select(Department.id).where(Department.token == token))
    if found is None:
        fields["department"] = _("Choose a department.")
    return found


def _deputy_id(row: Person, token: str | None, fields: dict[str, str]) -> int | None:
    if token is None:
        return None
    if token == row.token:
        fields["deputy"] = _("Nobody can be their own deputy.")
        return None
    found: int | None = db.session().scalar(select(Person.id).where(Person.token == token, Person.active))
    if found is None:
        fields["deputy"] = _("Choose the deputy once more.")
    return found


def _holder(row: Person, column: str, value: str | None) -> Person | None:
    """Somebody else who has this unique value already."""
    if value is None:
        return None
    found = db.session().scalar(select(Person).where(getattr(Person, column) == value))
    return None if found is row else found


def _write_department(row: Department, form: DepartmentForm) -> None:
    session = db.session()
    same = session.scalar(select(Department).where(Department.name == form.name))
    if same is not None and same is not row:
        sentence = _("There is a department of this name already.")
        raise Invalid(sentence, fields={"name": sentence})
    manager = session.scalar(select(Person.id).where(Person.token == form.manager)) if form.manager else None
    if form.manager and manager is None:
        raise Invalid(_("Choose the person once more."), fields={"manager": _("Choose the person once more.")})
    row.name, row.name_en, row.manager_id = form.name, form.name_en, manager
    row.sounds = keys.of_department(form.name, form.name_en)["sounds"]


def _person(token: str) -> Person:
    row = db.session().scalar(select(Person).where(Person.token == token))
    if row is None:
        raise NotFound(_("This person is not in the directory."))
    return row


def _check_version(row: Person | Department, row_version: int | None) -> None:
    if row_version is None or row.row_version == row_version:
        return
    if row.changed_by:
        sentence = _("%(name)s has just changed this. See that change first.") % {"name": row.changed_by}
    else:
        sentence = _("This has just been changed. See that change first.")
    raise Conflict(sentence, code="stale")


def _sign(row: Person | Department) -> None:
    row.changed_at, row.changed_by = act_time(), actor().name
    row.row_version = (row.row_version or 0) + 1
    db.session().add(row)
    db.session().flush()
    cache.touch()


def _happened(action: str, row: Person, **data: Any) -> PersonView:
    _sign(row)
    journal.record(action, f"person:{row.token}", person_id=row.id, **data)
    return _view(row)


def _view(row: Person) -> PersonView:
    """The row as others see it, without reading the whole directory inside an act."""
    department = db.session().get_one(Department, row.department_id)
    values: dict[str, Any] = {name: getattr(row, name, None) for name in PersonView.__slots__}
    values |= {"department": department.name, "department_en": department.name_en}
    there = {f"has_{way}": getattr(row, way) is not None for way in WAYS}
    return PersonView(**values | there)


def _department_happened(action: str, row: Department) -> DepartmentView:
    _sign(row)
    journal.record(action, f"department:{row.token}")
    return DepartmentView(row.id, row.token, row.name, row.name_en, row.manager_id, row.row_version)
