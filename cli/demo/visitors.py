"""The demo company's visitors: 180 people of 45 firms, 8 in 100 with a foreign name, all invented (procedure 5.2)."""

from dataclasses import dataclass
from random import Random

from cli.demo.people import EMPLOYEES

# What a firm has to do with us, and the firms.
_FIRMS = """
client 深蓝物联 华东精工 明道咨询 青木设计 华南仪器 远岫科技 南窗数据 海棠传媒 知行书院 松果零售 白鹭医疗 天枢智造
client 听雨文化 北渡物流 橙舟出行 若木能源 拾光影像 临风建筑 Solaria 한빛무역 Nordlicht みどり商事
supplier 方圆文具 清泉饮水 绿野租摆 恒信印务 金石办公 同舟劳务 飞燕速运 瑞和保洁 银杏会务 开源租车 蓝鲸云
maintenance 恒达电梯 正源空调 明光消防 顺通网络 安居物业
sales 启航培训 锦囊保险 千寻猎头 星火广告 汇流理财
government 区税务所 街道办事处
"""
KIND = {firm: line.split()[0] for line in _FIRMS.strip().splitlines() for firm in line.split()[1:]}

# People whom the demo needs by name; they have been here before.
KNOWN = {
    "陈嘉豪": "深蓝物联",
    "刘思远": "华东精工",
    "孟庆远": "明道咨询",
    "沈知夏": "青木设计",
    "周启明": "华南仪器",
    "袁立": "恒达电梯",
    "张弛": "恒达电梯",
    "罗小军": "飞燕速运",
    "José García": "Solaria",
    "김민수": "한빛무역",
    "Anna Müller": "Nordlicht",
    "Tanaka Yuki": "みどり商事",
}
FOREIGN = {
    "María López": "Solaria",
    "Lucía Fernández": "Solaria",
    "박지은": "한빛무역",
    "이서연": "한빛무역",
    "Jonas Weber": "Nordlicht",
    "Björn Håkansson": "Nordlicht",
    "Siobhán O'Brien": "Nordlicht",
    "佐藤 健": "みどり商事",
    "Suzuki Haruto": "みどり商事",
    "Nguyễn Thị Mai": "Solaria",
}
_NATIVE_FIRMS = [firm for firm in KIND if firm not in FOREIGN.values()]
PEOPLE = 180
_REGULARS = 0.35

_FAMILY = """
赵 钱 孙 李 周 吴 郑 王 冯 陈 褚 卫 蒋 沈 韩 杨 朱 秦 尤 许 何 吕 施 张 孔 曹 严 华 金 魏 陶 姜 戚 谢 邹 喻 柏 水 窦 章
云 苏 潘 葛 奚 范 彭 郎 鲁 韦 昌 马 苗 凤 花 方 俞 任 袁 柳 史 唐 费 廉 岑 薛 雷 贺 倪 汤 滕 殷 罗 毕 郝 邬 安 常 乐 于
时 傅 皮 齐 康 伍 余 元 顾 孟 平 黄 上官 诸葛 司徒
"""
_GIVEN = """
子墨 雨桐 浩然 思琪 一鸣 嘉怡 文轩 晓峰 佳宁 志鹏 丽华 国栋 春燕 永强 秋月 建军 海燕 世杰 梦瑶 俊熙 欣妍 天佑 若曦 伟成
静怡 泽宇 慧敏 云飞 诗涵 振华 雅婷 立新 婉清 鹏程 月华 启航 书瑶 家豪 淑芬 景明 翔 岚 霖 颖 斌 萌 宁 毅 倩 凯 璐 峥 昕
涛 珊 磊 露 骁 琳 勇
"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who comes: `regular` came before the register begins."""

    name: str
    company: str
    kind: str
    phone: str
    regular: bool = False

    @property
    def language(self) -> str:
        return "en" if is_foreign(self.name) else "zh_Hans"

    @property
    def known(self) -> bool:
        """Whether the demo needs this one by name."""
        return self.name in KNOWN


def is_foreign(name: str) -> bool:
    """Whether a name is not a Chinese one."""
    return name in FOREIGN or not all("\u4e00" <= sign <= "\u9fff" for sign in name)


def pool(seed: int) -> list[Visitor]:
    """The 180 people of the firms; the same for the same seed."""
    random = Random(f"visitors {seed}")
    written = {**KNOWN, **FOREIGN}
    names = Names(random)
    while len(written) < PEOPLE:
        written[names.new()] = _NATIVE_FIRMS[len(written) % len(_NATIVE_FIRMS)]
    return [
        Visitor(name, firm, KIND[firm], phone(place), name in KNOWN or random.random() < _REGULARS)
        for place, (name, firm) in enumerate(written.items())
    ]


class Names:
    """Chinese names that nobody else has: no colleague, no other visitor."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.taken = {one.name for one in EMPLOYEES} | {*KNOWN, *FOREIGN}

    def new(self) -> str:
        while True:
            name = self.random.choice(_FAMILY.split()) + self.random.choice(_GIVEN.split())
            if name not in self.taken:
                self.taken.add(name)
                return name


def phone(place: int) -> str:
    """A mobile of a prefix that nobody uses."""
    return f"154002{place:05d}"
