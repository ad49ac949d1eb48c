"""Who calls the demo desk, whom they want and what about: people of the visitor pool, and some whom nobody knows."""

from dataclasses import dataclass
from random import Random

from cli.demo.history import INTERVIEWERS, TEAMS
from cli.demo.people import Employee, named, team
from cli.demo.visitors import Names, Visitor, pool

KINDS = {"client": 58, "supplier": 20, "maintenance": 7, "government": 3, "alone": 12}
APPLICANTS = 40
ENGLISH = (
    "Asks whether Thursday's call can move to 3 pm",
    "The signed contract is on its way",
    "Wants the invoice sent again as a PDF",
    "Asks who looks after support from now on",
)
ABOUT = {
    "client": (
        "问报价单第二版什么时候发", "约下周二下午过来谈合同", "样机收到了，有两处要问", "问验收会改到几点",
        "想对一下项目进度", "合同已盖章，问寄到哪里", "接口文档打不开，请重发",
    ),
    "supplier": ("送货单少一个签字", "问上月货款什么时候付", "新报价已发邮件，请查收", "送水改到周四上午"),
    "maintenance": ("电梯年检要改日期", "空调滤网明天上午来换", "消防巡检需要人陪同"),
    "government": ("通知补交一份材料", "请确认申报联系人"),
    "alone": ("问面试能不能改到下午", "问录用通知什么时候发", "简历已更新，请重新查看"),
    "sales": ("推荐企业培训课程", "介绍团体保险方案", "推销办公室租赁"),
}  # fmt: skip
ASKED = ("问公司地址和停车", "问开票信息，已告知", "问快递几点收件", "确认明天的来访时间", "问节假日是否上班")
TITLES = ("", "", "", "经理", "会计", "助理", "工程师")
COMPLAINTS = ("说上午打了三次没人接", "觉得前台说话太快")


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody on the phone: nobody has a name who did not say it."""

    name: str
    company: str
    kind: str
    number: str
    foreign: bool = False


class Callers:
    """Everybody who might call; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        people = pool(seed)
        names = Names(Random(f"callers {seed}"))
        names.taken |= {one.name for one in people}
        alone = [Caller(names.new(), "", "alone", stranger(1000 + place)) for place in range(APPLICANTS)]
        self.of_kind: dict[str, list[Caller]] = {"alone": alone}
        for one in people:
            self.of_kind.setdefault(one.kind, []).append(_caller(one))

    def somebody(self, random: Random) -> Caller:
        """Whoever has something to say to somebody here."""
        return random.choice(self.of_kind[random.choices(list(KINDS), list(KINDS.values()))[0]])

    def seller(self, random: Random) -> Caller:
        return random.choice(self.of_kind["sales"])


def stranger(place: int) -> str:
    """A number that belongs to nobody."""
    return f"+861540000{place:04d}"


def _caller(one: Visitor) -> Caller:
    return Caller(one.name, one.company, one.kind, f"+86{one.phone}", one.language == "en")


def about(random: Random, caller: Caller) -> str:
    """What they call about."""
    return random.choice(ENGLISH if caller.foreign else ABOUT[caller.kind])


def wanted(random: Random, caller: Caller) -> Employee:
    """Whom they want: never one of those who are not to be disturbed."""
    if caller.kind == "alone":
        return named(random.choice(INTERVIEWERS))
    if caller.kind == "maintenance":
        return named(random.choice(("曹建国", "曹建国", "方志远")))
    teams = TEAMS["business" if caller.kind == "client" else caller.kind]
    return random.choice([one for one in team(random.choice(teams)) if not one.protected])
