"""A visitor asks what is held about them: found exactly, answered on paper, erased or kept; for the privacy officer."""

from collections.abc import Iterator
from typing import Annotated

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from console import events
from console.privacy_words import CHECKS
from console.visit import corrections
from shared import accounts, company, journal, privacy, register, visits
from shared.journal import Event
from shared.lib import text, web
from shared.lib.actor import actor
from shared.lib.errors import Invalid
from shared.lib.forms import AskedDay
from shared.lib.i18n import _
from shared.privacy import Fact, Part, moment_of
from shared.visits import VisitView

blueprint = Blueprint("privacy_answer", __name__, template_folder="templates")
THEIRS = frozenset({"visits", "relay", "badges", "contacts", "privacy"})
Word = Annotated[str, AfterValidator(text.clean)]


class Exactly(BaseModel):
    """One visitor, by the number of a visit, or by the whole name with the day or the badge."""

    model_config = ConfigDict(extra="ignore")
    reg_no: Word = Field("", max_length=20)
    name: Word = Field("", max_length=60)
    day: AskedDay = None
    badge: Word = Field("", max_length=8)


class Checked(BaseModel):
    """How they showed who they are."""

    model_config = ConfigDict(extra="ignore")
    check: str = Field(max_length=20)

    @field_validator("check")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in CHECKS:
            raise ValueError(_("Say how you made sure who it is."))
        return value


@web.route(blueprint, "/console/retention/visitor", needs="privacy.answer", methods=("POST",))
def find() -> ResponseReturnValue:
    """The page about one visitor; nothing that was typed stands in an address, and the look is in the journal."""
    web.limit("find visitor", "30/hour", actor().ref)
    form = web.form(Exactly)
    if not form.reg_no and not (form.name and (form.day or form.badge)):
        said = _("A number, or the whole name with the day or the badge.")
        raise Invalid(said, fields={"reg_no": said})
    found = privacy.find(reg_no=form.reg_no, name=form.name, day=form.day, badge=form.badge)
    return jsonify(open=f"/console/retention/visits/{found.token}")


@web.route(blueprint, "/console/retention/visits/<token>", needs="privacy.answer")
def page(token: str) -> ResponseReturnValue:
    """What is needed to decide, and no more: number, day, name, department of the host, which kinds are held."""
    held = privacy.holdings(token)
    privacy.look(token)
    privacy.shown([token])
    visit = visits.by_token(token)
    return web.render(
        "console/one_visitor.html",
        visit=visit,
        held=held,
        names=sorted({one.own.visit.visitor_name for one in held}),
        kinds=[(one, kinds(one)) for one in held],
        here="retention",
        hold=register.of_row(visits.REGISTER, visit.id),
        checks={code: _(words) for code, words in CHECKS.items()},
        contact=company.facts().privacy_mail,
    )


@web.route(blueprint, "/console/visits/<token>/answer", needs="privacy.answer", methods=("POST",))
def answer(token: str) -> ResponseReturnValue:
    """The paper for them, once somebody has made sure who they are."""
    accounts.need_confirmation()
    web.limit("answer visitor", "30/hour", actor().ref)
    check = web.form(Checked).check
    pdf = privacy.answer(token, check, CHECKS[check], _more)
    shown = Response(pdf, mimetype="application/pdf")
    shown.headers["Content-Disposition"] = f'attachment; filename="{_file(visits.by_token(token))}"'
    return shown


def kinds(one: privacy.Holding) -> list[Fact]:
    """Of which kinds something is held, and until when; of what is in it nothing."""
    more = [Fact(part.title, str(len(part.facts))) for part in one.parts]
    return [*one.kept, *more]


def _more(visit: VisitView) -> Iterator[Part]:
    """What was put right, and what happened, without the names of those who did it."""
    said = _("%(field)s: %(old)s, now %(new)s")
    changed = corrections(visit)
    words = [said % {"field": one.field, "old": one.old or "-", "new": one.new or "-"} for one in changed]
    yield Part(_("Put right"), tuple(Fact(moment_of(one.at), line) for one, line in zip(changed, words, strict=True)))
    told = events.tell(_theirs(visit), names=False)
    yield Part(_("What happened"), tuple(Fact(moment_of(one.at), one.words) for one in told))


def _theirs(visit: VisitView) -> list[Event]:
    """What is theirs to know, without what names a colleague whom they did not come to see."""
    found = journal.about(f"visit:{visit.token}")
    hosts = {visit.host_id, None} | {one.person_id for one in found if one.topic == "visits"}
    return [one for one in found if one.person_id in hosts and one.topic in THEIRS]


def _file(visit: VisitView) -> str:
    return f"{visit.reg_no or visit.token}.pdf"
