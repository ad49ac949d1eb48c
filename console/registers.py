"""One set of pages for every plain register: its list, one row, corrections, and the register taken along."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, create_model

from console import beside_calls, events, taken
from console.beside_calls import Beside
from shared import accounts, journal, phone, privacy, register, volumes
from shared.lib import text, web
from shared.lib.actor import actor
from shared.lib.errors import NotFound
from shared.lib.forms import CURSOR, HIGHEST, AskedDay
from shared.lib.i18n import _, gettext
from shared.register import Reason, Register
from shared.volumes import Column

blueprint = Blueprint("registers", __name__, template_folder="templates")
PAGE = 50


class Asked(BaseModel):
    """Which part of a register."""

    model_config = ConfigDict(extra="ignore")
    q: str = Field("", max_length=80)
    date: AskedDay = None
    until: AskedDay = None
    kind: str = Field("", max_length=20)
    after: str = Field("", pattern=CURSOR)

    @property
    def part(self) -> dict[str, Any]:
        return {"q": self.q, "day": self.date, "until": self.until, "kind": self.kind}


class Export(Asked, Reason):
    """Which part, as what, and why."""

    form: Literal["xlsx", "csv", "pdf"] = "xlsx"


class Correction(BaseModel):
    """New values for columns of a row, and why."""

    model_config = ConfigDict(extra="forbid")
    row_version: int = Field(ge=1, le=HIGHEST)
    reason: str = Field("", max_length=200)


@web.route(blueprint, "/console/registers/<key>", needs="registers.read")
def page(key: str) -> ResponseReturnValue:
    """A page of a register, newest first."""
    return listed(plain(key))


@web.route(blueprint, "/console/registers/<key>/<token>", needs="registers.read")
def sheet(key: str, token: str) -> ResponseReturnValue:
    """Everything about one row, alone or beside the list."""
    known = plain(key)
    html = rendered(known, register.row(known, token))
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    return listed(known, sheet=html, opened=True)


@web.route(blueprint, "/console/registers/<key>/<token>/correction", needs="registers.correct", methods=("POST",))
def correct(key: str, token: str) -> ResponseReturnValue:
    """Puts a row right; both values stay."""
    known = plain(key)
    fields: Any = {name: (str | None, Field(None, max_length=500)) for name in known.fields}
    form: Any = web.form(create_model("Corrected", __base__=Correction, **fields))
    given = form.model_dump(include=set(known.fields), exclude_none=True)

    def corrected() -> dict[str, Any]:
        changed = register.correct(
            known, token, {name: text.clean(value) for name, value in given.items()},
            text.clean(form.reason), form.row_version,
        )  # fmt: skip
        return {"say": _("Put right.") if changed else _("Nothing was changed.")}

    return web.once(corrected)


@web.route(blueprint, "/console/registers/<key>/export", needs="registers.export", methods=("POST",))
def export(key: str) -> ResponseReturnValue:
    """The rows as XLSX, CSV or A4 pages; the journal keeps who took them and why, and so does what is taken."""
    accounts.need_confirmation()
    web.limit("export", "20/hour", actor().ref)
    known, asked = plain(key), web.form(Export)
    long, signed = asked.form != "pdf" and _is_long(known, asked), taken.signed(asked.reason)
    if long:
        taken.prepare(asked.form)
    pages = register.every(known, **asked.part, at_once=taken.AT_ONCE)
    body = taken.printed(known, pages, signed) if asked.form == "pdf" else b""
    part = asked.model_dump(mode="json", include={"date", "until", "kind"}, exclude_defaults=True)
    register.exported(known, asked.reason, form=asked.form, searched=bool(asked.q), **part)
    if long:
        told = {"register": key, "part": asked.model_dump(mode="json"), "taken": signed}
        return taken.at_length(key, asked.form, told)
    if asked.form != "pdf":
        body = taken.whole(taken.table(known, pages, signed), asked.form, taken.widths(known))
    return taken.file(key, asked.form, body)


def _is_long(known: Register, asked: Asked) -> bool:
    """Whether it takes longer than anybody waits for."""
    return register.page(known, **asked.part, limit=taken.DIRECTLY)[1] is not None


def rendered(known: Register, row: Any) -> str:
    """The sheet of a row."""
    book = register.book_of(known)
    line, also = book.lines([row.id])[row.id], _beside(known, {row.id: row.token}).get(row.id)
    subject = f"{known.key}:{row.token}"
    return web.render(
        "console/_register_row.html",
        known=known,
        title=gettext(book.title),
        row=row,
        number=getattr(row, book.number),
        facts=_cells(book.columns, line, also),
        messages=also.messages if also else (),
        fields=[(name, gettext(label), getattr(row, name) or "") for name, label in known.fields.items()],
        corrections=[(one, gettext(known.fields.get(one.field, ""))) for one in register.corrections(known, row.id)],
        history=events.tell(journal.about(subject), names=False)[::-1],
        filed=volumes.of_row(known.key, row.id),
        hold=register.of_row(known, row.id),
    )


def _cells(columns: tuple[Column, ...], line: Any, also: Beside | None) -> list[tuple[str, str]]:
    """The columns of a row in words; with the outcome stands what else became of it."""
    said = [(gettext(column.heading), column.shown(column.plain(line)), column.key) for column in columns]
    more = also.words if also else ""
    return [(heading, _("; ").join([cell, more]) if more and key == "outcome" else cell) for heading, cell, key in said]


def _beside(known: Register, tokens: Mapping[int, str]) -> dict[int, Beside]:
    """What is known of rows beside the columns of their book."""
    return beside_calls.of(tokens) if known.key == phone.REGISTER.key else {}


def plain(key: str) -> Register:
    """The plain register with this key; NotFound when there is none."""
    found = next((one for one in register.registers() if one.key == key and one.fields), None)
    if found is None:
        raise NotFound(_("There is no such register."))
    return found


def listed(known: Register, **more: object) -> ResponseReturnValue:
    """The page of a register; `more` is what is open beside it."""
    asked, book = web.query(Asked), register.book_of(known)
    ids, following = register.page(known, **asked.part, after=asked.after, limit=PAGE)
    lines, tokens = book.lines(ids), register.tokens(known, ids)
    beside = _beside(known, tokens)
    privacy.shown(tokens.values())
    base = f"/console/registers/{known.key}"
    query = asked.model_dump(mode="json", include={"q", "date", "until", "kind"}) | {"after": following or ""}
    template = "console/_plain_rows.html" if "X-Fragment" in request.headers else "console/plain_register.html"
    return web.render(
        template,
        known=known,
        title=gettext(book.title),
        headings=[gettext(column.heading) for column in book.columns],
        rows=[(tokens[key], _cells(book.columns, lines[key], beside.get(key))) for key in ids],
        earlier=f"{base}?{urlencode({name: value for name, value in query.items() if value})}" if following else "",
        asked=asked,
        kinds=[(code, gettext(kind.name)) for code, kind in known.kinds.items()],
        base=base,
        here="register",
        **more,
    )
