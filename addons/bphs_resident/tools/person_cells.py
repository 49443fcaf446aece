"""Whom a row of a list means: the columns and cells that lists about people have in common, whatever else they say."""

from datetime import date

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.importing.sheet_values import as_code, as_text

from .identity import IdentityError, is_ehr_number, normalise, read_id_number

EHR_NUMBER = ImportColumn(
    "ehr_number", "健康档案编号", "code", aliases=("档案编号", "档案号", "健康档案号", "居民健康档案编号")
)
ID_NUMBER = ImportColumn(
    "id_number",
    "证件号码",
    "code",
    aliases=("身份证号", "身份证号码", "身份证", "证件号", "公民身份号码", "居民身份证号码"),
)


class RefusedError(Exception):
    """A cell that is not taken; its words say why.

    ``kind``: under what it is counted
    """

    def __init__(self, kind: str, text: str):
        super().__init__(text)
        self.kind = kind


class PersonCells:
    """The cells that say who is meant, for a reader of rows. ``today``: whoever is born later is nobody."""

    today: date

    def _ehr_number(self, cell):
        number = normalise(as_code(cell))
        if not is_ehr_number(number):
            raise RefusedError("number", "应为17位数字")
        return number

    def _id_number(self, cell):
        number = normalise(as_code(cell))
        if len(number) == 18:
            try:
                return read_id_number(number, self.today).number
            except IdentityError as error:
                raise RefusedError("number", "证件号码有误，请逐位核对") from error
        return number

    def _name(self, cell):
        return as_text(cell).replace(" ", "")
