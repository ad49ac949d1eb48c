"""The directory: people and departments, each with what everybody may know."""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import contact_requests, directory, journal, presence
from shared.directory import DepartmentForm, PersonChange, PersonForm, PersonView
from shared.lib import clock, i18n, web
from shared.lib.i18n import _

blueprint = Blueprint("directory", __name__, template_folder="templates")
LATELY = timedelta(days=1)


class Changed(PersonChange):
    """A change with the version it was made from; `forget` names contact data that is to go."""

    row_version: int
    forget: list[str] = Field(default_factory=list, max_length=3)


class DepartmentChanged(DepartmentForm):
    """A department with the version the change was made from."""

    row_version: int


class Version(BaseModel):
    """Which version of the entry somebody looked at."""

    model_config = ConfigDict(extra="forbid")
    row_version: int | None = None


@web.route(blueprint, "/console/directory", needs="people.read")
def page() -> ResponseReturnValue:
    """Everybody by department, or whom a search finds; with `X-Fragment` the list alone."""
    wanted, retired = request.args.get("q", "").strip()[:80], "retired" in request.args
    found = directory.find(wanted, limit=100) if wanted else directory.people(retired=retired)
    template = "console/_people.html" if "X-Fragment" in request.headers else "console/directory.html"
    shown = {"groups": _groups(found, wanted), "wanted": wanted, "retired": retired, "count": len(found)}
    return web.render(template, **shown, **_common())


@web.route(blueprint, "/console/directory/new", needs="people.change")
def new() -> ResponseReturnValue:
    """An empty form."""
    return opened("console/_person.html", person=None, deputy=None)


@web.route(blueprint, "/console/directory/<token>", needs="people.read")
def one(token: str) -> ResponseReturnValue:
    """One person: what everybody may know, and the form for those who may change it."""
    person = directory.by_token(token)
    requests = [one for one in contact_requests.of_person(person.id, clock.now() - LATELY) if one.visit_id is None]
    known = where(person.id, contact_requests.turns(requests)) | {"requests": requests, "visit": None}
    return opened("console/_person.html", person=person, deputy=directory.deputy_of(person.id), **known)


@web.route(blueprint, "/console/directory", needs="people.change", methods=("POST",))
def add() -> ResponseReturnValue:
    """Somebody new."""
    form = web.form(PersonForm)
    return web.once(lambda: _said(directory.add_person(form), _("%(name)s is in the directory.")), status=201)


@web.route(blueprint, "/console/directory/<token>", needs="people.change", methods=("POST",))
def change(token: str) -> ResponseReturnValue:
    """Puts an entry right; contact data that is not written again stays as it is."""
    form = web.form(Changed)
    values = form.model_dump(include=form.model_fields_set - {"row_version", "forget"})
    values |= {name: None for name in ("email", "phone", "extension") if name in form.forget}
    changed = PersonChange.model_validate(values)
    return web.once(lambda: _said(directory.change_person(token, changed, form.row_version), _("%(name)s: saved.")))


@web.route(blueprint, "/console/directory/<token>/retirement", needs="people.change", methods=("POST",))
def retire(token: str) -> ResponseReturnValue:
    """Somebody leaves the company."""
    form = web.form(Version)
    return web.once(lambda: _said(directory.retire_person(token, form.row_version), _("%(name)s is found no more.")))


@web.route(blueprint, "/console/directory/<token>/return", needs="people.change", methods=("POST",))
def restore(token: str) -> ResponseReturnValue:
    """Somebody comes back."""
    form = web.form(Version)
    said = _("%(name)s is in the directory.")
    return web.once(lambda: _said(directory.restore_person(token, form.row_version), said))


@web.route(blueprint, "/console/departments", needs="people.change")
def departments() -> ResponseReturnValue:
    """Every department with who leads it."""
    leaders = {one.id: _leader(one.manager_id) for one in directory.departments()}
    return opened("console/_departments.html", leaders=leaders)


@web.route(blueprint, "/console/departments", needs="people.change", methods=("POST",))
def add_department() -> ResponseReturnValue:
    """Opens a department."""
    form = web.form(DepartmentForm)
    return web.once(lambda: _saved(directory.add_department(form)), status=201)


@web.route(blueprint, "/console/departments/<token>", needs="people.change", methods=("POST",))
def change_department(token: str) -> ResponseReturnValue:
    """Renames a department, or names who leads it."""
    form = web.form(DepartmentChanged)
    plain = DepartmentForm(name=form.name, name_en=form.name_en, manager=form.manager)
    return web.once(lambda: _saved(directory.change_department(token, plain, form.row_version)))


def _groups(found: list[PersonView], wanted: str) -> list[tuple[str, list[PersonView]]]:
    """By department; what a search found stays in the order of the search."""
    if wanted:
        return [("", found)] if found else []
    language = i18n.language()
    return [(name, list(people)) for name, people in groupby(found, lambda one: one.department_in(language))]


def where(person_id: int | None, other: datetime | None = None) -> dict[str, Any]:
    """Where somebody is, for a sheet: what holds now, the word for colleagues, when it may be something else."""
    turns = min((moment for moment in (presence.turns([person_id]), other) if moment is not None), default=None)
    known = {
        "whereabouts": presence.of(person_id),
        "note": presence.note_of(person_id),
    }
    return known | {"turns": turns.isoformat() if turns else "", "today": i18n.today(clock.now()).isoformat()}


def _common() -> dict[str, Any]:
    known = {"deputy_of": directory.deputy_of, "presence_of": presence.of}
    return {"departments": directory.departments(), "here": "people", **known}


def opened(template: str, **values: Any) -> ResponseReturnValue:
    """The sheet alone, or the list with the sheet open."""
    html = web.render(template, **values, **_common())
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    groups = _groups(directory.people(), "")
    count = sum(len(people) for _name, people in groups)
    return web.render("console/directory.html", groups=groups, count=count, sheet=html, opened=True, **_common())


def _leader(person_id: int | None) -> PersonView | None:
    return directory.person(person_id) if person_id is not None else None


def _said(person: PersonView, sentence: str) -> dict[str, Any]:
    said = sentence % {"name": person.spoken(i18n.language())}
    return {"token": person.token, "row_version": person.row_version, "say": said, "go": "/console/directory"}


def _saved(department: directory.DepartmentView) -> dict[str, Any]:
    said = _("%(name)s: saved.") % {"name": department.spoken(i18n.language())}
    return {"token": department.token, "row_version": department.row_version, "say": said}
