"""The demo company's sixty people, with the names a front desk stumbles over (procedure 5.1)."""

from dataclasses import dataclass

COMPANY, COMPANY_EN = "星禾信息科技", "Xinghe Information Technology"
PRIVACY_MAIL = "privacy@example.com"
PROTECTED = "总经办"

# Department and its English name; then name, title, and what somebody calls themselves. The first one leads it.
_STAFF = """
# 总经办 | Executive Office
陆景行 总经理
沈若澜 副总经理
顾清 总经理助理
# 行政人事部 | Administration and HR
韩雪梅 行政经理
林晓彤 行政前台
周雨欣 代班前台
方志远 行政专员
唐丽娟 人事专员
曹建国 后勤主管
# 财务部 | Finance
单玉芬 财务经理
曾国华 总账会计
郭婷 出纳
贺明 成本会计
仇晓英 税务会计
# 市场部 | Marketing
解文静 市场经理
王建明 渠道主管
李娜 品牌主管
张伟 活动策划
徐子涵 内容编辑
欧阳晨 平面设计
陈艾玛 海外推广 Emma Chen
# 销售部 | Sales
吕志强 销售经理
王伟 大客户销售
张伟 区域销售
刘洋 区域销售
陈静 销售支持
杨帆 区域销售
赵磊 解决方案顾问
黄俊 区域销售
区海峰 华南区主管
朴信爱 海外销售
马晓军 区域销售
买买提·艾力 西北区主管
# 研发部 | R&D
尉迟明 研发经理
李强 架构师
王磊 后端工程师
王伟 前端工程师
孙浩 后端工程师
朱敏 测试工程师
胡斌 嵌入式工程师
高翔 嵌入式工程师
何佳 产品经理
罗俊杰 运维工程师
梁宇 算法工程师
宋佳怡 交互设计师
谢文博 前端工程师
郑凯 后端工程师
冯程程 测试工程师
于洋 数据工程师
董航 硬件工程师
萧䶮 算法工程师
# 客服部 | Customer Care
许慧 客服经理
邓婕 客服专员
彭丽 客服专员
蒋欣 客服专员
蔡明轩 技术支持
魏来 客服专员
# 法务合规部 | Legal and Compliance
任远 法务经理
查晓文 合规专员
盖丽君 法务专员
"""

# Who goes when somebody cannot; without a line here the department's second goes, and for the second its first.
DEPUTIES = {
    "陆景行": "顾清",
    "沈若澜": "顾清",
    "顾清": "沈若澜",
    "林晓彤": "周雨欣",
    "周雨欣": "林晓彤",
    "韩雪梅": "方志远",
    "王建明": "李娜",
    "李娜": "王建明",
    "唐丽娟": "方志远",
    "尉迟明": "李强",
}


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody of the demo company; `place` is the place in the list, counted from 0."""

    place: int
    name: str
    title: str
    alias: str
    department: str
    leads: bool

    @property
    def protected(self) -> bool:
        return self.department == PROTECTED

    @property
    def number(self) -> str:
        return f"XH{self.place + 1:03d}"

    @property
    def phone(self) -> str:
        """A mobile of a prefix that nobody uses."""
        return f"15400100{self.place + 1:03d}"

    @property
    def extension(self) -> str:
        return f"8{self.place + 1:02d}"


def _read() -> tuple[dict[str, str], tuple[Employee, ...]]:
    departments: dict[str, str] = {}
    employees: list[Employee] = []
    department, leads = "", False
    for line in _STAFF.strip().splitlines():
        if line.startswith("# "):
            department, english = line[2:].split(" | ")
            departments[department], leads = english, True
            continue
        name, title, *alias = line.split(" ", 2)
        employees.append(Employee(len(employees), name, title, "".join(alias), department, leads))
        leads = False
    return departments, tuple(employees)


DEPARTMENTS, EMPLOYEES = _read()


def team(department: str) -> list[Employee]:
    """Everybody of a department, its manager first."""
    return [one for one in EMPLOYEES if one.department == department]


def named(name: str) -> Employee:
    """The one employee of this name."""
    (found,) = (one for one in EMPLOYEES if one.name == name)
    return found


def deputy_of(one: Employee) -> Employee:
    """Who goes when `one` cannot."""
    if one.name in DEPUTIES:
        return named(DEPUTIES[one.name])
    first, second, *_others = team(one.department)
    return second if one is first else first
