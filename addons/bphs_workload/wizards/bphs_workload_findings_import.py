from odoo import models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn


class BphsWorkloadFindingsImport(models.TransientModel):
    """Load what verification found invalid or false: a row for each clinic and item, of
    submitted statements.

    A blank cell leaves what stands; a reason is taken away by 清空, a quantity by 0.
    """

    _name = "bphs.workload.findings.import"
    _inherit = "bphs.workload.import.mixin"
    _description = "Import Verification Findings"

    # === HOOKS === #

    def _import_fields(self):
        return ["invalid", "invalid_reason", "false_qty"]

    def _import_sheet_name(self):
        return self.env._("Verification Findings")

    def _import_columns(self):
        return [
            *self._import_clinic_columns(),
            ImportColumn("item", self.env._("Item Code"), "code", required=True, fixed=True),
            ImportColumn("item_name", self.env._("Item Name"), fixed=True),
            ImportColumn("reported", self.env._("Reported"), "int", fixed=True),
            ImportColumn("invalid", self.env._("Invalid"), "int"),
            ImportColumn("invalid_reason", self.env._("Invalid Reason"), clearable=True),
            ImportColumn("false_qty", self.env._("False Quantity"), "int"),
        ]

    def _import_template_rows(self):
        return [
            self._import_clinic_values(statement)
            | {
                "item": line.item_id.code,
                "item_name": line.item_id.name,
                "reported": line.reported,
                "invalid": line.invalid or None,
                "invalid_reason": line.invalid_reason or None,
                "false_qty": line.false_qty or None,
            }
            for statement in self._import_open_statements()
            for line in statement.line_ids
            if line.reported
        ]

    def _import_check(self, rows):
        self._import_find(rows, "item", "bphs.service.item")
        self._import_refuse_twice(rows, "clinic", "item")
        return super()._import_check(rows)

    def _import_check_quantities(self, row, statement):
        line = self._import_line(row, statement)
        if not line:
            return
        if row.get("reported") is not None and row["reported"] != line.reported:
            row.error(
                "reported",
                self.env._(
                    "the statement reports %(quantity)s now; take a new template",
                    quantity=line.reported,
                ),
            )
            return
        problem = self._import_problem(
            line, dict(zip(self._import_fields(), self._import_values(row, line), strict=True))
        )
        if problem:
            row.error("invalid", problem)

    def _import_apply(self, rows):
        clinics = self._import_find(rows, "clinic", "bphs.institution")
        statements = self._import_statements(clinics.values())
        return self._import_load(
            [
                (line, self._import_values(row, line))
                for row in rows
                for line in self._import_line(row, statements[clinics[row["clinic"]].id])
            ]
        )

    # === HELPERS === #

    def _import_line(self, row, statement):
        """:return: the line of the row's item; refuses the row where the statement has none"""
        line = statement.line_ids.filtered(lambda line: line.item_id.code == row.get("item"))
        if not line and row.get("item"):
            row.error("item", self.env._("the statement does not hold this item; add it there first"))
        return line

    def _import_values(self, row, line):
        """:return: the values of the fields, those a blank cell leaves as they are among them"""
        return tuple(
            (line[name] if row.get(name) is None else row[name]) or (None if name == "invalid_reason" else 0)
            for name in self._import_fields()
        )
