"""What comes in from other systems: four kinds of rows, and the columns of each, for sheets and for programs alike."""

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_resident.tools.person_cells import EHR_NUMBER, ID_NUMBER

VISIT, CONDITION, DEATH, RECORD = "visit", "condition", "death", "record"
SHEETS = {VISIT: "随访与体检", CONDITION: "疾病", DEATH: "死亡", RECORD: "就诊与医保数据"}
# The answers of a form that stand in columns of a visit, numbers first.
MEASURES = {
    "systolic": ("收缩压", "int"),
    "diastolic": ("舒张压", "int"),
    "heart_rate": ("心率", "int"),
    "weight": ("体重", "decimal"),
    "height": ("身高", "decimal"),
    "waist": ("腰围", "decimal"),
    "fasting_glucose": ("空腹血糖", "decimal"),
    "postprandial_glucose": ("餐后血糖", "decimal"),
    "random_glucose": ("随机血糖", "decimal"),
    "hba1c": ("糖化血红蛋白", "decimal"),
    "hemoglobin": ("血红蛋白", "decimal"),
    "mmse_total": ("简易智力状态检查总分", "int"),
    "weeks": ("孕周", "int"),
}
CHOICES = {
    "result": "此次随访分类",
    "adherence": "服药依从性",
    "drug_reaction": "药物不良反应",
    "hypoglycaemia": "低血糖反应",
    "smi_class": "病情稳定程度",
    "risk_level": "危险性",
    "referred": "转诊",
}
# What is compared with the visits, and between which bounds a value is one at all.
COMPARED = {
    "systolic": (40, 300),
    "diastolic": (20, 200),
    "fasting_glucose": (1, 50),
    "postprandial_glucose": (1, 50),
    "random_glucose": (1, 50),
    "hba1c": (2, 25),
}
_WHO = (
    ImportColumn("system", "来源系统编码", "code", required=True, aliases=("来源系统", "系统编码")),
    ImportColumn(
        "external_id", "外部编号", "code", required=True, aliases=("来源编号", "业务流水号", "记录编号", "流水号")
    ),
    EHR_NUMBER,
    ID_NUMBER,
    ImportColumn("name", "姓名", "name", required=True, aliases=("居民姓名", "患者姓名", "名字")),
)
_MEASURED = tuple(ImportColumn(key, label, kind) for key, (label, kind) in MEASURES.items())
_MEDICINES = ImportColumn("medicines", "用药", "text", aliases=("用药情况", "药品", "处方"))
_NOTE = ImportColumn("note", "备注", "text")
COLUMNS = {
    VISIT: (
        *_WHO,
        ImportColumn("form", "服务表单", "code", required=True, aliases=("表单", "表单编码", "服务项目")),
        ImportColumn("day", "服务日期", "date", required=True, aliases=("随访日期", "体检日期", "检查日期")),
        ImportColumn("mode", "服务方式", "text", aliases=("随访方式",)),
        ImportColumn("worker", "服务人员工号", "code", aliases=("工号", "随访医生工号", "责任医生工号")),
        ImportColumn("institution", "服务机构编码", "code", aliases=("机构编码", "随访机构编码")),
        *_MEASURED,
        ImportColumn("hba1c_on", "糖化血红蛋白检查日期", "date"),
        *(ImportColumn(key, label, "text") for key, label in CHOICES.items()),
        ImportColumn("next_on", "下次随访日期", "date"),
        _MEDICINES,
        ImportColumn("answers", "其他项目", "text"),
        _NOTE,
    ),
    CONDITION: (
        *_WHO,
        ImportColumn("kind", "疾病", "text", required=True, aliases=("疾病名称", "诊断")),
        ImportColumn("day", "确诊日期", "date", aliases=("诊断日期",)),
        ImportColumn("place", "确诊机构", "text", aliases=("诊断机构",)),
        ImportColumn("stage", "分期分级", "text", aliases=("分级", "分期")),
        _NOTE,
    ),
    DEATH: (
        *_WHO,
        ImportColumn("day", "死亡日期", "date", required=True),
        ImportColumn("note", "依据", "text", aliases=("死亡证明编号", "死亡依据")),
    ),
    RECORD: (
        *_WHO,
        ImportColumn("day", "就诊日期", "date", required=True, aliases=("结算日期", "门诊日期", "测量日期")),
        ImportColumn("place", "就诊机构", "text", aliases=("医疗机构", "医院名称")),
        *(one for one in _MEASURED if one.key in COMPARED),
        _MEDICINES,
    ),
}
LABELS = {kind: {column.key: column.label for column in columns} for kind, columns in COLUMNS.items()}
