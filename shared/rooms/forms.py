"""What a room needs to be told: its facts, what was asked to drink, the checklist, for when it is kept free."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from shared.lib import text
from shared.lib.forms import Moment
from shared.lib.i18n import _, lazy

Drink = Literal["tea", "water", "coffee", "none"]
Plant = Literal["orchid", "bamboo", "mum", "chair"]
Line = Annotated[str, AfterValidator(text.clean)]
DRINK_NAMES = {"tea": lazy("Tea"), "water": lazy("Water"), "coffee": lazy("Coffee"), "none": lazy("Nothing")}
PLANT_NAMES = {
    "orchid": lazy("Orchid"),
    "bamboo": lazy("Bamboo"),
    "mum": lazy("Chrysanthemum"),
    "chair": lazy("Armchair"),
}
POINTS = {
    "cups": lazy("Cups"),
    "ashtray": lazy("Ashtray"),
    "table": lazy("Table and chairs"),
    "tidy": lazy("Tidy"),
}
LONGEST = timedelta(hours=24)


def drink_name(drink: str) -> str:
    """A drink in the reader's language; empty when nobody has asked yet."""
    return _(DRINK_NAMES[drink]) if drink in DRINK_NAMES else ""


class RoomForm(BaseModel):
    """The facts of a room."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: Line = Field(min_length=1, max_length=20)
    name_en: Line = Field("", max_length=30)
    seats: int = Field(ge=1, le=200)
    plant: Plant = "chair"
    smoking: bool = False
    vip: bool = False
    waiting: bool = False

    @model_validator(mode="after")
    def _named(self) -> "RoomForm":
        if not self.name:
            raise ValueError(_("Write a name."))
        return self


class Checklist(BaseModel):
    """What was done in a room that everybody has left, and what somebody left behind (procedure 一.1.6)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    cups: bool = False
    ashtray: bool = False
    table: bool = False
    tidy: bool = False
    found: Line = Field("", max_length=200)


ALL_DONE = Checklist(cups=True, ashtray=True, table=True, tidy=True)


class Keeping(BaseModel):
    """From when until when a room is kept free, and for whom."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    starts_at: Moment
    ends_at: Moment
    purpose: Line = Field("", max_length=80)

    @model_validator(mode="after")
    def _in_order(self) -> "Keeping":
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError(_("A time needs its zone."))
        if not timedelta(0) < self.ends_at - self.starts_at <= LONGEST:
            raise ValueError(_("It ends after it starts, within a day."))
        return self
