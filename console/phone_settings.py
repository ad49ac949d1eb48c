"""What is said on the phone: the greeting and the phrase cards of the call pad, each in Chinese and in English."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared import accounts, phone, procedure
from shared.lib import web
from shared.lib.i18n import _
from shared.phone import Words

blueprint = Blueprint("phone_settings", __name__, template_folder="templates")
HERE = "/console/phone/settings"


@web.route(blueprint, HERE, needs="settings.change")
def page() -> ResponseReturnValue:
    """Every situation with what is said in it, and with our words where somebody wrote their own."""
    shown = [
        (card, phone.our_words(key), procedure.clause(card.situation.clause)) for key, card in phone.cards().items()
    ]
    placeholders = [f"{{{name}}}" for name in phone.PLACEHOLDERS]
    return web.render(
        "console/phone_settings.html", cards=shown, placeholders=_(", ").join(placeholders), most=phone.MOST_SAID,
        here="settings",
    )  # fmt: skip


@web.route(blueprint, f"{HERE}/<key>", needs="settings.change", methods=("POST",))
def change(key: str) -> ResponseReturnValue:
    """Other words for one situation; with none, nothing is shown."""
    accounts.need_confirmation()
    phone.write_card(key, web.form(Words))
    return jsonify(say=_("Saved. It shows on every pad."), go=HERE)


@web.route(blueprint, f"{HERE}/<key>/default", needs="settings.change", methods=("POST",))
def back_to_ours(key: str) -> ResponseReturnValue:
    """The words that came with the desk again."""
    accounts.need_confirmation()
    phone.write_card(key, phone.our_words(key))
    return jsonify(say=_("The words that came with the desk again."), go=HERE)
