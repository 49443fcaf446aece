"""Forms of a settlement year as the suite prints them, for the tests of the paper kit."""

from decimal import Decimal

from odoo.addons.bphs_base.tools.chinese_amount import chinese_capitals
from odoo.addons.bphs_base.tools.paper.form import (
    Capitals,
    Column,
    CutLine,
    Fields,
    Form,
    Opinion,
    Opinions,
    Table,
    Text,
)

ISSUERS = ("长治市上党区卫生健康和体育局",)
VILLAGES = "荫城 河下 横河 行马 霍村 大峪 墓坡 郭良 北峪 长春 鸡山 安宅上 桑梓一".split()
NAMES = "张明 李建国 王喆鑫 赵𬭎 钱䶮 周𫖯 吴淼".split()


def amount(number, column):
    """A different sum for each cell, whole fen."""
    return Decimal((number * 7919 + column * 104729) % 3000000) / 100


def settlement_table(rows=60):
    """S6: 13 columns."""
    money = {"v": "核定额", "d": "扣减", "st": "应结算", "p": "已预拨", "ca": "待扣回"}
    later = {"due": "应拨", "h": "暂缓", "pay": "实拨"}
    columns = (
        Column("no", "序号", "index"),
        Column("clinic", "村卫生室", weight=2.2),
        Column("v", "核定额", "money", total=True),
        Column("s", "得分", "number"),
        Column("c", "系数", "number", digits=4),
        *(Column(key, text, "money", total=True) for key, text in money.items() if key != "v"),
        *(Column(key, text, "money", total=True) for key, text in later.items()),
        Column("sign", "签字", "sign"),
    )
    data = [
        {
            "clinic": f"荫城镇{VILLAGES[number % len(VILLAGES)]}村卫生室",
            "s": Decimal("96.50"),
            "c": Decimal("0.9650"),
            **{key: amount(number, at) for at, key in enumerate({**money, **later})},
        }
        for number in range(rows)
    ]
    return Table(columns, data)


def settlement_form(rows=60):
    table = settlement_table(rows)
    total = table.total(table.columns[-2])
    return Form(
        "荫城镇村卫生室基本公共卫生服务补助资金结算明细表",
        (table, Capitals(chinese_capitals(total), total, "实拨合计")),
        ISSUERS,
        "2025年第三季度",
        "长上卫字〔2025〕18号",
        landscape=True,
        seals=("（荫城镇卫生院盖章）",),
        notes=("注：应拨＝应结算－已预拨＋待扣回。",),
    )


def prepayment_form(rows=23):
    """S4."""
    columns = (
        Column("no", "序号", "index"),
        Column("clinic", "村卫生室"),
        Column("basis", "依据"),
        Column("needed", "所需", "money", total=True),
        Column("ratio", "比例", "percent", digits=0),
        Column("amount", "本次", "money", total=True),
        Column("payee", "收款人", weight=1),
        Column("account", "账号尾号", "code", weight=0.8),
        Column("sign", "签字", "sign"),
    )
    data = [
        {
            "clinic": f"{VILLAGES[number % len(VILLAGES)]}村卫生室",
            "basis": "年度任务测算",
            "needed": amount(number, 1),
            "ratio": Decimal("0.7"),
            "amount": amount(number, 2),
            "payee": NAMES[number % len(NAMES)],
            "account": f"{number * 37:04d}",
        }
        for number in range(rows)
    ]
    return Form(
        "预拨明细表",
        (Table(columns, data),),
        ISSUERS,
        "2025年第一季度",
        landscape=True,
        qr="https://example.invalid/verify/abc123",
    )


def approval_form(**changes):
    """S8, portrait, with a box for each stage."""
    total = Decimal("28496695.00")
    opinions = Opinions(
        (
            Opinion("基层卫生股意见", "公示无异议，同意拨付。", "王淼", "2025年10月9日"),
            Opinion("分管领导意见"),
            Opinion("区财政局意见"),
        )
    )
    fields = Fields(
        (
            (("事由", "拨付2025年第三季度村卫生室基本公共卫生服务补助资金"),),
            (("金额大写", chinese_capitals(total)),),
            (("金额小写", "¥28,496,695.00"), ("收款户数", "262")),
        )
    )
    told = {
        "title": "资金拨付审批单",
        "blocks": (fields, opinions),
        "issuers": ISSUERS,
        "signatures": ("经办", "复核"),
        "seals": ("（盖章）", "（财政局盖章）"),
        "watermark": "内部资料",
    }
    return Form(**told | changes)


def notice_form(rows=45):
    """S10, with grouped columns, no name unmasked, and a counterfoil."""
    columns = (
        Column("village", "村"),
        Column("name", "姓名", weight=1),
        Column("amount", "核定额", "money", total=True, group="结算"),
        Column("score", "得分", "number", group="结算"),
        Column("paid", "实发", "money", total=True),
        Column("date", "日期", "date", group="公示"),
    )
    data = [
        {
            "village": VILLAGES[number % len(VILLAGES)],
            "name": "张*明",
            "amount": amount(number, 1),
            "score": Decimal("96.5"),
            "paid": amount(number, 2),
            "date": "",
        }
        for number in range(rows)
    ]
    return Form(
        "荫城镇2025年第三季度村卫生室基本公共卫生服务补助资金结算结果公示表（征求意见）",
        (
            Text("现予公示，公示期5个工作日。监督电话：0355-0000000。", indent=True),
            Table(columns, data, title="一、结算结果"),
            CutLine(),
        ),
        ISSUERS,
        unit="",
        signatures=(),
        date="2025年9月22日",
    )
