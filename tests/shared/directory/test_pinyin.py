"""Names are spelled the way their owners say them, and found under whatever a visitor may type."""

import pytest

from shared.directory.pinyin import display_pinyin, fold, marks, spells, units

SPOKEN = {
    "单玉芬": "Shan Yufen", "曾国华": "Zeng Guohua", "仇晓英": "Qiu Xiaoying", "解文静": "Xie Wenjing",
    "查晓文": "Zha Xiaowen", "盖丽君": "Ge Lijun", "区海峰": "Ou Haifeng", "朴信爱": "Piao Xin'ai",
    "尉迟明": "Yuchi Ming", "欧阳晨": "Ouyang Chen", "翟天临": "Zhai Tianlin", "覃勇": "Qin Yong", "缪斯": "Miao Si",
    "长孙无忌": "Zhangsun Wuji", "任远": "Ren Yuan", "华罗庚": "Hua Luogeng", "洗星海": "Xian Xinghai",
    "冼星海": "Xian Xinghai", "万俟卨": "Moqi Xie", "纪晓岚": "Ji Xiaolan", "员半千": "Yun Banqian", "乐嘉": "Yue Jia",
    "宁静": "Ning Jing", "尹志平": "Yin Zhiping", "逄伟": "Pang Wei", "黑豹": "He Bao", "盛夏": "Sheng Xia",
    "李晟": "Li Sheng", "吕志强": "Lü Zhiqiang", "王建明": "Wang Jianming", "萧䶮": "Xiao Yan", "贺明": "He Ming",
    "买买提·艾力": "Maimaiti Aili", "陈艾玛": "Chen Aima", "单于明": "Chanyu Ming", "澹台明": "Tantai Ming",
    "闾丘明": "Lüqiu Ming", "令狐冲": "Linghu Chong", "歐陽修": "Ouyang Xiu", "單雄信": "Shan Xiongxin", "陆": "Lu",
    "秘书明": "Bi Shuming", "折可适": "She Keshi", "种师道": "Chong Shidao", "句践": "Gou Jian", "薄熙": "Bo Xi",
    "隗嚣": "Wei Xiao", "阚清子": "Kan Qingzi", "郇瑞": "Xun Rui", "牟平": "Mou Ping", "那英": "Na Ying",
}  # fmt: skip
TYPED = {
    "单玉芬": ("shanyufen", "syf", "danyufen", "单玉芬"), "曾国华": ("zengguohua", "zgh", "cengguohua"),
    "仇晓英": ("qiuxiaoying", "qxy"), "解文静": ("xiewenjing", "xwj"), "盖丽君": ("gelijun", "gailijun", "glj"),
    "覃勇": ("qinyong", "tanyong"), "翟天临": ("zhaitianlin", "ztl", "zhtl"), "区海峰": ("ouhaifeng", "ohf"),
    "朴信爱": ("piaoxinai", "pxa"), "尉迟明": ("yuchiming", "ycm", "ychm"),
    "吕志强": ("lvzhiqiang", "luzhiqiang", "lyuzhiqiang"),
    "长孙无忌": ("zhangsunwuji", "zswj", "zhswj"), "万俟卨": ("moqixie", "mqx"), "乐嘉": ("yuejia", "lejia"),
    "李晟": ("lisheng", "licheng"), "萧䶮": ("xiaoyan", "xy"), "买买提·艾力": ("maimaitiaili", "mmtal"),
    "Anna Müller": ("annamuller", "annamueller", "am"), "José García": ("josegarcia",), "김민수": ("김민수",),
}  # fmt: skip


@pytest.mark.parametrize(("name", "spoken"), SPOKEN.items())
def test_a_chinese_name_is_shown_surname_first(name: str, spoken: str) -> None:
    assert display_pinyin(name) == spoken


@pytest.mark.parametrize("name", ["Anna Müller", "김민수", "Tanaka Yuki", "O'Neil"])
def test_other_names_are_shown_as_they_are_written(name: str) -> None:
    assert display_pinyin(name) == name


@pytest.mark.parametrize(("name", "typed"), [(name, one) for name, all_ in TYPED.items() for one in all_])
def test_a_name_answers_to(name: str, typed: str) -> None:
    from shared.directory.search import match

    found = match(typed, units(name), 0)
    assert found is not None
    assert found[0] == len(units(name))


def test_no_other_reading_is_made_up() -> None:
    """The dictionary also knows 王 as yu and 明 as meng; nobody is called so."""
    assert units("王明") == ((0, 1, ("wang", "王")), (1, 2, ("ming", "明")))


def test_a_reading_outranks_the_tables() -> None:
    assert display_pinyin("盖丽君", "Gai Lijun") == "Gai Lijun"
    assert units("盖丽君", "Gai Lijun")[0].options == ("gai", "盖")
    assert display_pinyin("吕西安", "lü xi an") == "Lü Xi'an"
    assert display_pinyin("宗政明", "Zong Zhengming") == "Zong Zhengming"
    assert units("单娜", "Chán Nuó")[0].options == ("chan", "单")


def test_a_reading_that_is_no_pinyin_stands_beside_the_name() -> None:
    assert not spells("Tanaka Yuki", "田中由纪")
    assert display_pinyin("田中由纪", "Tanaka Yuki") == "Tanaka Yuki"
    assert units("田中由纪", "Tanaka Yuki")[0].options == ("tian", "田")


def test_a_character_without_a_reading_stands_for_itself() -> None:
    assert display_pinyin("王𠮷") == "Wang 𠮷"
    assert units("王𠮷")[1].options == ("𠮷",)


@pytest.mark.parametrize(
    ("name", "start", "end", "marked"),
    [("王建明", 1, 2, "jian"), ("朴信爱", 1, 3, "Xin'ai"), ("吕志强", 0, 1, "Lü"), ("尉迟明", 0, 3, "Yuchi Ming")],
)
def test_sounds_are_found_again_in_the_shown_pinyin(name: str, start: int, end: int, marked: str) -> None:
    shown = display_pinyin(name)
    where = marks(shown, units(name), start, end)
    assert where is not None
    assert shown[slice(*where)].casefold() == marked.casefold()


def test_sounds_are_not_looked_for_in_another_name() -> None:
    assert marks("Emma Chen", units("陈艾玛"), 0, 1) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MÜLLER", "muller"),
        ("Łukasz", "lukasz"),
        ("Ｗａｎｇ", "wang"),
        ("Straße", "strasse"),
        ("สมชาย", "สมชาย"),
        ("नेहा", "नह"),
    ],
)
def test_accents_and_widths_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == other
