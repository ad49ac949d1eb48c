"""The clocks of the written procedure (0.7): what each measures, when it warns, and who hears of it."""

from dataclasses import dataclass
from typing import Literal

from shared.lib.i18n import gettext, lazy
from shared.procedure.clauses import Clause, clause

Mark = Literal["warn", "due", "breach"]
What = Literal["resend", "deputy", "backup", "manager", "dept_manager", "reception"]
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder: who hears of it, and when, as seconds after the start or together with a mark.

    A step that `reddens` turns the row red from then on, although the clock is not breached yet.
    """

    what: What
    after: int | Mark
    reddens: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: `warn`, `due` and `breach` are seconds after the start; met at or before breach is in time.

    `time` is wall, or business for working hours of working days. A clock that `ends` with the working day has no
    seconds of its own: it is due at the end of that day, and warns after four fifths of what is left of it.
    """

    key: str
    clause_key: str
    text: str
    done: str
    warn: int
    due: int
    breach: int
    ladder: tuple[Step, ...] = ()
    time: Literal["wall", "business"] = "wall"
    ends: Literal["", "workday"] = ""
    measured: bool = True

    @property
    def clause(self) -> Clause:
        return clause(self.clause_key)

    @property
    def name(self) -> str:
        """What it measures, in the reader's language."""
        return gettext(self.text)

    @property
    def button(self) -> str:
        """What is on the button that settles it, in the past tense and in the reader's language."""
        return gettext(self.done)

    def seconds_of(self, step: Step) -> int:
        """When a step of the ladder is, in seconds after the start."""
        return step.after if isinstance(step.after, int) else int(getattr(self, step.after))


_CATALOGUE = (
    Clock(
        "T01", "一.1.1", lazy("Greet a visitor from the kiosk"), lazy("Greeted"), 30, MINUTE, MINUTE,
        ladder=(Step("backup", 2 * MINUTE),),
    ),
    Clock(
        "T02", "一.1.4", lazy("The host answers"), lazy("Visitor told"), 2 * MINUTE, 3 * MINUTE, 10 * MINUTE,
        ladder=(Step("resend", "due"), Step("deputy", 5 * MINUTE, reddens=True), Step("reception", "breach")),
    ),
    Clock(
        "T03", "一.1.3", lazy("Serve the first tea"), lazy("Served"), 2 * MINUTE, 3 * MINUTE, 3 * MINUTE,
    ),
    Clock(
        "T04", "一.1.5", lazy("Refill the tea"), lazy("Refilled"), 13 * MINUTE, 15 * MINUTE, 18 * MINUTE,
        ladder=(Step("backup", 20 * MINUTE),),
    ),
    Clock(
        "T05", "一.1.6", lazy("Clear the room"), lazy("Cleared"), MINUTE, 2 * MINUTE, 2 * MINUTE,
    ),
    Clock(
        "T06", "一.1.7", lazy("Pass on a visitor's message"), lazy("Was told"), 3 * MINUTE, 5 * MINUTE, 5 * MINUTE,
        ladder=(Step("manager", 10 * MINUTE),),
    ),
    Clock(
        "T08", "二.1.5", lazy("Call back who was missed"), lazy("Called back"), 7 * MINUTE, 10 * MINUTE, 10 * MINUTE,
        time="business", ladder=(Step("backup", "due"),),
    ),
    Clock(
        "T09", "二.1.7", lazy("Pass on a caller's message"), lazy("Was told"), 3 * MINUTE, 5 * MINUTE, 5 * MINUTE,
        ladder=(Step("backup", "due"), Step("manager", 10 * MINUTE)),
    ),
    Clock(
        "T10", "O5", lazy("The recipient confirms a message"), lazy("Repeated"),
        48 * MINUTE, 60 * MINUTE, 60 * MINUTE, time="business",
        ladder=(Step("resend", 30 * MINUTE), Step("deputy", "breach"), Step("dept_manager", 90 * MINUTE)),
    ),
    Clock(
        "T10U", "O5", lazy("The recipient confirms an urgent message"), lazy("Repeated"),
        12 * MINUTE, 15 * MINUTE, 15 * MINUTE, time="business",
        ladder=(
            Step("resend", 5 * MINUTE), Step("resend", 10 * MINUTE), Step("deputy", "breach"),
            Step("dept_manager", 30 * MINUTE),
        ),
    ),
    Clock(
        "T11", "一.1.8", lazy("Reply to visitor or caller the same day"), lazy("Replied"), 0, 0, 0,
        time="business", ends="workday", ladder=(Step("resend", "warn"), Step("dept_manager", "breach")),
    ),
    Clock(
        "T11U", "一.1.8", lazy("Reply to visitor or caller, urgent"), lazy("Replied"),
        24 * MINUTE, 30 * MINUTE, 30 * MINUTE,
        time="business", ladder=(Step("resend", "warn"), Step("dept_manager", "breach")),
    ),
    Clock(
        "T19", "二.1.8", lazy("File the phone register of a year"), lazy("Received"), 72 * HOUR, 90 * HOUR, 90 * HOUR,
        time="business", ladder=(Step("manager", "breach"),),
    ),
    Clock(
        "T29", "一.1.9", lazy("Hand over a full register"), lazy("Received"), 6 * HOUR, 9 * HOUR, 9 * HOUR,
        time="business",
    ),
)  # fmt: skip
DEFAULTS: dict[str, Clock] = {clock.key: clock for clock in _CATALOGUE}
