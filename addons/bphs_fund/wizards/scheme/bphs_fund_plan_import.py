from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.money import to_decimal


class BphsFundPlanImport(models.TransientModel):
    """Loads annual plans: a row for each clinic, a column for each priced item, or for each
    quarter of last year.

    A blank cell leaves its figure as it is. Confirmed plans are not touched.
    """

    _name = "bphs.fund.plan.import"
    _inherit = "bphs.fund.clinic.import"
    _description = "Import Annual Plans"

    period_id = fields.Many2one(string="Budget Year", domain=[("kind", "=", "year")])
    basis = fields.Selection(
        [("plan", "Expected quantities"), ("last_year", "Last year's quarters")],
        default="plan",
        required=True,
    )

    @api.model
    def _import_sheet_name(self):
        return self.env._("Annual Plans")

    def _import_columns(self):
        figures = (
            [
                ImportColumn(item.code, f"{item.name}（{item.unit}）", "int")
                for item in self._scheme().price_ids.item_id.sorted("sequence")
            ]
            if self.basis == "plan"
            else [
                ImportColumn(
                    quarter.code,
                    self.env._("%(quarter)s, settled last year", quarter=quarter.code),
                    "money",
                )
                for quarter in self._quarters()
            ]
        )
        return [
            *self._import_clinic_columns(),
            ImportColumn("opening_carry", self.env._("Opening Carry"), "money"),
            *figures,
        ]

    def _import_template_rows(self):
        plans = self._plans()
        rows = []
        for clinic in self._import_clinics():
            plan = plans.get(clinic.id, self.env["bphs.fund.plan"])
            row = {
                "clinic": clinic.code,
                "clinic_name": clinic.name,
                "opening_carry": to_decimal(plan.opening_carry),
            }
            rows.append(row | self._figures(plan))
        return rows

    def _import_check_clinics(self, rows, clinics):
        plans = self._plans()
        for row in rows:
            clinic = clinics.get(row.get("clinic"))
            plan = clinic and plans.get(clinic.id)
            if plan and plan.state != "draft":
                row.error("clinic", self.env._("the plan of this clinic is confirmed"))
            if (row.get("opening_carry") or 0) > 0:
                row.error("opening_carry", self.env._("what is left to deduct is zero or below"))
            for key in self._figure_keys():
                figure = row.get(key)
                if figure is not None and not 0 <= figure <= 1_000_000_000:
                    row.error(key, self.env._("lies between 0 and 1,000,000,000"))

    def _import_apply(self, rows):
        clinics = self._import_find_clinics(rows)
        plans = self._plans()
        count, new = 0, []
        for row in rows:
            clinic = clinics[row["clinic"]]
            plan = plans.get(clinic.id)
            if plan:
                vals = self._changes(plan, row)
                if vals:
                    plan.write(vals)
                    count += 1
            else:
                new.append(self._new(clinic, row))
        self.env["bphs.fund.plan"].create(new)
        return count + len(new)

    # === HELPERS === #

    def _scheme(self):
        bureau = self.env["bphs.fund.budget"]._default_institution_id()
        scheme = self.env["bphs.fund.scheme"]._for_period(bureau, self.period_id)
        if not scheme:
            raise UserError(self.env._("No settlement scheme is published for %(year)s.", year=self.period_id.code))
        return scheme

    def _quarters(self):
        return self.env["bphs.fund.plan"]._quarters(self.period_id)

    def _plans(self):
        """{clinic id: plan of the year}."""
        plans = self.env["bphs.fund.plan"].search([("period_id", "=", self.period_id.id)])
        return {plan.institution_id.id: plan for plan in plans}

    def _lines(self, plan):
        """(name of the lines' field, name of the figure, {column key: line})."""
        if self.basis == "plan":
            return "line_ids", "quantity", {line.item_id.code: line for line in plan.line_ids}
        return "quarter_ids", "amount", {line.period_id.code: line for line in plan.quarter_ids}

    def _figures(self, plan):
        __, figure, lines = self._lines(plan)
        return {key: line[figure] for key, line in lines.items()}

    def _targets(self):
        """{column key: id of the item or quarter it stands for}."""
        records = self._scheme().price_ids.item_id if self.basis == "plan" else self._quarters()
        return {record.code: record.id for record in records}

    def _figure_keys(self):
        return self._targets().keys()

    def _new_lines(self, row, but=()):
        target, figure = ("item_id", "quantity") if self.basis == "plan" else ("period_id", "amount")
        return [
            Command.create({target: record, figure: row[key]})
            for key, record in self._targets().items()
            if key not in but and row.get(key) is not None
        ]

    def _new(self, clinic, row):
        return {
            "institution_id": clinic.id,
            "period_id": self.period_id.id,
            "scheme_id": self._scheme().id,
            "basis": self.basis,
            "opening_carry": row["opening_carry"] or 0,
            ("line_ids" if self.basis == "plan" else "quarter_ids"): self._new_lines(row),
        }

    def _changes(self, plan, row):
        """What of `plan` the row changes, as values to write; empty where it says the same."""
        name, figure, lines = self._lines(plan)
        commands = [
            Command.update(line.id, {figure: row[key]})
            for key, line in lines.items()
            if row.get(key) is not None and to_decimal(line[figure]) != row[key]
        ] + self._new_lines(row, but=lines)
        vals = {name: commands} if commands else {}
        if plan.basis != self.basis:
            vals["basis"] = self.basis
        carry = row["opening_carry"]
        if carry is not None and carry != to_decimal(plan.opening_carry):
            vals["opening_carry"] = carry
        return vals
