"""The roll call at the console: one tap begins it, every warden's page marks and sees what the others mark."""

import json
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console import events
from console.roll_call_words import paper_words, script_words, state_words
from shared import journal, roll_call
from shared.lib import clock, i18n, web
from shared.lib.clock import rfc3339
from shared.lib.i18n import _, format_time
from shared.roll_call import CallView, MarksForm, MarkView, StartForm

blueprint = Blueprint("roll_call", __name__, template_folder="templates")
LAST = 12  # calls on the page; older ones are in the journal


class Since(BaseModel):
    """What a page has: the call it shows, and the last mark of it."""

    model_config = ConfigDict(extra="ignore")
    call: str = Field("", max_length=64)
    after: int = Field(0, ge=0, le=2**31)


class Ended(BaseModel):
    """Nothing more is said when a call ends."""

    model_config = ConfigDict(extra="forbid")


@web.route(blueprint, "/console/roll-call", needs="roll_calls.hold")
def page() -> ResponseReturnValue:
    """The call that runs, or who is on site and the way to begin one."""
    earlier = roll_call.earlier(LAST)
    named = Names()
    return web.render(
        "console/roll_call.html",
        here="roll-call",
        roll=rendered(),
        earlier=[titled(one, named) for one in earlier],
        roll_words=script_words(),
    )


@web.route(blueprint, "/console/roll-call/list", needs="roll_calls.hold")
def fragment() -> ResponseReturnValue:
    """The list alone, for a page that has another."""
    return web.fragment(rendered(), journal.last_seq())


@web.route(blueprint, "/console/roll-call/state", needs="roll_calls.hold")
def state() -> ResponseReturnValue:
    """Which call runs, how long its list is, and what was said since."""
    asked, call = web.query(Since), roll_call.running()
    if call is None:
        return jsonify(call=None)
    same, named = asked.call == call.token, Names()
    marks = [said(mark, named) for mark in roll_call.marks_after(call, asked.after if same else 0)]
    return jsonify(
        call=call.token, drill=call.drill, people=roll_call.size(call), marks=marks, title=title(call, named)
    )


@web.route(blueprint, "/console/roll-call", needs="roll_calls.hold", methods=("POST",))
def start() -> ResponseReturnValue:
    """Begins a call, or joins the one that runs."""
    form = web.form(StartForm)
    return web.once(lambda: {"call": roll_call.start(form)[0].token})


@web.route(blueprint, "/console/roll-call/<token>/marks", needs="roll_calls.hold", methods=("POST",))
def mark(token: str) -> ResponseReturnValue:
    """Takes what a device has to say: each mark once, however often it comes."""
    made = roll_call.mark(token, web.form(MarksForm))
    return jsonify(taken=made.taken, refused=made.refused)


@web.route(blueprint, "/console/roll-call/<token>/ending", needs="roll_calls.hold", methods=("POST",))
def end(token: str) -> ResponseReturnValue:
    """The call is over; its report follows."""
    web.form(Ended)
    return web.once(lambda: {"go": f"/console/roll-call/{roll_call.end(token).token}"})


@web.route(blueprint, "/console/roll-call/<token>", needs="roll_calls.hold")
def report(token: str) -> ResponseReturnValue:
    """What a call came to."""
    call, named = roll_call.one(token), Names()
    made = roll_call.report(call)
    people = {one.subject: one for one in made.people}
    marks = [(said(mark, named), people[mark.subject], mark) for mark in made.marks]
    told = {"report": made, "title": title(call, named), "marks": marks, "who": named.of, "took": took(made.seconds)}
    return web.render("console/roll_call_report.html", here="roll-call", state_name=roll_call.state_name, **told)


@web.route(blueprint, "/console/roll-call/paper", needs="roll_calls.hold")
def paper() -> ResponseReturnValue:
    """The list for a clipboard, in both languages: the call that runs, or who is on site now."""
    call = roll_call.running()
    people = roll_call.people(call) if call else [one.view for one in roll_call.on_site()]
    both = {code: paper_words(code) for code in i18n.LANGUAGES}
    return web.render("console/roll_call_paper.html", call=call, people=people, both=both, count=heads(people))


def rendered() -> str:
    """The list as it is now: the same for a page, for news, and for a device that keeps it."""
    call, named = roll_call.running(), Names()
    people = roll_call.people(call) if call else [one.view for one in roll_call.on_site()]
    before = roll_call.earlier(1)
    shown: dict[str, Any] = {"call": call, "people": people, "count": heads(people), "now": clock.now()}
    shown |= {"title": title(call, named) if call else "", "before": before[0] if before else None}
    shown |= {"marks": [mark for one in people for mark in one.marks], "size": len(people)}
    shown |= {"said": lambda marks: json.dumps([said(mark, named) for mark in marks], ensure_ascii=False)}
    shown |= {"words": state_words(), "states": [(code, roll_call.state_name(code)) for code in roll_call.ORDER]}
    return web.render("console/_roll_call.html", **shown)


class Names:
    """Who the wardens are, looked up once, and only when somebody has said something."""

    def __init__(self) -> None:
        self.known: dict[str, str] | None = None

    def of(self, ref: str) -> str:
        if ref.startswith("token"):
            return _("a program")
        if self.known is None:
            self.known = events.names()
        return self.known.get(ref, "")


def said(mark: MarkView, named: Names) -> dict[str, Any]:
    """A mark as pages read it."""
    facts = {"id": mark.id, "subject": mark.subject, "key": mark.key, "state": mark.state, "by": mark.by}
    facts |= {"who": named.of(mark.by), "time": format_time(mark.said_at), "said_at": rfc3339(mark.said_at)}
    return facts | {"withdraws": list(mark.withdraws)}


def title(call: CallView, named: Names) -> str:
    """Which call it is, since when, and who began it."""
    when = {"time": format_time(call.started_at), "name": named.of(call.started_by)}
    return (
        _("Drill since %(time)s, begun by %(name)s") if call.drill else _("Since %(time)s, begun by %(name)s")
    ) % when


def titled(call: CallView, named: Names) -> dict[str, Any]:
    """A call of the list of earlier ones."""
    made = roll_call.report(call)
    took_ = took(made.seconds)
    return {"call": call, "who": named.of(call.started_by), "found": made.found, "total": made.total, "took": took_}


def took(seconds: int | None) -> str:
    """4:05, for so many seconds; empty for none."""
    return "" if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


def heads(people: Any) -> dict[str, int]:
    """How many visitors, with all of their parties, and how many of the staff."""
    return {
        "visitors": sum(one.party_size for one in people if not one.staff),
        "staff": sum(1 for one in people if one.staff),
    }
