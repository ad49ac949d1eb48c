"""The demo company moves in: what it is called, who works there, who may sign in, and the tablet at the door."""

from datetime import datetime

from cli.demo.people import COMPANY, COMPANY_EN, DEPARTMENTS, EMPLOYEES, PRIVACY_MAIL, Employee, deputy_of
from shared import accounts, calendar, company, directory, notice, rooms
from shared.accounts import NewAccount
from shared.directory import DepartmentForm, PersonChange, PersonForm, PersonView
from shared.directory.pinyin import fold
from shared.lib import db
from shared.rooms import RoomForm

# Who signs in, and as what; everybody but the system administrator is in the directory, and so an employee as well.
ACCOUNTS = {
    "林晓彤": "receptionist",
    "周雨欣": "backup_receptionist",
    "韩雪梅": "admin_manager",
    "任远": "privacy_officer",
    "系统管理员": "sysadmin",
    "尉迟明": "employee",
    "王建明": "employee",
}
KIOSK = "大堂自助机"
ROOMS = (
    RoomForm(name="兰", name_en="Lan", seats=4, plant="orchid"),
    RoomForm(name="竹", name_en="Zhu", seats=6, plant="bamboo"),
    RoomForm(name="菊", name_en="Ju", seats=10, plant="mum", vip=True),
    RoomForm(name="等候区", name_en="Waiting area", seats=8, waiting=True),
)
People = dict[int, PersonView]


def name_the_company() -> None:
    """The facts of the demo company, and its notice as visitors read it from the first day on."""
    facts = company.facts().model_dump()
    own = {"name": COMPANY, "name_en": COMPANY_EN, "privacy_mail": PRIVACY_MAIL, "demo": True}
    company.change(company.Company.model_validate(facts | own))
    notice.publish()


@db.act
def hire() -> None:
    """Eight departments, sixty people, who leads and who goes instead of whom."""
    tokens = {name: directory.add_department(DepartmentForm(name=name, name_en=en)) for name, en in DEPARTMENTS.items()}
    addresses: set[str] = set()
    people = {one.place: directory.add_person(_form(one, tokens[one.department].token, addresses)) for one in EMPLOYEES}
    for one in EMPLOYEES:
        person = people[one.place]
        change = PersonChange(deputy=people[deputy_of(one).place].token)
        directory.change_person(person.token, change, person.row_version)
        if one.leads:
            department = tokens[one.department]
            form = DepartmentForm(name=department.name, name_en=department.name_en, manager=person.token)
            directory.change_department(department.token, form, department.row_version)


def build_rooms() -> None:
    """The rooms of the house, unless they are there (procedure 5.1)."""
    if not rooms.rooms():
        for form in ROOMS:
            rooms.add_room(form)


def people() -> People:
    """Who of the demo company still works there, by place in its list."""
    places = {one.number: one.place for one in EMPLOYEES}
    return {places[one.number]: one for one in directory.people() if one.number in places}


def open_accounts(hashes: dict[str, str]) -> None:
    """An account for everybody who signs in; `hashes` are the password hashes by name."""
    places = {EMPLOYEES[place].name: person for place, person in people().items()}
    for name, role in ACCOUNTS.items():
        person = places.get(name)
        accounts.add_account(
            NewAccount(
                name=name,
                login=_spelled(person.pinyin).replace(".", "") if person else role,
                roles=frozenset({role} - {"employee"}),
                person_id=person.id if person else None,
            ),
            password_hash=hashes[name],
        )


def keep_open(now: datetime) -> None:
    """The office is open around `now`, whatever the hour and the day, so that clocks in business time run too."""
    facts = company.facts()
    opens = min(facts.office_opens, f"{max(0, now.hour - 2):02d}:00")
    closes = max(facts.office_closes, f"{min(24, now.hour + 6):02d}:00")
    hours = {"office_opens": opens, "office_closes": closes, "day_ends": max(facts.day_ends, closes)}
    company.change(facts.model_copy(update=hours))
    if not calendar.is_workday(now.date()):
        calendar.set_day(now.date(), "makeup_workday", "演示")


def _form(one: Employee, department: str, addresses: set[str]) -> PersonForm:
    return PersonForm(
        name=one.name,
        alias=one.alias,
        number=one.number,
        department=department,
        title=one.title,
        email=_address(one, addresses),
        phone=one.phone,
        extension=one.extension,
        protected=one.protected,
    )


def _address(one: Employee, taken: set[str]) -> str:
    """wang.wei@example.com, and wang.wei2@example.com for the second of the name."""
    spelled = _spelled(one.alias or directory.display_pinyin(one.name))
    free = next(name for name in (spelled, f"{spelled}2", f"{spelled}3") if name not in taken)
    taken.add(free)
    return f"{free}@example.com"


def _spelled(pinyin: str) -> str:
    return ".".join(fold(pinyin).replace("'", "").split())
