"""Facts about the company: its name, what the kiosk asks, how long data is kept; and the notice that follows."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared import accounts, backups, calendar, company, notice, phone, quiet_calls
from shared.company import Company
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.i18n import _, lazy

blueprint = Blueprint("settings", __name__, template_folder="templates")
HOST_MODES = {
    "suggest": (lazy("Suggest"), lazy("At most five names after two characters or three letters")),
    "exact": (lazy("Full name"), lazy("Only a full name finds somebody")),
    "blind": (lazy("Never"), lazy("The kiosk never confirms anyone; reception helps")),
}
REGIMES = {
    "pipl": (lazy("China (PIPL)"), lazy("Visitors tick a box")),
    "gdpr": (lazy("Europe (GDPR)"), lazy("Visitors read a notice")),
    "both": (lazy("Both"), lazy("A tick, and the European words")),
}
SIZES = {
    "62x100": lazy("62 x 100 mm, upright"),
    "54x86": lazy("54 x 86 mm, upright"),
    "100x62": lazy("100 x 62 mm, across"),
}


@web.route(blueprint, "/console/settings", needs="settings.change")
def page() -> ResponseReturnValue:
    """The form, and the notice as visitors read it."""
    return web.render(
        "console/settings.html",
        company=company.facts(),
        host_modes=HOST_MODES,
        regimes=REGIMES,
        sizes=SIZES,
        notices={i18n.HTML_LANG[code]: notice.current(code).text for code in i18n.LANGUAGES},
        years=_(", ").join(map(str, calendar.unknown_years())),
        version=notice.current("en").version,
        printer=settings().printer != "none:",
        mail=bool(settings().smtp_url),
        my_mail=accounts.account_by_id(actor().id).email or "",
        backup=backups.state(),
        exchange=phone.exchange.state(),
        responders=quiet_calls.responders(),
        here="settings",
    )


@web.route(blueprint, "/console/settings", needs="settings.change", methods=("POST",))
def change() -> ResponseReturnValue:
    """Keeps the facts; a new notice is in force from this moment."""
    accounts.need_confirmation()
    form = web.form(Company)
    company.change(company.facts().model_copy(update=form.model_dump(include=form.model_fields_set - {"demo"})))
    notice.publish()
    return jsonify(say=_("Saved."), go="/console/settings")
