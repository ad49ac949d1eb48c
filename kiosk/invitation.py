"""An invitation opens the check-in with what it already said."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import directory, visits
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.errors import NotFound
from shared.lib.i18n import _

blueprint = Blueprint("invitation", __name__)


class Code(BaseModel):
    """The code of 8 characters, typed or scanned."""

    model_config = ConfigDict(extra="ignore")
    code: str = Field(min_length=1, max_length=300)


@web.route(blueprint, "/kiosk/invitations", needs="kiosk.use", methods=("POST",))
def invitation() -> ResponseReturnValue:
    """What the invitation said: for whom, and what for."""
    web.limit("invitation", "5/minute", actor().ref)
    visit = visits.by_invitation(web.form(Code).code.rsplit("/", 1)[-1])
    if visit is None or visit.host is None:
        raise NotFound(_("This code does not open today. The front desk will help you."))
    language = i18n.language()
    return jsonify(
        name=visit.visitor_name,
        company=visit.visitor_company,
        purpose=visit.purpose,
        party_size=visit.party_size,
        host={
            "ref": directory.ref_of(visit.host),
            "name": visit.host.spoken(language),
            "department": visit.host.department_in(language),
        },
    )
