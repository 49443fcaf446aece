"""The columns of a roll of residents (居民档案名册): what an import reads, a template shows, a reject workbook returns.

One file for all of it, so that what one writes the other reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn

SEXES = {"male": "男", "female": "女", "unknown": "未知", "unstated": "未说明"}
ID_TYPES = {
    "resident_id": "居民身份证",
    "passport": "护照",
    "hk_macao": "港澳居民来往内地通行证",
    "taiwan": "台湾居民来往大陆通行证",
    "other": "其他证件",
    "none": "暂无证件",
}
RELATIONS = {
    "head": "户主",
    "spouse": "配偶",
    "child": "子女",
    "child_in_law": "子女配偶",
    "parent": "父母",
    "grandchild": "孙子女",
    "grandparent": "祖父母",
    "sibling": "兄弟姐妹",
    "other": "其他",
}
RESIDENCE_KINDS = {"registered": "户籍", "migrant": "流动"}
# Groups that do not follow from age.
GROUPS = {
    "pregnant": "孕产妇",
    "hypertension": "高血压",
    "diabetes": "2型糖尿病",
    "copd": "慢阻肺",
    "smi": "严重精神障碍",
    "tb": "肺结核",
    "disabled": "残疾人",
    "low_income": "低收入人口",
    "poverty_relieved": "脱贫人口",
    "special_family": "计生特殊家庭",
}
FACTS = {
    "living_alone": "独居",
    "empty_nest": "空巢",
    "extreme_poverty": "特困",
    "minimum_living": "低保",
    "disability_card": "残疾证",
}
LIST_SEPARATOR = "、"
# What a text may hold; longer is refused, never cut.
LONGEST_TEXT = 200
LONGEST = {"name": 50, "id_number": 40, "id_reason": 200, "phone": 40, "address": 200, "household": 32}


@dataclass(frozen=True)
class RollColumn(ImportColumn):
    """A column of a roll. ``reads``: how its cells are read, where that is more than the kind says."""

    reads: str = ""


def _choice(key: str, label: str, choices: Mapping[str, str], required: bool = False, aliases=()) -> RollColumn:
    return RollColumn(key, label, "choice", required, tuple(choices.items()), aliases=aliases)


# With the other headings platforms and townships give them.
ROLL_COLUMNS = (
    RollColumn(
        "ehr_number",
        "健康档案编号",
        "code",
        aliases=("档案编号", "档案号", "健康档案号", "居民健康档案编号"),
        reads="ehr",
    ),
    RollColumn("name", "姓名", "name", required=True, aliases=("居民姓名", "名字")),
    _choice("sex", "性别", SEXES, required=True),
    RollColumn("birth_date", "出生日期", "date", required=True, aliases=("出生年月日", "出生时间", "生日")),
    _choice("id_type", "证件类型", ID_TYPES, aliases=("证件类别", "身份证件类型")),
    RollColumn(
        "id_number",
        "证件号码",
        "code",
        aliases=("身份证号", "身份证号码", "身份证", "证件号", "公民身份号码", "居民身份证号码", "身份证件号码"),
    ),
    RollColumn("id_reason", "无证件原因"),
    RollColumn(
        "phone",
        "联系电话",
        aliases=("电话", "电话号码", "手机", "手机号", "手机号码", "本人电话", "联系方式", "移动电话"),
        reads="phone",
    ),
    RollColumn(
        "village",
        "村（社区）代码",
        "code",
        required=True,
        aliases=("村代码", "村居代码", "行政村代码", "村委会代码", "社区代码", "村级代码"),
        reads="village",
    ),
    RollColumn("household", "户编号", "code", aliases=("户号", "家庭编号", "家庭户号")),
    _choice("relation", "与户主关系", RELATIONS, aliases=("与户主的关系", "户主关系", "家庭关系")),
    RollColumn("address", "住址", aliases=("地址", "家庭住址", "现住址", "居住地址", "详细地址", "家庭地址")),
    _choice("residence_kind", "居住类型", RESIDENCE_KINDS),
    RollColumn("file_created_on", "建档日期", "date", aliases=("建档时间", "建档日")),
    RollColumn("groups", "重点人群", aliases=("人群分类", "人群类型"), reads="list"),
    RollColumn("facts", "社会情况", reads="list"),
)
COLUMN_LABELS = {column.key: column.label for column in ROLL_COLUMNS}
