from odoo import api, fields, models

from odoo.addons.bphs_base.tools.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.money import round_half_up, to_decimal


class BphsFundScoreImport(models.TransientModel):
    """Loads the scores and deductions of one period, a row for each clinic."""

    _name = "bphs.fund.score.import"
    _inherit = "bphs.fund.clinic.import"
    _description = "Import Scores"

    period_id = fields.Many2one(domain=[("kind", "in", ("quarter", "year"))])

    @api.model
    def _import_sheet_name(self):
        return self.env._("Evaluation Scores")

    @api.model
    def _import_columns(self):
        return self._import_clinic_columns() + [
            ImportColumn("score", self.env._("Score"), "decimal", required=True),
            ImportColumn("deduction", self.env._("Deduction"), "money"),
            ImportColumn("reason", self.env._("Reason for Deduction")),
        ]

    def _import_check_clinics(self, rows, clinics):
        # sudo: the question is whether any entry exists, whoever may see it
        entries = self.env["bphs.fund.entry"].sudo()
        settled = entries._read_group(
            [("kind", "=", "settlement"), ("period_id", "=", self.period_id.id)], ["institution_id"]
        )
        settled = {institution.id for (institution,) in settled}
        for row in rows:
            score, deduction = row.get("score"), row.get("deduction")
            if score is not None and (not 0 <= score <= 100 or score != round_half_up(score)):
                row.error("score", self.env._("a score lies between 0 and 100, with at most two decimals"))
            if deduction is not None and deduction < 0:
                row.error("deduction", self.env._("a deduction cannot be below zero"))
            if deduction and not (row.get("reason") or "").strip():
                row.error("reason", self.env._("a deduction needs a reason"))
            clinic = clinics.get(row.get("clinic"))
            if clinic and clinic.id in settled:
                row.error("clinic", self.env._("this clinic has been settled for the period"))

    def _import_apply(self, rows):
        clinics = self._import_find_clinics(rows)
        known = {
            score.institution_id.id: (to_decimal(score.score), to_decimal(score.deduction), score.reason or "")
            for score in self.env["bphs.fund.score"].search([("period_id", "=", self.period_id.id)])
        }
        changed = []
        for row in rows:
            clinic = clinics[row["clinic"]]
            values = (row["score"], row["deduction"] or 0, row["reason"] or "")
            if known.get(clinic.id) != values:
                changed.append(
                    {
                        "institution_id": clinic.id,
                        "period_id": self.period_id.id,
                        "score": row["score"],
                        "deduction": row["deduction"] or 0,
                        "reason": row["reason"] or False,
                    }
                )
        return len(self.env["bphs.fund.score"]._record(changed, "imported"))
