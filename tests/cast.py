"""The cast of the tests: a few people, made with the desk's own verbs."""

from dataclasses import dataclass
from typing import Any

from shared import directory, notice, rooms, visits
from shared.directory import PersonView
from shared.lib.actor import Actor, acting_as
from shared.rooms import RoomForm
from shared.visits.changing import Done

KIOSK = Actor("device", 0, roles=frozenset({"device"}))


@dataclass(frozen=True)
class Cast:
    """Host Wang Jianming in Marketing, Yuchi Ming in R&D, and their manager, who is protected."""

    host: PersonView
    other: PersonView
    leader: PersonView


@dataclass(frozen=True)
class House:
    """Keys of the rooms: orchid for four (smoking), bamboo for six, chrysanthemum for ten (VIP), the waiting area."""

    lan: int
    zhu: int
    ju: int
    area: int


def people() -> Cast:
    """Adds them to an empty directory."""
    add = directory.add_person
    marketing = directory.add_department(directory.DepartmentForm(name="市场部", name_en="Marketing"))
    research = directory.add_department(directory.DepartmentForm(name="研发部", name_en="R&D"))
    office = directory.add_department(directory.DepartmentForm(name="总经办", name_en="Office"))
    other = add(directory.PersonForm(name="尉迟明", department=research.token, email="yuchi@example.com"))
    host = add(
        directory.PersonForm(
            name="王建明",
            department=marketing.token,
            email="wang@example.com",
            phone="15400001234",
            extension="8021",
            deputy=other.token,
        )
    )
    leader = add(directory.PersonForm(name="陆景行", department=office.token, protected=True))
    return Cast(host, other, leader)


def form(host: Any = "前台", **changes: Any) -> visits.CheckIn:
    """Chen Jiahao of Shenlan IoT, who has read the notice."""
    given: dict[str, Any] = {
        "visitor_name": "陈嘉豪",
        "visitor_company": "深蓝物联",
        "purpose": "business",
        "host": {"ref": directory.ref_of(host)} if isinstance(host, PersonView) else host,
        "notice_version": notice.current("zh_Hans").version,
        "consent": True,
    }
    return visits.CheckIn.model_validate(given | changes)


def checks_in(host: Any = "前台", **changes: Any) -> visits.CheckedIn:
    """A visitor registers at the kiosk."""
    with acting_as(KIOSK):
        return visits.check_in(form(host, **changes), source="kiosk")


def built() -> House:
    """The four rooms of the demo."""
    return House(
        rooms.add_room(RoomForm(name="兰", name_en="Orchid", seats=4, plant="orchid", smoking=True)),
        rooms.add_room(RoomForm(name="竹", name_en="Bamboo", seats=6, plant="bamboo")),
        rooms.add_room(RoomForm(name="菊", name_en="Chrysanthemum", seats=10, plant="mum", vip=True)),
        rooms.add_room(RoomForm(name="等候区", name_en="Waiting area", seats=8, waiting=True)),
    )


def goes_in(token: str) -> Done:
    """Reception lets a visitor in who came unannounced, and the host has met them."""
    visits.confirm_entry(token)
    return visits.admit(token)
