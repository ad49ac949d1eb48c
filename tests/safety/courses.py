"""What visitors do from the door to the cleared room, and which clocks of the procedure must be there afterwards."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WRITERS, VISITS = 4, 25  # of each
COURSES: tuple[tuple[str, ...], ...] = (
    ("comes",),
    ("comes", "greeted", "answered", "seated", "served", "left", "cleared"),
    ("comes", "thirstless", "left", "cleared"),
    ("comes", "message"),
    ("comes", "answered", "seated", "left", "cleared"),
)
MESSAGES: tuple[tuple[str, ...], ...] = (
    ("reached", "confirmed", "replied"),
    ("reached",),
    ("confirmed",),
    ("replied",),
    (),
)
STAYS = (("comes", "seated"), ("comes", "greeted", "seated", "served"), ("comes", "seated", "served", "left"))
Say = Callable[[str, str, dict[str, Any]], dict[str, Any]]
Row = tuple[str, str, str]


def course(place: int, number: int) -> tuple[str, ...]:
    """What this visitor of a writer does; the last three stay as they are, each in a room of their own."""
    if number >= VISITS - len(STAYS):
        return STAYS[number - VISITS]
    chosen = COURSES[number % len(COURSES)]
    return chosen + MESSAGES[(place + number // len(COURSES)) % len(MESSAGES)] if "message" in chosen else chosen


FACTS = sum(len(course(place, number)) for place in range(WRITERS) for number in range(VISITS))


@dataclass
class Clocks:
    """Those that must run, and those that must have ended, with how."""

    running: set[tuple[str, str]] = field(default_factory=set)
    ended: Counter[Row] = field(default_factory=Counter)

    def start(self, subject: str, *keys: str) -> None:
        self.running |= {(subject, key) for key in keys}

    def end(self, how: str, subject: str, *keys: str) -> None:
        """Those of `keys` that run have ended; a clock that does not run is left alone."""
        for one in [(subject, key) for key in keys if (subject, key) in self.running]:
            self.running.remove(one)
            self.ended[*one, how] += 1

    def all(self) -> Counter[Row]:
        return self.ended + Counter({(*one, "open"): 1 for one in self.running})


@dataclass
class Visitor:
    """One who comes, and everything that is said about them until it is acknowledged; `clocks` is what follows."""

    say: Say
    clocks: Clocks
    who: dict[str, Any]
    room: str
    token: str = ""
    message_token: str = ""

    @property
    def visit(self) -> str:
        return f"visit:{self.token}"

    @property
    def inside(self) -> str:
        return f"room:{self.room}"

    @property
    def relay(self) -> str:
        return f"relay:{self.message_token}"

    def comes(self) -> None:
        self.token = self.say("kiosk", "/api/v1/visits", self.who)["token"]
        self.clocks.start(self.visit, "T01", "T02")

    def greeted(self) -> None:
        self.say("console", f"/console/visits/{self.token}/greeting", {})
        self.clocks.end("met", self.visit, "T01")

    def answered(self) -> None:
        self.say("console", f"/console/visits/{self.token}/host-answer", {"answer": "coming"})
        self.clocks.end("met", self.visit, "T02")

    def seated(self, drink: str = "tea") -> None:
        self.say("console", f"/api/v1/visits/{self.token}/seat", {"room": int(self.room), "drink": drink})
        self.clocks.end("met", self.visit, "T01")
        if drink != "none":
            self.clocks.start(self.inside, "T03")

    def thirstless(self) -> None:
        self.seated("none")

    def served(self) -> None:
        self.say("console", f"/api/v1/rooms/{self.room}/tea", {})
        self.clocks.end("met", self.inside, "T03")
        self.clocks.start(self.inside, "T04")

    def left(self) -> None:
        self.say("console", f"/api/v1/visits/{self.token}/departure", {"badge_returned": True})
        self.clocks.end("dropped: left", self.visit, "T01", "T02")
        self.clocks.end("dropped: left", self.inside, "T03", "T04")
        self.clocks.start(self.inside, "T05")

    def cleared(self) -> None:
        done = dict.fromkeys(("cups", "table", "tidy"), True)
        self.say("console", f"/api/v1/rooms/{self.room}/clearing", done)
        self.clocks.end("met", self.inside, "T05")

    def message(self) -> None:
        said = {"from_name": "陈嘉豪", "no_call_back": True, "message": "样张今天下午送到", "urgency": "urgent"}
        left = said | {"visit": self.token, "reply_required": True, "read_back": True}
        self.message_token = self.say("console", "/api/v1/relays", left)["token"]
        self.clocks.end("met", self.visit, "T01")
        self.clocks.end("dropped: message", self.visit, "T02")
        self.clocks.start(self.relay, "T06", "T10U")

    def reached(self) -> None:
        self.say("console", f"/api/v1/relays/{self.message_token}/attempts", {"channel": "mobile", "result": "reached"})
        self.clocks.end("met", self.relay, "T06")

    def confirmed(self) -> None:
        self.say("console", f"/api/v1/relays/{self.message_token}/confirmation", {})
        self._understood()

    def replied(self) -> None:
        """Who replies has understood, whether that was noted before or not."""
        self.say("console", f"/api/v1/relays/{self.message_token}/reply", {"summary": "已回电"})
        self._understood()
        self.clocks.end("met", self.relay, "T11U")

    def _understood(self) -> None:
        if (self.relay, "T10U") in self.clocks.running:
            self.clocks.end("met", self.relay, "T06", "T10U")
            self.clocks.start(self.relay, "T11U")
