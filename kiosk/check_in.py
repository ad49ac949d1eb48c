"""Check-in at the kiosk: the page, the notice, the one submission at the end, and the host's answer."""

import time
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from kiosk import answers, people, qr, words
from shared import badges, company, notice, visits
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.i18n import _
from shared.visits import CheckedIn, CheckIn

blueprint = Blueprint("kiosk", __name__, template_folder="templates")
NEUTRAL_SECONDS = 0.3


@web.route(blueprint, "/kiosk", needs="public")
def page() -> ResponseReturnValue:
    """The whole kiosk on one page; a tablet that is not paired yet shows its code."""
    if actor().kind != "device":
        return web.render("kiosk/pairing.html", words=words.catalogue())
    return web.render(
        "kiosk/page.html",
        company=company.facts(),
        words=words.catalogue(),
        purposes=visits.PURPOSES,
        company_purposes=visits.COMPANY_PURPOSES,
        device=actor(),
    )


@web.route(blueprint, "/kiosk/notice", needs="public")
@web.route(blueprint, "/api/v1/notice", needs="public", name="api_notice")
def the_notice() -> ResponseReturnValue:
    """The notice in force, in the language asked for."""
    now = notice.current(i18n.known(request.args.get("language")) or i18n.language())
    return jsonify(version=now.version, text=now.text, regime=now.regime, consent_required=now.consent_required)


@web.route(blueprint, "/kiosk/visits", needs="visits.create", methods=("POST",))
@web.route(blueprint, "/api/v1/visits", needs="visits.create", methods=("POST",), name="api_visits")
def check_in() -> ResponseReturnValue:
    """Registers a visitor; the answer comes after the commit, the badge has been queued with it."""
    started = time.monotonic()
    form = web.form(CheckIn)
    source = "kiosk" if actor().at_kiosk else "console" if actor().kind == "account" else "api"
    if source == "kiosk":
        _not_too_often()
    photo = badges.picture(form.photo) if form.photo and company.facts().kiosk_photo else None
    signature = badges.picture(form.signature) if form.signature and company.facts().kiosk_signature else None
    answer = web.once(
        lambda: _told(visits.check_in(form, source=source, photo=photo, signature=signature), form), status=201
    )
    people.budget.finished(actor().ref)
    if source == "kiosk" and isinstance(form.host, str):
        time.sleep(max(0.0, NEUTRAL_SECONDS - (time.monotonic() - started)))
    return answer


def _not_too_often() -> None:
    web.limit("check-in", "6/minute", actor().ref)
    web.limit("check-in-hour", "60/hour", actor().ref)


def _told(done: CheckedIn, form: CheckIn) -> dict[str, Any]:
    """What the kiosk shows next. A host typed as text gets the same words whether anybody was found or not."""
    named = done.host if not isinstance(form.host, str) else None
    with i18n.use(form.language):
        message = _("You are registered. The front desk will help you.")
        if named is not None:
            message = _("%(name)s has been told. Have a seat.") % {"name": named.spoken(form.language)}
        away = None
        if named is not None and done.host_absent:
            away = answers.answer_of(visits.one(done.id))
            message = away["text"] if away else message
    shown: dict[str, Any] = {
        "token": done.token,
        "reg_no": done.reg_no,
        "state": done.state,
        "pass": done.visit_pass,
        "short_code": done.short_code,
        "badge": {"number": done.badge, "state": "queued"},
        "host_answer": away,
        "host_told": named is not None,
        "message": message,
    }
    if not actor().at_kiosk:
        shown |= {"visitor_name": form.visitor_name, "host": _host(done)}
    return shown


def _host(done: CheckedIn) -> dict[str, Any] | None:
    return None if done.host is None else {"name": done.host.name, "department": done.host.department}


@web.route(blueprint, "/kiosk/visits/<visit_pass>/answer", needs="public")
def answer(visit_pass: str) -> ResponseReturnValue:
    """What has happened since: told, seen, answered, and the badge."""
    return jsonify(answers.state_of(answers.visit_of(visit_pass)))


@web.route(blueprint, "/kiosk/visits/<visit_pass>/qr.svg", needs="public")
def pass_qr(visit_pass: str) -> ResponseReturnValue:
    """QR code of the visitor's own page."""
    answers.visit_of(visit_pass)
    return qr.drawing(f"{settings().url}/v/{visit_pass}")
