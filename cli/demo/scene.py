"""Who is at the demo desk at this moment, who has left today, and who is still to come (procedure 5.3, visits)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

DAY = timedelta(days=1)
ROUND = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Guest:
    """One visitor of today. Times are minutes from now: negative ones have passed, None has not happened."""

    name: str
    company: str
    purpose: str
    host: str
    party: int = 1
    expected: float | None = None
    arrived: float | None = None
    seen: float | None = None
    answer: str = ""
    minutes: int | None = None
    answered: float | None = None
    greeted: bool = True
    met: float | None = None
    left: float | None = None
    asked: float | None = None
    badge_back: bool = True
    language: str = "zh_Hans"
    room: str = ""
    seated: float | None = None
    drink: str = "tea"
    tea: tuple[float, ...] = ()


GUESTS = (
    Guest("袁立", "恒达电梯", "maintenance", "曹建国", expected=-90, arrived=-95, answer="coming", answered=-94,
          met=-90, left=-56),
    Guest("邹雨薇", "", "interview", "唐丽娟", expected=-75, arrived=-78, answer="minutes", minutes=5, answered=-76,
          met=-72, left=-39, badge_back=False),
    Guest("周启明", "华南仪器", "business", "王磊", expected=-60, arrived=-62, answer="coming", answered=-61,
          met=-58, left=-1.5, room="兰", seated=-58, tea=(-56, -42, -28, -14)),
    Guest("罗小军", "飞燕速运", "delivery", "方志远", arrived=-21, asked=-20, left=-18),
    Guest("陈嘉豪", "深蓝物联", "business", "王建明", expected=-15, arrived=-20, answer="minutes", minutes=2,
          answered=-19, met=-16, room="竹", seated=-16, tea=(-16,)),
    Guest("孟庆远", "明道咨询", "meeting", "沈若澜", party=2, expected=-10, arrived=-14, answer="coming", answered=-13,
          met=-9, room="菊", seated=-9, tea=(-9,)),
    Guest("何一帆", "", "interview", "尉迟明", expected=0, arrived=-4, seen=-3, room="等候区", seated=-3.5,
          drink="none"),
    Guest("彭先生", "", "sales", "陆总", arrived=-4 / 3, greeted=False),
    Guest("刘思远", "华东精工", "business", "吕志强", expected=0),
    Guest("沈知夏", "青木设计", "meeting", "李娜", expected=30),
    Guest("José García", "Solaria", "business", "朴信爱", expected=180, language="en"),
    Guest("김민수", "한빛무역", "business", "朴信爱", expected=210, language="en"),
    Guest("郑书言", "", "interview", "尉迟明", expected=240),
    Guest("张弛", "恒达电梯", "maintenance", "曹建国", expected=330),
)  # fmt: skip
GREETED = 0.3  # minutes after somebody came


@dataclass(frozen=True, slots=True)
class Ring:
    """One call of today; one that says nothing was missed, one that `asks` wanted a number too. Times are minutes from
    now.
    """

    number: str
    rang: float
    name: str = ""
    company: str = ""
    wanted: str = ""
    words: str = ""
    saved: float = 0
    not_reached: float = 0
    asks: bool = False


RINGS = (
    Ring("154 0000 0921", -9),
    Ring(
        "154 0000 0318",
        -5,
        "罗敏",
        "税务局",
        "单玉芬",
        "发票抬头要改，今天回个电话",
        saved=-11 / 3,
        not_reached=-2.5,
        asks=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who is not in: for so many minutes from now, or through so many days after today."""

    name: str
    state: str
    minutes: float = 0
    days: int | None = None
    note: str = ""
    reception: bool = False


ABSENCES = (
    Absence("李娜", "out", 270),
    Absence("高翔", "meeting", 45),
    Absence("宋佳怡", "meeting", 25),
    Absence("任远", "out", 90, note="去法院, 手机静音", reception=True),
    Absence("邓婕", "leave", days=2),
    Absence("赵磊", "leave", days=0),
)
EARLIEST, LATEST = 120, 340  # minutes the scene reaches back and ahead


class Day:
    """Turns minutes from now into moments of today: what does not fit before or after midnight moves together."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.start = datetime.combine(now.date(), time(), now.tzinfo)
        self.end = self.start + DAY - timedelta(minutes=1)
        self.back = min(1.0, (now - self.start) / timedelta(minutes=EARLIEST))
        self.ahead = min(1.0, max(timedelta(0), self.end - now) / timedelta(minutes=LATEST))

    def at(self, minutes: float) -> datetime:
        """The moment something happened, or will."""
        factor = self.back if minutes < 0 else self.ahead
        return self.now + timedelta(seconds=round(minutes * factor * 60))

    def agreed(self, minutes: float) -> datetime:
        """The time that was agreed: on five minutes, not before now when it is to come, and today."""
        since = self.at(minutes) - self.start
        return min(self.start + -(-since // ROUND) * ROUND, self.end)
