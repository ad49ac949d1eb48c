"""What the desk forgets and when: the schedule, what each run erased, what is held; one visitor forgotten or kept."""

from dataclasses import dataclass
from typing import Annotated, Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from console import events
from shared import accounts, register, visits
from shared.lib import db, i18n, text, web
from shared.lib.forms import Day
from shared.lib.i18n import _
from shared.lib.web.once import forget_keys, naming
from shared.register import Log, Rule, Run
from shared.visits import VisitView

blueprint = Blueprint("retention", __name__, template_folder="templates")


class Running(BaseModel):
    """A run, or only its rehearsal."""

    model_config = ConfigDict(extra="forbid")
    rehearsal: bool = False


class Holding(BaseModel):
    """Why something is kept beyond its time, and until when if that is known."""

    model_config = ConfigDict(extra="forbid")
    reason: Annotated[str, AfterValidator(text.clean)] = Field(min_length=1, max_length=200)
    until: Day | None = None

    @field_validator("until", mode="before")
    @classmethod
    def _nothing(cls, value: object) -> object:
        return value or None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the schedule."""

    rule: Rule | Log

    @property
    def what(self) -> str:
        return _(self.rule.what)

    @property
    def then(self) -> str:
        return _(self.rule.then)

    @property
    def days(self) -> str:
        days = self.rule.days()
        if not days:
            return _("until its last day")
        said = i18n.ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
        return f"{said} {_(self.rule.since)}" if self.rule.since else said


@web.route(blueprint, "/console/retention", needs="privacy.read")
def page() -> ResponseReturnValue:
    """The schedule, the last runs, and what is held."""
    kept = register.holds(visits.REGISTER)
    rules: list[Rule | Log] = [rule for one in register.registers() for rule in one.rules]
    shown = {row.id: row for row in (visits.one(one.row_id) for one in kept)}
    return web.render(
        "console/retention.html",
        lines=sorted((Line(one) for one in (*rules, *register.logs())), key=lambda line: line.rule.code),
        runs=register.runs(),
        erased=lambda run: sum(run.counts.values()),
        held=[(one, shown[one.row_id]) for one in kept],
        names=events.names(),
        here="retention",
    )


@web.route(blueprint, "/console/retention/run", needs="privacy.erase", methods=("POST",))
def run() -> ResponseReturnValue:
    """Runs the schedule now, or counts what it would erase."""
    accounts.need_confirmation()
    form = web.form(Running)
    done = register.run(rehearsal=form.rehearsal)
    return jsonify(say=told(done), counts=done.counts, held=done.held, go="/console/retention")


@web.route(blueprint, "/console/visits/<token>/erasure", needs="privacy.erase", methods=("POST",))
def erase(token: str) -> ResponseReturnValue:
    """A visitor asks to be forgotten (procedure 4.7)."""
    accounts.need_confirmation()
    answered = _answered([one.visit for one in visits.own(token)])

    def forget() -> dict[str, Any]:
        count = visits.erase(token)
        forget_keys(answered)
        said = i18n.ngettext("Erased from %(count)s visit.", "Erased from %(count)s visits.", count)
        return {"say": said % {"count": count}, "visits": count}

    erased = web.once(forget)
    db.cut_log()
    return erased


@web.route(blueprint, "/console/visits/<token>/hold", needs="privacy.erase", methods=("POST",))
def hold(token: str) -> ResponseReturnValue:
    """This visit is kept beyond its time, for a reason."""
    form = web.form(Holding)

    def keep() -> dict[str, Any]:
        visits.hold(token, form.reason, form.until)
        return {"say": _("Kept until %(day)s.") % {"day": i18n.format_date(form.until)} if form.until else _("Kept.")}

    return web.once(keep)


@web.route(blueprint, "/console/visits/<token>/hold/removal", needs="privacy.erase", methods=("POST",))
def lift(token: str) -> ResponseReturnValue:
    """The reason is gone."""

    def let_go() -> dict[str, Any]:
        visits.lift(token)
        return {"say": _("No longer kept beyond its time.")}

    return web.once(let_go)


def _answered(known: list[VisitView]) -> list[tuple[str, str]]:
    """What was answered to devices and programs about these visits, which a repeat would say again."""
    return naming([word for visit in known for word in (visit.token, visit.visitor_name) if len(word) > 1])


def told(done: Run) -> str:
    """A run in one sentence."""
    count = sum(done.counts.values())
    if done.rehearsal:
        said = i18n.ngettext("%(count)s entry would be erased.", "%(count)s entries would be erased.", count)
    else:
        said = i18n.ngettext("%(count)s entry was erased.", "%(count)s entries were erased.", count)
    return said % {"count": count}
