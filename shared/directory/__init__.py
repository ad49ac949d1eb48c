"""Who works here: departments, people, how they are found and how they are reached."""

from shared.directory.budget import SearchBudget
from shared.directory.cache import forget
from shared.directory.forms import DepartmentForm, PersonChange, PersonForm
from shared.directory.importing import Report, import_people
from shared.directory.kiosk_search import exact, ref_of, resolve_ref, suggest
from shared.directory.models import Department, Person
from shared.directory.names import shortened, surname
from shared.directory.operators import account_owner
from shared.directory.pinyin import display_pinyin
from shared.directory.questions import (
    by_token,
    contact,
    department,
    departments,
    deputy_of,
    find,
    people,
    person,
    resolve_text,
)
from shared.directory.rows import template
from shared.directory.verbs import (
    add_department,
    add_person,
    change_department,
    change_person,
    restore_person,
    retire_person,
    reveal_contact,
)
from shared.directory.views import WAYS, Contact, DepartmentView, PersonView, Suggestion

__all__ = [
    "WAYS",
    "Contact",
    "Department",
    "DepartmentForm",
    "DepartmentView",
    "Person",
    "PersonChange",
    "PersonForm",
    "PersonView",
    "Report",
    "SearchBudget",
    "Suggestion",
    "account_owner",
    "add_department",
    "add_person",
    "by_token",
    "change_department",
    "change_person",
    "contact",
    "department",
    "departments",
    "deputy_of",
    "display_pinyin",
    "exact",
    "find",
    "forget",
    "import_people",
    "people",
    "person",
    "ref_of",
    "resolve_ref",
    "resolve_text",
    "restore_person",
    "retire_person",
    "reveal_contact",
    "shortened",
    "suggest",
    "surname",
    "template",
]
