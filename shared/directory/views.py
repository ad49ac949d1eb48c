"""What others see of the directory: frozen, and without a phone number or an address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shared.directory.pinyin import fold, is_han

WAYS = ("extension", "phone", "email")


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department as everybody reads it."""

    id: int
    token: str
    name: str
    name_en: str
    manager_id: int | None
    row_version: int

    def spoken(self, language: str) -> str:
        """Its name in the reader's language."""
        return self.name_en if language == "en" and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody who works here, as every other noun knows them. Contact data is asked for with `contact`."""

    id: int
    token: str
    number: str | None
    name: str
    alias: str
    reading: str
    pinyin: str
    department_id: int
    department: str
    department_en: str
    title: str
    deputy_id: int | None
    protected: bool
    active: bool
    left_at: datetime | None
    has_email: bool
    has_phone: bool
    has_extension: bool
    row_version: int

    @property
    def ways(self) -> tuple[str, ...]:
        """By which ways somebody can be reached: extension, phone, email."""
        known = (("extension", self.has_extension), ("phone", self.has_phone), ("email", self.has_email))
        return tuple(way for way, there in known if there)

    def spoken(self, language: str) -> str:
        """The name in the reader's language: 王建明 is Wang Jianming, 陈艾玛 the Emma Chen she calls herself."""
        if language != "en" or not is_han(self.name):
            return self.name
        return self.alias if self.alias and fold(self.alias).isascii() else self.pinyin

    def department_in(self, language: str) -> str:
        """The department in the reader's language."""
        return self.department_en if language == "en" and self.department_en else self.department


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is reached. Who asks for it writes down that they did (procedure 4.2.8)."""

    email: str | None
    phone: str | None
    phone_normal: str | None
    extension: str | None

    def only(self, ways: Collection[str]) -> dict[str, str]:
        """What is known of these ways, in the order of the house."""
        return {way: str(value) for way in WAYS if way in ways and (value := getattr(self, way)) is not None}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line of the kiosk's search: a name and a department in the visitor's language, and a reference.

    `marks` are the ranges of `name` that match what was typed, as pairs (start, end).
    """

    person: PersonView
    name: str
    department: str
    marks: tuple[tuple[int, int], ...]
    ref: str
