"""Names as a county of northern China has them, by how often they occur; invented, never taken from a list of people.

Surnames follow the published order of the commonest ones, with what is common around Changzhi added. A given name
depends on sex and on the decade of birth, as 秀英 and 梓涵 are seldom neighbours in age.
"""

from bisect import bisect
from itertools import accumulate
from random import Random

# Per ten thousand people, roughly.
_SURNAMES = {
    "王": 760, "李": 740, "张": 720, "刘": 430, "赵": 380, "陈": 320, "杨": 300, "郭": 330, "秦": 190, "申": 180,
    "牛": 170, "冯": 170, "宋": 165, "程": 150, "苗": 120, "常": 120, "靳": 95, "原": 85, "和": 60, "郝": 110,
    "武": 120, "贾": 120, "闫": 110, "马": 120, "周": 130, "吴": 120, "徐": 105, "孙": 130, "高": 120, "胡": 90,
    "朱": 85, "何": 80, "林": 60, "罗": 50, "梁": 70, "韩": 105, "曹": 70, "许": 65, "邓": 35, "萧": 6,
    "崔": 60, "侯": 60, "史": 55, "任": 60, "段": 45, "连": 30, "平": 18, "暴": 12, "琚": 25, "栗": 22,
    "路": 25, "魏": 60, "薛": 45, "田": 60, "董": 60, "袁": 40, "于": 40, "蒋": 30, "蔡": 30, "余": 25,
    "杜": 50, "叶": 22, "苏": 40, "吕": 40, "丁": 35, "卢": 25, "姚": 35, "姜": 25, "范": 35, "石": 40,
    "谭": 14, "廖": 12, "邹": 14, "熊": 12, "金": 20, "陆": 16, "白": 35, "毛": 22, "邱": 16, "尹": 18,
    "孟": 28, "龙": 10, "万": 14, "雷": 14, "钱": 14, "汤": 12, "黎": 10, "乔": 25, "贺": 16, "龚": 10,
    "阎": 6, "仝": 5, "逯": 4, "璩": 3, "昝": 2, "逄": 2, "亓": 2, "仉": 1, "䶮": 1, "欧阳": 5,
    "上官": 4, "司马": 2, "诸葛": 1, "令狐": 3, "尉迟": 1, "皇甫": 1, "东方": 1,
}  # fmt: skip

# Characters of given names and how often, for (decades, sex). The earlier stand first in each text.
_GIVEN = {
    ("old", "male"): "德5福5根4旺4生6贵5财3富4来3保4成5金5银3山4水4树4林5发4喜4全4有4秀2文4明5安4顺4海3万3长4余2满3禄2",
    ("old", "female"): "秀9英9兰8桂6花6莲5香5珍5爱5玉6凤5梅5翠4荣3淑5贞2枝3娥4巧4玲3仙3改4焕3润4银2变2鱼1果2",
    ("middle", "male"): "建8国8军7志6强5明6卫4红3伟5平5永4华6文5海5忠4玉2保3文4新4跃2进3东5林4庆4斌3勇4杰3刚4立4",
    ("middle", "female"): "丽7红6艳5霞6玲6芳6梅5英5兰4敏5娟5琴4秀5月3娥3爱4燕4萍5莉4云4桂3珍3青3春4玉3书3俊3",
    ("grown", "male"): "鹏5飞5磊5涛5超5浩4宇4亮4凯4杰5波4俊5峰4龙4旭4帅3伟4斌4勇3洋3鑫3康3阳4晓4晨3辉4栋3",
    ("grown", "female"): "婷5静5丹4娜4雪4倩4颖4慧5晶3莹3洁3丽5艳4敏4佳4琳3璐3晓5霞3芳3琪3欣3瑶3薇2蕾3妮2",
    ("young", "male"): "梓5浩6宇6轩6子6泽5皓4铭4睿4博4昊4宸5辰4俊4文4晨4豪4嘉4毅3航3奕4熙3承2霖3佑2诺2",
    ("young", "female"): "梓6涵6雨5欣5诗4萱4怡4雅4子4语4晨4可4佳4彤4琪4婷3一4诺4依4悦4思4妍4若3汐3瑶3沐2",
}  # fmt: skip
# Real characters of names that old systems could not write; some lie beyond the first plane of Unicode.
_RARE = "喆堃玥翀昇淼犇垚珺頔祎彧媞赟燊㛃㻏䢺䴖𬭎𬱖𠅤𣲘𬍛𬭬𤩽𪻐𨱔"
_RARE_SHARE = 0.004
_ONE_CHARACTER_SHARE = {"old": 0.05, "middle": 0.16, "grown": 0.34, "young": 0.10}
_LONG_NAMES = ("阿依古丽·买买提", "古丽娜尔·艾山", "巴特尔·那顺", "乌云其木格·宝音")
_LONG_SHARE = 0.0003


class _Drawer:
    """Draws from weighted choices in logarithmic time."""

    def __init__(self, weights):
        self.choices = list(weights)
        self.bounds = list(accumulate(weights.values()))

    def draw(self, chance):
        return self.choices[bisect(self.bounds, chance.random() * self.bounds[-1])]


def _weights(text):
    characters = {}
    for character, weight in zip(text[::2], text[1::2], strict=True):
        characters[character] = characters.get(character, 0) + int(weight)
    return characters


_SURNAME = _Drawer(_SURNAMES)
_CHARACTER = {key: _Drawer(_weights(text)) for key, text in _GIVEN.items()}


def draw_surname(chance: Random) -> str:
    """A surname, by how common it is."""
    return _SURNAME.draw(chance)


def draw_name(chance: Random, surname: str, sex: str, born: int) -> str:
    """A full name with this surname.

    :param sex: ``male`` or ``female``
    :param born: year of birth
    """
    if chance.random() < _LONG_SHARE:
        return chance.choice(_LONG_NAMES)
    era = _era(born)
    drawer = _CHARACTER[era, sex]
    given = drawer.draw(chance)
    if chance.random() >= _ONE_CHARACTER_SHARE[era]:
        given += drawer.draw(chance)
    if chance.random() < _RARE_SHARE:
        given = given[:-1] + chance.choice(_RARE)
    return surname + given


def _era(born):
    if born < 1956:
        return "old"
    if born < 1979:
        return "middle"
    return "grown" if born < 2005 else "young"
