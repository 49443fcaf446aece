from odoo import fields, models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn


class BphsWorkloadImport(models.TransientModel):
    """Load reported or planned quantities: a row for each clinic, a column for each item.

    A blank cell leaves its quantity as it is.
    """

    _name = "bphs.workload.import"
    _inherit = "bphs.workload.import.mixin"
    _description = "Import Workload"

    quantity = fields.Selection([("reported", "Reported"), ("planned", "Planned")], required=True, default="reported")

    # === HOOKS === #

    def _import_fields(self):
        return [self.quantity or "reported"]

    def _import_sheet_name(self):
        if self.quantity == "planned":
            return self.env._("Planned Workload")
        return self.env._("Reported Workload")

    def _import_columns(self):
        return self._import_clinic_columns() + [
            ImportColumn(item.code, f"{item.name}（{item.unit}）", "int")
            for item in self.env["bphs.service.item"].search([])
        ]

    def _import_template_rows(self):
        return [
            self._import_clinic_values(statement)
            | {line.item_id.code: line[self.quantity] or None for line in statement.line_ids}
            for statement in self._import_open_statements()
        ]

    def _import_heading_problem(self, unknown):
        """A heading that is no item's would be work left out in silence: such a file is refused."""
        return self._import_unknown_text(unknown) if unknown else None

    def _import_unknown_text(self, unknown):
        return self.env._("These headings name no service item: %(headings)s", headings="、".join(unknown))

    def _import_check(self, rows):
        self._import_refuse_twice(rows, "clinic")
        return super()._import_check(rows)

    def _import_check_quantities(self, row, statement):
        for line, quantity in self._import_cells(row, statement):
            problem = self._import_problem(line, {self.quantity: quantity})
            if problem:
                row.error(line.item_id.code, problem)
        missing = self._import_filled(row) - set(statement.line_ids.item_id.mapped("code"))
        for code in sorted(missing):
            row.error(code, self.env._("the statement does not hold this item; add it there first"))

    def _import_apply(self, rows):
        clinics = self._import_find(rows, "clinic", "bphs.institution")
        statements = self._import_statements(clinics.values())
        return self._import_load(
            [
                (line, (quantity,))
                for row in rows
                for line, quantity in self._import_cells(row, statements[clinics[row["clinic"]].id])
            ]
        )

    # === HELPERS === #

    def _import_cells(self, row, statement):
        """:return: (line, quantity) of each cell of the row that holds one"""
        return [(line, row[line.item_id.code]) for line in statement.line_ids if row.get(line.item_id.code) is not None]

    def _import_filled(self, row):
        """:return set: the item codes with a quantity in this row"""
        fixed = {column.key for column in self._import_clinic_columns()}
        return {key for key, value in row.values.items() if value and key not in fixed}
