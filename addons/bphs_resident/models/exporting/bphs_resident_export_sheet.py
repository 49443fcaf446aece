from odoo import fields, models

from odoo.addons.bphs_base.tools.paper.form import Column, Table
from odoo.addons.bphs_base.tools.workbook import Sheet, workbook_bytes

from ...tools import sealing

COLUMNS = (
    Column("number", "序号", "index"),
    Column("ehr_number", "健康档案编号", "code"),
    Column("name", "姓名"),
    Column("sex", "性别"),
    Column("birth_date", "出生日期", "date"),
    Column("age", "年龄", "integer"),
    Column("id_number", "证件号码", "code"),
    Column("phone", "联系电话", "code"),
    Column("village", "居住村（社区）"),
    Column("institution", "责任机构"),
    Column("household", "家庭编号", "code"),
    Column("relation", "与户主关系"),
    Column("residence", "居住类型"),
    Column("groups", "重点人群"),
    Column("status", "档案状态"),
    Column("failures", "规范化缺项"),
    Column("last_service_on", "最近服务日期", "date"),
)


class BphsResidentExport(models.Model):
    """The workbook of an export: every printed page says who took it, when and for what."""

    _inherit = "bphs.resident.export"

    def _workbook(self, residents):
        """:param residents: bphs.resident, checked for reading :return: bytes of the xlsx"""
        taken = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        name = self.env.user.name
        mark = f"{name} {taken:%Y-%m-%d %H:%M} 编号{self.id}"
        table = Table(columns=COLUMNS, rows=self._rows(residents))
        heading = (
            "居民健康档案名单",
            f"用途：{self.reason}　导出人：{name}　导出时间：{taken:%Y-%m-%d %H:%M}　共 {len(residents)} 人",
        )
        notes = (
            "本名单含个人信息，仅限上述用途，用后按规定销毁，不得转发。",
            "证件号码、电话为完整号码。" if self.unmasked else "证件号码、电话已脱敏。",
        )
        sheet = Sheet(name="名单", table=table, heading=heading, notes=notes, freeze=3, watermark=mark)
        return workbook_bytes([sheet], title="居民健康档案名单", author=name)

    def _rows(self, residents):
        groups = residents._groups_shown()
        # sudo: each of these was found within what the user may see; whole numbers only where that was approved
        files = residents.sudo()
        words = {
            name: dict(files._fields[name]._description_selection(self.env))
            for name in ("sex", "relation", "residence_kind", "status")
        }
        kinds = dict(self.env["bphs.resident.group"]._fields["kind"]._description_selection(self.env))
        ids, phones = self._numbers(residents)
        return [
            {
                "ehr_number": file.ehr_number,
                "name": file.name,
                "sex": words["sex"].get(file.sex),
                "birth_date": file.birth_date,
                "age": file.age if file.birth_date else None,
                "id_number": ids[file.id],
                "phone": phones[file.id],
                "village": file.division_id.name,
                "institution": file.institution_id.name,
                "household": file.household_id.number,
                "relation": words["relation"].get(file.relation),
                "residence": words["residence_kind"].get(file.residence_kind),
                "groups": "、".join(kinds[kind] for kind in groups.get(file.id, [])),
                "status": words["status"].get(file.status),
                "failures": "、".join(file.wanting or ()),
                "last_service_on": file.last_service_on,
            }
            for file in files
        ]

    def _numbers(self, residents):
        """:return: two dicts of id -> number: of the document, of the telephone; masked unless approved"""
        if self.unmasked:
            return (
                {file.id: number for file, number in residents._opened(sealing.ID_NUMBER, "id_cipher")},
                {file.id: number for file, number in residents._opened(sealing.PHONE, "phone_cipher")},
            )
        # sudo: as for the rows; these are masks
        files = residents.sudo()
        return {file.id: file.id_masked for file in files}, {file.id: file.phone_masked for file in files}
