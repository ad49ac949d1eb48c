"""Volumes of the registers: which there are, how each goes from the desk to the archive, and each as a PDF."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console import events
from shared import accounts, badges, deadlines, journal, privacy, procedure, register, volumes
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import NotFound
from shared.lib.forms import CURSOR
from shared.lib.i18n import _
from shared.register import Reason
from shared.volumes import Book, Filing, Rejection, Volume, VolumeView

blueprint = Blueprint("volumes", __name__, template_folder="templates")


class Asked(BaseModel):
    """Which page of the list."""

    model_config = ConfigDict(extra="ignore")
    after: str = Field("", pattern=CURSOR)


class Which(BaseModel):
    """Which register's volume is closed."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(max_length=16, alias="register")


@web.route(blueprint, "/console/volumes", needs="volumes.read")
def page() -> ResponseReturnValue:
    """Every volume, the newest first, and the ones that are being written."""
    return _listed()


@web.route(blueprint, "/console/volumes/<token>", needs="volumes.read")
def sheet(token: str) -> ResponseReturnValue:
    """Everything about one volume, alone or beside the list."""
    html = rendered(volumes.one(token))
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    return _listed(sheet=html, opened=True)


@web.route(blueprint, "/console/volumes/closing", needs="volumes.hand_over", methods=("POST",))
def close() -> ResponseReturnValue:
    """Closes the volume that is being written, as far as it has come."""
    book = volumes.book(web.form(Which).key)
    if book is None:
        raise NotFound(_("There is no such register."))

    def closed() -> dict[str, Any]:
        token = volumes.close_now(book)
        return {"say": _("%(name)s is closed.") % {"name": volumes.one(token).name}, "go": "/console/volumes"}

    return web.once(closed)


@web.route(blueprint, "/console/volumes/<token>/hand-over", needs="volumes.hand_over", methods=("POST",))
def hand_over(token: str) -> ResponseReturnValue:
    """The desk has given it to the officer."""
    return _step(lambda: volumes.hand_over(token), _("Handed over. The officer confirms that they have it."))


@web.route(blueprint, "/console/volumes/<token>/hand-over/removal", needs="volumes.hand_over", methods=("POST",))
def take_back(token: str) -> ResponseReturnValue:
    """It was not handed over after all."""
    return _step(lambda: volumes.take_back(token), _("Taken back."))


@web.route(blueprint, "/console/volumes/<token>/receipt", needs="volumes.receive", methods=("POST",))
def receive(token: str) -> ResponseReturnValue:
    """The officer has it."""
    return _step(lambda: volumes.receive(token), _("Received."))


@web.route(blueprint, "/console/volumes/<token>/rejection", needs="volumes.receive", methods=("POST",))
def reject(token: str) -> ResponseReturnValue:
    """It goes back to the desk, with a reason."""
    form = web.form(Rejection)
    return _step(lambda: volumes.reject(token, form), _("Sent back to the desk."))


@web.route(blueprint, "/console/volumes/<token>/filing", needs="volumes.receive", methods=("POST",))
def archive(token: str) -> ResponseReturnValue:
    """It stands in the archive."""
    form = web.form(Filing)
    return _step(lambda: volumes.archive(token, form), _("Archived."))


@web.route(blueprint, "/console/volumes/<token>/pages", needs="volumes.read", methods=("POST",))
def redacted(token: str) -> ResponseReturnValue:
    """The redacted edition as a PDF, in the language of the house."""
    return _pdf(volumes.one(token), full=False)


@web.route(blueprint, "/console/volumes/<token>/pages/full", needs="registers.export", methods=("POST",))
def full(token: str) -> ResponseReturnValue:
    """The full edition holds names: it wants a reason, which the journal keeps."""
    accounts.need_confirmation()
    asked, volume = web.form(Reason), volumes.one(token)
    answer = _pdf(volume, full=True)
    kept = register.of(volume.register)
    register.exported(kept, asked.reason, form="pdf", volume=volume.number)
    privacy.shown(register.tokens(kept, volumes.rows_of(volume.book, volume.id)).values())
    return answer


def rendered(volume: VolumeView) -> str:
    """The sheet of a volume."""
    known = events.names()
    return web.render(
        "console/_volume.html",
        volume=volume,
        editions=volumes.editions(volume.id)[::-1],
        history=events.tell(journal.about(f"volume:{volume.token}"), names=False)[::-1],
        running=deadlines.running(f"volume:{volume.token}"),
        suggested=f"{volume.register.upper()}-{volume.period}-{volume.number}",
        mine=volume.handed_by == actor().ref,
        clause=procedure.clock(volume.book.clock).clause,
        name=lambda ref: known.get(ref or "", _("by itself") if ref == "system" else ""),
    )


def open_volumes() -> list[tuple[Book, int]]:
    """The volumes that are being written, and how many rows they have."""
    return [(book, volumes.open_rows(book)) for book in volumes.books()]


def _pdf(volume: VolumeView, *, full: bool) -> Response:
    web.limit("paper", "20/hour", actor().ref)
    known = events.names()
    paper = volumes.volume_paper(
        volume, full=full, language=settings().locale, names=lambda ref: known.get(ref or "", "")
    )
    answer = Response(badges.paper(paper.html, paper.css), mimetype="application/pdf")
    name = f"{volume.register}-{volume.number}-{volume.period}-{'full' if full else 'redacted'}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _step(work: Callable[[], Volume], said: str) -> ResponseReturnValue:
    def done() -> dict[str, Any]:
        work()
        return {"say": said}

    return web.once(done)


def _listed(**more: object) -> ResponseReturnValue:
    rows, following = volumes.page(after=web.query(Asked).after)
    template = "console/_volume_rows.html" if "X-Fragment" in request.headers else "console/volumes.html"
    return web.render(template, rows=rows, following=following, written=open_volumes(), here="volumes", **more)
