"""People come, change, leave and come back; every act leaves one row in the journal."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import text as sql

from shared import directory, journal
from shared.directory import DepartmentForm, PersonChange, PersonForm
from shared.lib import db, i18n
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Invalid, NotFound
from tests import cast
from tests.cast import Cast

HAN = Actor("account", 4, "韩雪梅", frozenset({"admin_manager"}))


@pytest.fixture
def people(database: str) -> Iterator[Cast]:
    with i18n.use("en"):
        yield cast.people()


def person(**changes: Any) -> PersonForm:
    given = {"name": "李娜", "department": directory.departments()[0].token}
    return PersonForm.model_validate(given | changes)


def refused(verb: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        verb()
    return refusal.value.fields


def wrong(**values: Any) -> set[str]:
    """The fields a form refuses."""
    with pytest.raises(ValidationError) as error:
        PersonForm.model_validate({"name": "李娜", "department": "d"} | values)
    return {str(item["loc"][0]) for item in error.value.errors()}


def test_somebody_new_is_known_at_once(people: Cast) -> None:
    with acting_as(HAN):
        li = directory.add_person(
            person(name="李　娜", email="LiNa@Example.com", phone="154 0000 0002", extension="8022")
        )
    assert (li.name, li.pinyin, li.department, li.spoken("en"), li.department_in("en")) == (
        "李娜", "Li Na", "市场部", "Li Na", "Marketing",
    )  # fmt: skip
    assert directory.person(li.id) == directory.by_token(li.token) == li
    assert directory.find("lina") == [li]
    contact = directory.contact(li.id)
    assert (contact.email, contact.phone, contact.phone_normal, contact.extension) == (
        "lina@example.com", "154 0000 0002", "+8615400000002", "8022",
    )  # fmt: skip
    (event,) = journal.newest(1)
    assert (event.action, event.subject, event.person_id, event.actor, event.data) == (
        "directory.person_added", f"person:{li.token}", li.id, "account:4", {},
    )  # fmt: skip


def test_contact_data_is_sealed_in_the_database(people: Cast) -> None:
    with db.reading() as session:
        row = session.execute(
            sql("SELECT phone, phone_normal, extension FROM person WHERE extension IS NOT NULL")
        ).one()
    assert all(b"1540000" not in bytes(value) and b"8021" not in bytes(value) for value in row)
    assert directory.contact(people.host.id).phone == "15400001234"


def test_two_people_cannot_share_an_address_or_a_number(people: Cast) -> None:
    directory.add_person(person(number="E1"))
    taken = refused(lambda: directory.add_person(person(email="Wang@example.com", number="E1")))
    assert taken == {
        "email": "王建明 has this e-mail address already.",
        "number": "李娜 has this employee number already.",
    }
    assert directory.add_person(person(email=" ", number="")).has_email is False
    assert directory.add_person(person(email=None)).number is None


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""}, {"name": "  "}, {"name": "12345"}, {"name": "李" * 41}, {"name": "=1+1"}, {"name": "<b>"},
        {"email": "a@"}, {"email": "a b@example.com"}, {"email": "a@b@c.cn"}, {"phone": "12345"}, {"phone": "=1+1"},
        {"extension": "80a"}, {"extension": "1234567"}, {"number": "=1"}, {"title": "x" * 61}, {"reading": "x" * 81},
        {"department": ""}, {"alias": "1"}, {"row_version": 1}, {"protected": "perhaps"},
    ],
)  # fmt: skip
def test_a_form_refuses(values: dict[str, Any]) -> None:
    assert wrong(**values) == set(values)


@pytest.mark.parametrize("name", ["萧䶮", "王𠮷", "买买提·艾力", "O'Neil", "김민수", "José García", "Jean-Luc", "李"])
def test_a_form_takes_names_of_every_kind(name: str) -> None:
    assert PersonForm(name=name, department="d").name == name


def test_a_change_touches_only_what_is_given(people: Cast) -> None:
    before = directory.contact(people.host.id)
    changed = directory.change_person(people.host.token, PersonChange(title="经理"), people.host.row_version)
    assert (changed.title, changed.row_version, changed.deputy_id) == ("经理", 2, people.other.id)
    assert directory.contact(people.host.id) == before
    (event,) = journal.newest(1)
    assert (event.action, event.data) == ("directory.person_changed", {"fields": ["title"]})


def test_a_whole_form_replaces_everything(people: Cast) -> None:
    form = person(name="王建明", department=directory.departments()[1].token)
    changed = directory.change_person(people.host.token, form, 1)
    assert (changed.department, changed.deputy_id, changed.has_email, changed.has_phone) == (
        "研发部",
        None,
        False,
        False,
    )
    assert directory.contact(people.host.id).phone_normal is None


def test_a_new_name_is_found_and_the_old_one_is_not(people: Cast) -> None:
    directory.change_person(people.host.token, PersonChange(name="盖丽君"), 1)
    assert directory.find("wangjianming") == []
    (found,) = directory.find("gelijun")
    changed = directory.change_person(found.token, PersonChange(reading="Gai Lijun"), 2)
    assert changed.pinyin == "Gai Lijun"
    assert directory.find("gelijun") == []
    assert directory.find("gailijun") == [changed]


def test_nothing_changed_is_no_event(people: Cast) -> None:
    seq = journal.last_seq()
    same = directory.change_person(people.host.token, PersonChange(name="王建明", phone="15400001234"), 1)
    assert same.row_version == 1
    assert journal.last_seq() == seq


def test_whoever_was_quicker_is_named(people: Cast) -> None:
    with acting_as(HAN):
        directory.change_person(people.host.token, PersonChange(title="经理"), 1)
    with pytest.raises(Conflict, match="韩雪梅 has just changed this"):
        directory.change_person(people.host.token, PersonChange(title="总监"), 1)
    assert directory.person(people.host.id).title == "经理"  # type: ignore[union-attr]


def test_a_deputy_is_somebody_else_who_works_here(people: Cast) -> None:
    assert directory.deputy_of(people.host.id) == people.other
    own = PersonChange(deputy=people.host.token)
    assert refused(lambda: directory.change_person(people.host.token, own, 1)) == {
        "deputy": "Nobody can be their own deputy."
    }
    directory.retire_person(people.other.token)
    assert directory.deputy_of(people.host.id) is None
    gone = PersonChange(deputy=people.other.token)
    assert set(refused(lambda: directory.change_person(people.leader.token, gone, 1))) == {"deputy"}
    assert directory.change_person(people.host.token, PersonChange(deputy=None), 1).deputy_id is None


def test_the_database_itself_refuses_an_own_deputy(people: Cast) -> None:
    with pytest.raises(Exception, match=r"IntegrityError|not_own_deputy"):
        db.write(lambda: db.connection().execute(sql("UPDATE person SET deputy_id = id")))


def test_who_leaves_stays_known_to_the_registers(people: Cast) -> None:
    gone = directory.retire_person(people.host.token)
    assert (gone.active, gone.left_at is not None) == (False, True)
    assert directory.person(people.host.id) == gone
    assert people.host.id not in {one.id for one in directory.people()}
    assert directory.people(retired=True) == [gone]
    assert directory.retire_person(people.host.token) == gone
    back = directory.restore_person(people.host.token)
    assert (back.active, back.left_at) == (True, None)
    assert [event.action for event in journal.newest(2)] == ["directory.person_restored", "directory.person_retired"]


def test_the_longest_name_fits(people: Cast) -> None:
    long = directory.add_person(person(name="庄" * 40, alias="W" * 40, title="长" * 60))
    assert directory.find("庄" * 3) == [long]


def test_departments_have_names_of_their_own(people: Cast) -> None:
    marketing = directory.departments()[0]
    assert set(refused(lambda: directory.add_department(DepartmentForm(name=" 市场部 ")))) == {"name"}
    form = DepartmentForm(name="市场营销部", name_en="Marketing", manager=people.host.token)
    changed = directory.change_department(marketing.token, form, marketing.row_version)
    assert (changed.name, changed.manager_id) == ("市场营销部", people.host.id)
    assert directory.department(marketing.token) == changed
    assert directory.person(people.host.id).department == "市场营销部"  # type: ignore[union-attr]
    with pytest.raises(Conflict):
        directory.change_department(marketing.token, form, marketing.row_version)
    assert [event.action for event in journal.newest(1)] == ["directory.department_changed"]


def test_nobody_is_made_up(people: Cast) -> None:
    assert directory.person(999) is None
    for asked in (
        lambda: directory.by_token("no"),
        lambda: directory.contact(999),
        lambda: directory.department("no"),
        lambda: directory.retire_person("no"),
        lambda: directory.change_department("no", DepartmentForm(name="x"), 1),
    ):
        with pytest.raises(NotFound):
            asked()
    assert set(refused(lambda: directory.add_person(person(department="no")))) == {"department"}


def test_staff_find_by_name_alias_initials_and_department(people: Cast) -> None:
    emma = directory.add_person(person(name="陈艾玛", alias="Emma Chen"))
    assert directory.find("emma") == directory.find("cam") == directory.find("陈") == [emma]
    assert directory.find("scb") == directory.find("market") == directory.find("市场") == [emma, people.host]
    assert directory.find("陈 市场") == directory.find("emma market") == [emma]
    assert directory.find("陆") == [people.leader]
    assert directory.find("陆", everyone=False) == []
    assert directory.find("") == directory.find("%") == directory.find("  ") == []
    assert directory.find("市场", limit=1) == [emma]


def test_the_best_match_comes_first(people: Cast) -> None:
    for name in ("王建", "张建明", "王健林", "江建"):
        directory.add_person(person(name=name))
    assert [one.name for one in directory.find("jian")] == ["江建", "王建", "王健林", "王建明", "张建明"]
    assert [one.name for one in directory.find("jiang")] == ["江建"]
    assert [one.name for one in directory.find("wangjian")] == ["王建", "王健林", "王建明"]
    assert [one.name for one in directory.find("jianming")] == ["王建明", "张建明"]
