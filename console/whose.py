"""Whom a row of a register is about: forgotten when they ask for it, or kept beyond its time for a reason."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from console import registers
from console.retention import Holding
from shared import accounts, register
from shared.lib import db, i18n, web
from shared.lib.i18n import _
from shared.lib.web.once import forget_keys, naming
from shared.register import Register

blueprint = Blueprint("whose", __name__)
ROW = "/console/registers/<key>/<token>"


@web.route(blueprint, f"{ROW}/erasure", needs="privacy.erase", methods=("POST",))
def erase(key: str, token: str) -> ResponseReturnValue:
    """Somebody asks to be forgotten (procedure 4.7): every row of theirs."""
    accounts.need_confirmation()
    known = registers.plain(key)
    answered = naming(_words(known, register.theirs(known, token)))

    def forget() -> dict[str, Any]:
        count = register.forget_whose(known, token)
        forget_keys(answered)
        said = i18n.ngettext("Erased from %(count)s entry.", "Erased from %(count)s entries.", count)
        return {"say": said % {"count": count}, "rows": count}

    erased = web.once(forget)
    db.cut_log()
    return erased


@web.route(blueprint, f"{ROW}/hold", needs="privacy.erase", methods=("POST",))
def hold(key: str, token: str) -> ResponseReturnValue:
    """This row is kept beyond its time, for a reason."""
    known, form = registers.plain(key), web.form(Holding)

    def keep() -> dict[str, Any]:
        register.hold(known, register.row(known, token), form.reason, form.until)
        return {"say": _("Kept until %(day)s.") % {"day": i18n.format_date(form.until)} if form.until else _("Kept.")}

    return web.once(keep)


@web.route(blueprint, f"{ROW}/hold/removal", needs="privacy.erase", methods=("POST",))
def lift(key: str, token: str) -> ResponseReturnValue:
    """The reason is gone."""
    known = registers.plain(key)

    def let_go() -> dict[str, Any]:
        register.lift(known, register.row(known, token))
        return {"say": _("No longer kept beyond its time.")}

    return web.once(let_go)


def _words(known: Register, rows: Any) -> list[str]:
    """What a repeated answer may say of them."""
    words = [word for row in rows for word in (row.token, *known.held_by(row).names)]
    return [word for word in words if len(word) > 1]
