"""Facts about the company: name, languages, what the kiosk asks, how long data is kept. Rows, edited in Settings."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, EmailStr, Field, model_validator
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from shared import journal
from shared.lib import db
from shared.lib.db import UTC, Base, JSONText
from shared.lib.i18n import _

Hour = Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


class Setting(Base):
    """One fact that differs from its default."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSONText)
    changed_at: Mapped[datetime] = mapped_column(UTC)


class Company(BaseModel):
    """Everything that Settings may change, with what it is until somebody does."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: str = Field("前台", min_length=1, max_length=60)
    name_en: str = Field("Front desk", min_length=1, max_length=60)
    privacy_mail: EmailStr | Literal[""] = ""
    privacy_regime: Literal["pipl", "gdpr", "both"] = "pipl"
    kiosk_host_mode: Literal["suggest", "exact", "blind"] = "suggest"
    kiosk_photo: bool = False
    kiosk_signature: bool = False
    kiosk_drinks: bool = False
    badge_size: Literal["62x100", "54x86", "100x62"] = "62x100"
    badge_printing: bool = True
    visit_days: int = Field(60, ge=1, le=89)
    phone_days: int = Field(30, ge=1, le=60)
    photo_days: int = Field(30, ge=1, le=30)
    security_days: int = Field(365, ge=180, le=1095)
    lock_minutes: int = Field(15, ge=1, le=120)
    office_opens: Hour = "09:00"
    office_closes: Hour = "18:00"
    day_ends: Hour = "20:00"
    quiet_text: str = Field("", max_length=120)
    quiet_place: str = Field("", max_length=80)
    demo: bool = False

    @model_validator(mode="after")
    def _hours_in_order(self) -> "Company":
        if not "00:00" <= self.office_opens < self.office_closes <= self.day_ends:
            raise ValueError(_("The office opens, closes, and then the day ends."))
        return self

    def spoken(self, language: str) -> str:
        """Its name in the reader's language."""
        return self.name if language == "zh_Hans" else self.name_en


_known: Company | None = None


def facts() -> Company:
    """The company as it is now; kept in memory until somebody changes it."""
    global _known
    if _known is None:
        with db.reading() as session:
            _known = Company.model_validate({row.name: row.value for row in session.scalars(select(Setting))})
    return _known


def forget() -> None:
    """Reads the facts again when they are next asked for."""
    global _known
    _known = None


db.when_closed(forget)
journal.keep_fresh(forget, "settings")


@db.act
def change(values: Company) -> Company:
    """Keeps `values`; says in the journal which facts changed, not to what."""
    session = db.session()
    stored = {row.name: row for row in session.scalars(select(Setting))}
    before = Company.model_validate({name: row.value for name, row in stored.items()})
    changed = [name for name in Company.model_fields if getattr(values, name) != getattr(before, name)]
    for name in changed:
        row = stored.get(name) or Setting(name=name)
        row.value, row.changed_at = getattr(values, name), db.act_time()
        session.add(row)
    if changed:
        session.flush()
        journal.record("settings.changed", "company", names=changed)
    return values
