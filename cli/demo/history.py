"""What happened at the demo desk until yesterday: the same for the same seed, day by day (procedure 5.2)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from cli.demo.days import working_days
from cli.demo.people import Employee, named, team
from cli.demo.visitors import Names, Visitor, phone, pool

ARRIVALS = (9, 12, 11, 10, 8, 10, 10)  # a day, Monday first; the last two are made-up working days
PURPOSES = {
    "business": 35, "meeting": 15, "supplier": 15, "interview": 12, "maintenance": 8,
    "sales": 7, "private": 2, "other": 2, "tour": 3, "government": 1,
}  # fmt: skip
KINDS = {"business": "client", "meeting": "client", "tour": "client"}  # whose people come for it; else its own name
ALONE = frozenset({"interview", "private", "other"})  # come for themselves, with no firm, once
CHANNELS = {"interview": (1.0, 0.0), "sales": (0.0, 0.25), "private": (0.3, 0.4), "other": (0.1, 0.6)}
CHANNEL = (0.57, 0.155)  # invited, and here for the first time without being invited
NO_SHOW = 0.03
TEAMS = {
    "business": ("销售部", "销售部", "市场部", "研发部"),
    "meeting": ("研发部", "市场部", "销售部", "总经办"),
    "supplier": ("行政人事部", "财务部", "市场部"),
    "tour": ("市场部",),
    "government": ("财务部", "法务合规部"),
    "private": ("客服部", "研发部", "财务部"),
    "other": ("客服部", "行政人事部"),
}
INTERVIEWERS = ("唐丽娟", "尉迟明", "李强", "吕志强", "解文静", "许慧")
NOTES = {"other": ("送回证件", "取样品", "失物认领"), "supplier": ("对账", "送样", "合同续签", "报价")}
SOMEBODY = ("采购负责人", "市场负责人", "老板", "人事负责人")
CLOSING = time(20)


@dataclass(frozen=True, slots=True)
class Past:
    """One visit as it was. `host` is nobody when the visitor asked for somebody who could not be found."""

    visitor: Visitor
    purpose: str
    note: str
    party: int
    host: Employee | None
    host_text: str
    state: str
    expected: datetime | None
    arrived: datetime | None = None
    answer: str | None = None
    minutes: int | None = None
    answered: datetime | None = None
    met: datetime | None = None
    left: datetime | None = None
    how: str | None = None
    first: bool = False
    at_kiosk: bool = True
    badge: int | None = None
    badge_back: bool = False
    phone: str | None = None
    remark: str = ""


class History:
    """The register of the demo desk from `first` on. Each day has its own dice, so that days can be added later."""

    def __init__(self, seed: int, first: date, zone: ZoneInfo) -> None:
        self.seed, self.first, self.zone = seed, first, zone
        self.people = pool(seed)
        self.names = Names(Random(f"alone {seed}"))
        self.names.taken |= {one.name for one in self.people}
        self.seen = {one.name for one in self.people if one.regular}
        self.alone = 0

    def days(self, until: date) -> Iterator[tuple[date, list[Past]]]:
        """Every working day before `until`, in order, with its visits in order of arrival."""
        for day in working_days(self.first, until):
            yield day, self._day(day)

    def _day(self, day: date) -> list[Past]:
        random = Random(f"{self.seed} {day}")
        mean = ARRIVALS[day.weekday()]
        count = max(2, round(random.gauss(mean, math.sqrt(mean))))
        arrivals = sorted(self._moment(random, day) for _ in range(count))
        visits = [self._visit(random, at) for at in arrivals]
        came = [replace(visit, badge=place) for place, visit in enumerate(visits, start=1)]
        if came and random.random() < 0.2:
            forgotten = random.randrange(len(came))
            closing = datetime.combine(day, CLOSING, self.zone)
            came[forgotten] = replace(came[forgotten], left=closing, how="auto", badge_back=False)
        absent = [self._no_show(random, visit) for visit in came if visit.expected and random.random() < NO_SHOW]
        return came + absent

    def _moment(self, random: Random, day: date) -> datetime:
        """Most come around 10:00 or 14:30, nobody before 8:40 or after 17:40."""
        peak, width = (600, 48) if random.random() < 0.55 else (870, 62)
        minute = 0.0
        while not 520 <= minute <= 1060:
            minute = random.gauss(peak, width)
        return datetime.combine(day, time(), self.zone) + timedelta(seconds=round(minute * 60))

    def _visit(self, random: Random, at: datetime) -> Past:
        purpose = random.choices(list(PURPOSES), list(PURPOSES.values()))[0]
        invited, new = CHANNELS.get(purpose, CHANNEL)
        die = random.random()
        visitor, first = self._visitor(random, purpose, first=invited <= die < invited + new)
        host = self._host(random, purpose, invited=die < invited)
        visit = Past(
            visitor=visitor,
            purpose=purpose,
            note=random.choice(NOTES[purpose]) if purpose in NOTES else "",
            party=_party(random, purpose),
            host=host,
            host_text="" if host else random.choice(SOMEBODY),
            state="left",
            expected=_agreed(random, at) if die < invited else None,
            arrived=at,
            first=first,
            at_kiosk=random.random() < 0.72,
            phone=visitor.phone if random.random() < 0.15 else None,
        )
        return _plain(_outcome(random, visit))

    def _visitor(self, random: Random, purpose: str, *, first: bool) -> tuple[Visitor, bool]:
        if purpose in ALONE:
            self.alone += 1
            return Visitor(self.names.new(), "", "alone", phone(1000 + self.alone)), True
        kind = KINDS.get(purpose, purpose)
        of_kind = [one for one in self.people if one.kind == kind]
        new = [one for one in of_kind if one.name not in self.seen]
        if first and new:
            self.seen.add(new[0].name)
            return new[0], True
        back = [one for one in of_kind if one.name in self.seen] or of_kind
        chosen = random.choices(back, [3 if one.known else 1 for one in back])[0]
        self.seen.add(chosen.name)
        return chosen, False

    def _host(self, random: Random, purpose: str, *, invited: bool) -> Employee | None:
        if purpose == "interview":
            return named(random.choice(INTERVIEWERS))
        if purpose == "maintenance":
            return named(random.choice(("曹建国", "曹建国", "方志远")))
        if purpose == "sales" and random.random() < 0.4:
            return None
        found = random.choice(team(random.choice(TEAMS.get(purpose, ("市场部", "行政人事部")))))
        return found if invited or not found.protected else random.choice(team("销售部"))

    def _no_show(self, random: Random, like: Past) -> Past:
        """Somebody who was expected the same day and did not come."""
        people = [one for one in self.people if one.kind == "client" and one.name in self.seen]
        return Past(
            visitor=random.choice(people),
            purpose="meeting",
            note="",
            party=1,
            host=like.host,
            host_text="",
            state="no_show",
            expected=like.expected,
        )


def _outcome(random: Random, visit: Past) -> Past:
    """Met 80, absent 12, declined 3, left alone 1, delivered only 4 in 100 (procedure 5.2)."""
    if visit.purpose == "supplier" and random.random() < 0.27:
        return _gone(random, visit, (2, 8), purpose="delivery", note="")
    if visit.host is None or (visit.purpose == "sales" and random.random() < 0.12):
        return _gone(random, visit, (2, 6), state="refused", remark="已谢绝")
    what = random.choices(("met", "message", "again", "alone"), (86, 9.7, 3.2, 1.1))[0]
    if what == "met":
        return _met(random, visit)
    if what == "alone":
        return _gone(random, visit, (6, 20))
    answered = visit.arrived + timedelta(seconds=random.randint(40, 280)) if visit.arrived else None
    absent = replace(visit, answer="cannot", answered=answered)
    if what == "again":
        return _gone(random, absent, (6, 14), remark="被访人不在，下次再来")
    return _gone(random, absent, (6, 16), remark="被访人不在，已留言", phone=visit.visitor.phone)


def _met(random: Random, visit: Past) -> Past:
    assert visit.arrived is not None
    answer = random.choices(("coming", "minutes", "wait"), (60, 30, 10))[0]
    minutes = random.choice((2, 5, 5, 10)) if answer == "minutes" else None
    answered = visit.arrived + timedelta(seconds=_patience(random.randint(15, 200)))
    met = answered + timedelta(seconds=random.randint(50, 240)) + timedelta(minutes=(minutes or 0) * 0.8)
    stay = min(240.0, max(3.0, random.lognormvariate(math.log(40), 0.7)))
    left = max(visit.arrived + timedelta(minutes=stay), met + timedelta(minutes=3))
    closing = datetime.combine(left.date(), CLOSING, left.tzinfo)
    if left >= closing:
        left = closing - timedelta(seconds=random.randint(60, 2400))
    how = random.choices(("kiosk", "badge", "console", "host"), (30, 35, 25, 10))[0]
    return replace(
        visit, answer=answer, minutes=minutes, answered=answered, met=met, left=left, how=how,
        badge_back=random.random() < 0.97,
    )  # fmt: skip


def _patience(seconds: int) -> int:
    """Seven hosts in a hundred let more than ten minutes go by."""
    return seconds if seconds <= 187 else 600 + (seconds - 187) * 25


def _gone(random: Random, visit: Past, minutes: Sequence[int], **what: object) -> Past:
    assert visit.arrived is not None
    left = visit.arrived + timedelta(seconds=random.randint(minutes[0] * 60, minutes[1] * 60))
    answered = min(visit.answered, left) if visit.answered else None
    return replace(visit, left=left, how="console", badge_back=True, answered=answered, **what)  # type: ignore[arg-type]


def _plain(visit: Past) -> Past:
    """Suppliers come on business; whole seconds."""
    seconds = {
        name: value.replace(microsecond=0)
        for name in ("answered", "met", "left")
        if (value := getattr(visit, name)) is not None
    }
    purpose = "business" if visit.purpose == "supplier" else visit.purpose
    return replace(visit, purpose=purpose, **seconds)


def _party(random: Random, purpose: str) -> int:
    if purpose in ALONE or purpose == "delivery":
        return 1
    return random.choices((1, 2, 3, 4, 6), (68, 18, 8, 4, 2))[0]


def _agreed(random: Random, arrived: datetime) -> datetime:
    """The time that was agreed: on a half hour, and people come a little before or after it."""
    half = timedelta(minutes=30)
    midnight = arrived.replace(hour=0, minute=0, second=0, microsecond=0)
    early = timedelta(minutes=random.randint(-9, 14))
    return midnight + round((arrived + early - midnight) / half) * half
