"""Settings, clocks: when each clock of the procedure warns, is due and is late, and when its ladder takes its steps."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, BeforeValidator, ConfigDict

from console.event_words import STEPS
from shared import accounts, procedure
from shared.lib import web
from shared.lib.errors import Invalid
from shared.lib.i18n import _
from shared.procedure import Clock, Times

blueprint = Blueprint("clocks", __name__, template_folder="templates")
MARKS = ("warn", "due", "breach")


def seconds(written: Any) -> int:
    """15:00 or 90:30 as seconds; ValueError with a sentence for anything else."""
    found = re.fullmatch(r"(\d{1,5}):([0-5]\d)", str(written).strip().replace("：", ":"))
    length = int(found[1]) * 60 + int(found[2]) if found else procedure.LONGEST + 1
    if length > procedure.LONGEST:
        raise ValueError(_("Write minutes and seconds, 15:00."))
    return length


def spoken(length: int) -> str:
    """900 as 15:00."""
    return f"{length // 60}:{length % 60:02d}"


Span = Annotated[int, BeforeValidator(seconds)]


class ClockForm(BaseModel):
    """The times of a clock in minutes and seconds; `step_0` … are the steps of its ladder with a time of their own."""

    model_config = ConfigDict(extra="forbid")
    warn: Span
    due: Span
    breach: Span
    step_0: Span | None = None
    step_1: Span | None = None
    step_2: Span | None = None

    def times(self) -> Times:
        """The same in seconds."""
        steps = [step for step in (self.step_0, self.step_1, self.step_2) if step is not None]
        return Times(warn=self.warn, due=self.due, breach=self.breach, steps=tuple(steps))


@dataclass(frozen=True, slots=True)
class Field:
    """One time of a clock: what it is called, what it is, and what it is until somebody changes it."""

    name: str
    label: str
    value: str
    plain: str


@web.route(blueprint, "/console/clocks", needs="settings.change")
def page() -> ResponseReturnValue:
    """Every clock with its clause, as it is now and as it was meant."""
    known = procedure.clocks()
    shown = [(clock, fields(clock), clock != procedure.DEFAULTS[key]) for key, clock in known.items()]
    return web.render("console/clocks.html", clocks=shown, here="settings")


@web.route(blueprint, "/console/clocks/<key>", needs="settings.change", methods=("POST",))
def change(key: str) -> ResponseReturnValue:
    """Other times, for what starts from now on."""
    accounts.need_confirmation()
    form = web.form(ClockForm)
    try:
        procedure.change(key, form.times())
    except Invalid as refused:
        moved = {"step_0" if name == "steps" else name: said for name, said in refused.fields.items()}
        raise Invalid(refused.sentence, fields=moved) from None
    return jsonify(say=_("Saved. It holds for what starts from now on."), go="/console/clocks")


@web.route(blueprint, "/console/clocks/<key>/default", needs="settings.change", methods=("POST",))
def back_to_default(key: str) -> ResponseReturnValue:
    """The times of the procedure again."""
    accounts.need_confirmation()
    procedure.back_to_default(key)
    return jsonify(say=_("As the procedure says again."), go="/console/clocks")


def fields(clock: Clock) -> list[Field]:
    """The times of a clock that may be changed, in the order in which they come."""
    plain = procedure.DEFAULTS[clock.key]
    if plain.ends:
        return []
    labels = {"warn": _("Soon after"), "due": _("Due after"), "breach": _("Late after")}
    found = [Field(name, labels[name], spoken(getattr(clock, name)), spoken(getattr(plain, name))) for name in MARKS]
    own = zip(procedure.own_times(clock), procedure.own_times(plain), strict=True)
    for place, (step, before) in enumerate(own):
        times = spoken(clock.seconds_of(step)), spoken(plain.seconds_of(before))
        found.append(Field(f"step_{place}", _(STEPS[step.what]), *times))
    return found
