"""The columns of a roll of residents (居民档案名册): what an import reads, a template shows, a reject workbook returns.

One file for all of it, so that what one writes the other reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from odoo.addons.bphs_base.tools.import_columns import ImportColumn

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


def _choice(key: str, label: str, choices: Mapping[str, str], required: bool = False) -> RollColumn:
    return RollColumn(key, label, "choice", required, tuple(choices.items()))


ROLL_COLUMNS = (
    RollColumn("ehr_number", "健康档案编号", "code", reads="ehr"),
    RollColumn("name", "姓名", required=True),
    _choice("sex", "性别", SEXES, required=True),
    RollColumn("birth_date", "出生日期", "date", required=True),
    _choice("id_type", "证件类型", ID_TYPES),
    RollColumn("id_number", "证件号码", "code"),
    RollColumn("id_reason", "无证件原因"),
    RollColumn("phone", "联系电话", reads="phone"),
    RollColumn("village", "村（社区）代码", "code", required=True, reads="village"),
    RollColumn("household", "户编号", "code"),
    _choice("relation", "与户主关系", RELATIONS),
    RollColumn("address", "住址"),
    _choice("residence_kind", "居住类型", RESIDENCE_KINDS),
    RollColumn("file_created_on", "建档日期", "date"),
    RollColumn("groups", "重点人群", reads="list"),
    RollColumn("facts", "社会情况", reads="list"),
)
COLUMN_LABELS = {column.key: column.label for column in ROLL_COLUMNS}
