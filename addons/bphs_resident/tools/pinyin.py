"""How a name is spelt: syllables without tones, a surname by its reading as a surname."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

# Surnames that are read otherwise than the character commonly is; people type either.
SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "曾": "zeng",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "任": "ren",
    "华": "hua",
    "应": "ying",
    "缪": "miao",
    "尉": "wei",
    "乐": "yue",
    "翟": "zhai",
    "晁": "chao",
    "逄": "pang",
    "召": "shao",
    "种": "chong",
    "秘": "bi",
    "燕": "yan",
    "冼": "xian",
    "折": "she",
    "黑": "he",
    "那": "na",
    "宓": "mi",
    "葛": "ge",
    "句": "gou",
    "过": "guo",
    "牟": "mu",
    "员": "yun",
    "祭": "zhai",
    "覃": "qin",
    "洗": "xian",
    "尹": "yin",
    "隗": "wei",
    "哈": "ha",
    "幺": "yao",
    "谌": "chen",
    "柏": "bai",
    "卜": "bu",
    "阚": "kan",
    "都": "du",
    "乜": "nie",
    "佴": "nai",
    "藏": "zang",
    "薄": "bo",
    "繁": "po",
    "粘": "nian",
}
_COMPOUND_SURNAMES = {
    "尉迟": ("yu", "chi"),
    "长孙": ("zhang", "sun"),
    "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "鲜于": ("xian", "yu"),
    "宰父": ("zai", "fu"),
    "亓官": ("qi", "guan"),
}
# Readings are separated by this, syllables by a space.
READING_SEPARATOR = "|"

SYLLABLES = frozenset(
    """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha
    chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan
    cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en
    eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui
    gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie
    jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui kun kuo la
    lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man
    mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang
    niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping
    po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua
    ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shen sheng shi shou shu shua shuai
    shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong
    tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan
    xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai
    zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui
    zun zuo
    """.split()
)
# Every beginning of a syllable: what the last syllable of a query may be while it is typed.
BEGINNINGS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable) + 1))


@lru_cache(maxsize=16384)  # a county knows some thousands of characters
def syllable_of(character: str) -> str:
    """``小`` -> ``xiao``, ``吕`` -> ``lv``; a letter or digit is its own; what has no reading is empty."""
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    spelt = lazy_pinyin(character, style=Style.NORMAL, errors="ignore")
    return spelt[0].replace("ü", "v").replace("ê", "e") if spelt else ""


@lru_cache(maxsize=256)
def _other_readings(surname: str) -> tuple[str, ...]:
    """Every reading of a surname that has one of its own: ``繁`` -> ``fan``, ``pan``, ``po``."""
    (spelt,) = pinyin(surname, style=Style.NORMAL, heteronym=True)
    return tuple(syllable.replace("ü", "v") for syllable in spelt)


@lru_cache(maxsize=1024)  # what is stored of a name asks for them three times
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """The ways a name may be spelt, each a syllable for every character: the surname's own reading first, then the
    common one and every other where they differ.

    :param name: as :func:`tokens.plain_name` gives it
    """
    common = [syllable_of(character) for character in name]
    own = list(common)
    if name[:2] in _COMPOUND_SURNAMES:
        own[:2] = _COMPOUND_SURNAMES[name[:2]]
    elif name[:1] in SURNAMES:
        others = [[syllable, *common[1:]] for syllable in _other_readings(name[0])]
        own[0] = SURNAMES[name[0]]
        return tuple(dict.fromkeys(map(tuple, (own, common, *others))))
    return (tuple(own),) if own == common else (tuple(own), tuple(common))


def pinyin_of(name: str) -> str:
    """``张三丰`` -> ``zhang san feng``; a second reading follows a bar: ``单雄 -> shan xiong|dan xiong``."""
    return READING_SEPARATOR.join(" ".join(filter(None, reading)) for reading in readings(name))


def initials_of(name: str) -> str:
    """``张三丰`` -> ``zsf``."""
    return "".join(syllable[:1] for syllable in readings(name)[0])
