"""How Chinese names are read where a dictionary would be wrong: it says dan for 单, the office says shan.

The first reading is the one that is shown; the others are what visitors type as well. Procedure 0.4.
"""

# Readings that differ from the most common one of the character, or that a reader could doubt.
_SINGLE = """
单單 shan dan|曾 zeng|仇 qiu chou|解 xie jie|查 zha cha|盖蓋 ge gai|区區 ou qu|朴樸 piao pu|翟 zhai di|覃 qin tan
缪繆 miao mou|洗 xian xi|员員 yun yuan|乐樂 yue le|逢 pang feng|黑 he hei|晟 cheng sheng|尉 wei yu|秘祕 bi mi
折 she zhe|种 chong zhong|重 chong zhong|召 shao zhao|祭 zhai ji|句 gou ju|卜 bu bo|柏 bai bo|薄 bo bao|车車 che ju
谌諶 chen shen|都 du dou|繁 po fan|费費 fei bi|冯馮 feng ping|宓 mi fu|郇 xun huan|贾賈 jia gu|隽雋 juan jun
阚闞 kan han|乜 nie mie|牟 mou mu|能 nai neng|郗 xi chi|石 shi dan|隗 wei kui|叶葉 ye xie|臧 zang cang|藏 zang cang
笮 ze zuo|迮 ze zuo|长長 zhang chang|幺么 yao me|万萬 wan mo|炅 gui jiong|炔 gui que|那 na nuo|佴 nai er|角 jue jiao
俞 yu shu|谷 gu yu|强強 qiang jiang|宿 su xiu|郄 qie xi|钭鈄 dou tou|莘 shen xin|降 jiang xiang|行 xing hang
调調 diao tiao|啜 chuai chuo|便 pian bian|番 fan pan|会會 gui hui
"""

# Surnames of two characters; the rest of the name is the given name.
_COMPOUND = """
欧阳歐陽 ou yang|尉迟尉遲 yu chi|长孙長孫 zhang sun|万俟萬俟 mo qi|单于單于 chan yu|司马司馬 si ma|上官 shang guan
诸葛諸葛 zhu ge|夏侯 xia hou|东方東方 dong fang|皇甫 huang fu|公孙公孫 gong sun|慕容 mu rong|司徒 si tu|司空 si kong
司寇 si kou|令狐 ling hu|宇文 yu wen|南宫南宮 nan gong|南门南門 nan men|西门西門 xi men|东门東門 dong men
东郭東郭 dong guo|端木 duan mu|百里 bai li|独孤獨孤 du gu|轩辕軒轅 xuan yuan|澹台澹臺 tan tai|拓跋 tuo ba
闻人聞人 wen ren|申屠 shen tu|太史 tai shi|太叔 tai shu|濮阳濮陽 pu yang|淳于 chun yu|公冶 gong ye|公羊 gong yang
公西 gong xi|公良 gong liang|公输公輸 gong shu|宗政 zong zheng|赫连赫連 he lian|钟离鍾離 zhong li|鲜于鮮于 xian yu
闾丘閭丘 lü qiu|呼延 hu yan|羊舌 yang she|微生 wei sheng|梁丘 liang qiu|左丘 zuo qiu|谷梁穀梁 gu liang|段干 duan gan
巫马巫馬 wu ma|漆雕 qi diao|乐正樂正 yue zheng|壤驷壤駟 rang si|夹谷夾谷 jia gu|宰父 zai fu|亓官 qi guan
颛孙顓孫 zhuan sun|第五 di wu|贺兰賀蘭 he lan|哥舒 ge shu|完颜完顏 wan yan|纳兰納蘭 na lan|耶律 ye lü
仲孙仲孫 zhong sun|尔朱爾朱 er zhu|佟佳 tong jia|叶赫葉赫 ye he|那拉 na la|子车子車 zi ju
"""

# Given names: what parents mean more often than what a dictionary lists first.
GIVEN = {"晟": "sheng", "隽": "jun", "雋": "jun", "卜": "bu", "莘": "xin"}

# Characters of given names that are read in more than one way; the ear decides, so both are found.
_ALSO = """
乐樂 le yue|行 xing hang|朝 zhao chao|长長 chang zhang|重 zhong chong|晟盛 sheng cheng|柏 bai bo|茜 qian xi
娜 na nuo|隽雋 jun juan|莘 xin shen|曾 zeng ceng|单單 dan shan|传傳 chuan zhuan|卡 ka qia|车車 che ju|都 du dou
调調 tiao diao|降 jiang xiang|觉覺 jue jiao|校 xiao jiao|解 jie xie|蔓 man wan|泊 bo po|沈 shen chen|省 sheng xing
石 shi dan|宿 su xiu|系 xi ji|仔 zi zai|朴 pu piao|尉 wei yu|翟 zhai di|覃 qin tan|贾賈 jia gu|伽 jia qie|阿 a e
浚 jun xun|婧菁 jing qing|靓靚 liang jing|炅 jiong gui|祎禕 yi wei|袆褘 hui yi|纶綸 lun guan|奇 qi ji|薄 bo bao
露 lu lou|绿綠 lü lu|率 shuai lü|莞 guan wan|莎 sha suo|员員 yuan yun|琢 zhuo zuo|区區 qu ou|缪繆 miao mou
赟贇 yun bin|藏 cang zang|强強 qiang jiang|宓 mi fu|埔 pu bu|番 fan pan|瞿 qu ju|澄 cheng deng|骠驃 piao biao
泷瀧 long shuang|堡 bao pu|骑騎 qi ji
"""


def _readings(table: str) -> list[tuple[str, tuple[str, ...]]]:
    rows = [row.split() for line in table.strip().splitlines() for row in line.split("|")]
    return [(row[0], tuple(row[1:])) for row in rows]


ALSO = {character: readings for written, readings in _readings(_ALSO) for character in written}
SINGLE = {character: readings for written, readings in _readings(_SINGLE) for character in written}
COMPOUND = {
    written[at : at + 2]: readings for written, readings in _readings(_COMPOUND) for at in range(0, len(written), 2)
}
