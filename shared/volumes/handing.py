"""A closed volume goes from the desk to the officer and into the archive: handed over, received or sent back, filed."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy import select

from shared import deadlines, journal
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.errors import Conflict, Forbidden, NotFound
from shared.lib.i18n import _
from shared.volumes.book import book
from shared.volumes.model import Volume


class Rejection(BaseModel):
    """Why a volume goes back to the desk."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(max_length=200)

    @field_validator("reason")
    @classmethod
    def _told(cls, value: str) -> str:
        if len(text.clean(value)) < 2:
            raise ValueError(_("Say what is missing."))
        return text.clean(value)


class Filing(BaseModel):
    """Where the volume stands in the archive."""

    model_config = ConfigDict(extra="forbid")
    archive_no: str = Field(max_length=40)

    @field_validator("archive_no")
    @classmethod
    def _told(cls, value: str) -> str:
        if not text.clean(value):
            raise ValueError(_("Write the archive number."))
        return text.clean(value)


@db.act
def hand_over(token: str) -> Volume:
    """The desk gives the volume to the officer; it counts once they have received it."""
    volume = _in(token, "closed", "rejected")
    return _goes(volume, "handed_over", handed_at=db.act_time(), handed_by=_person(), rejected=None)


@db.act
def take_back(token: str) -> Volume:
    """It was not handed over after all."""
    return _goes(_in(token, "handed_over"), "closed", "volumes.taken_back", handed_at=None, handed_by=None)


@db.act
def receive(token: str) -> Volume:
    """The officer has it, and the clock of handing over is met. Forbidden to whoever handed it over."""
    volume = _in(token, "handed_over")
    if volume.handed_by == actor().ref:
        raise Forbidden(_("Whoever hands a volume over does not receive it."))
    found = book(volume.register)
    if found is not None:
        deadlines.meet(found.clock, _subject(volume))
    return _goes(volume, "received", received_at=db.act_time(), received_by=_person())


@db.act
def reject(token: str, form: Rejection) -> Volume:
    """Something is missing: it goes back to the desk, and the clock runs on."""
    return _goes(_in(token, "handed_over"), "rejected", rejected=form.reason)


@db.act
def archive(token: str, form: Filing) -> Volume:
    """It stands in the archive, under that number."""
    return _goes(_in(token, "received"), "archived", archived_at=db.act_time(), archive_no=form.archive_no)


def _person() -> str:
    """Whoever acts, as the journal refers to them; no program hands a book over."""
    if actor().kind != "account":
        raise Forbidden(_("A person hands a volume over, and a person receives it."))
    return actor().ref


def _goes(volume: Volume, status: str, action: str = "", **values: Any) -> Volume:
    for name, value in {"status": status, **values}.items():
        setattr(volume, name, value)
    db.session().flush()
    action = action or f"volumes.{status}"
    journal.record(action, _subject(volume), register=volume.register, number=volume.number)
    return volume


def _subject(volume: Volume) -> str:
    return f"volume:{volume.token}"


def _in(token: str, *states: str) -> Volume:
    volume = db.session().scalar(select(Volume).where(Volume.token == token))
    if volume is None:
        raise NotFound(_("There is no such volume."))
    if volume.status not in states:
        raise Conflict(_("Somebody was quicker: this volume has gone on meanwhile."), code="stale")
    return volume
