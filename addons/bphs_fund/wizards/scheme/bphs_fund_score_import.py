from odoo import api, fields, models

from odoo.addons.bphs_base.tools.importing.import_columns import ImportColumn
from odoo.addons.bphs_base.tools.money import ZERO, round_half_up, to_decimal


class BphsFundScoreImport(models.TransientModel):
    """Loads the scores and deductions of one period, a row for each clinic.

    A blank cell leaves what stands: 0 takes a deduction away, 清空 its reason.
    """

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
            ImportColumn("reason", self.env._("Reason for Deduction"), clearable=True),
        ]

    def _import_check_clinics(self, rows, clinics):
        # sudo: the question is whether any entry exists, whoever may see it
        entries = self.env["bphs.fund.entry"].sudo()
        settled = entries._read_group(
            [("kind", "=", "settlement"), ("period_id", "=", self.period_id.id)], ["institution_id"]
        )
        settled = {institution.id for (institution,) in settled}
        known = self._known()
        for row in rows:
            clinic = clinics.get(row.get("clinic"))
            __, stands, explained = known.get(clinic and clinic.id, (0, 0, ""))
            score = row.get("score")
            deduction = to_decimal(stands) if row.get("deduction") is None else row["deduction"]
            reason = explained if row.get("reason") is None else row["reason"] or ""
            if score is not None and (not 0 <= score <= 100 or score != round_half_up(score)):
                row.error("score", self.env._("a score lies between 0 and 100, with at most two decimals"))
            if deduction < 0:
                row.error("deduction", self.env._("a deduction cannot be below zero"))
            if deduction and not reason.strip():
                row.error("reason", self.env._("a deduction needs a reason"))
            if clinic and clinic.id in settled:
                row.error("clinic", self.env._("this clinic has been settled for the period"))

    def _import_apply(self, rows):
        clinics = self._import_find_clinics(rows)
        known = self._known()
        changed = []
        for row in rows:
            clinic = clinics[row["clinic"]]
            stands = known.get(clinic.id, (ZERO, ZERO, ""))
            values = {
                "score": row["score"],
                "deduction": stands[1] if row["deduction"] is None else row["deduction"],
                "reason": stands[2] if row["reason"] is None else row["reason"] or "",
            }
            if known.get(clinic.id) != (values["score"], values["deduction"], values["reason"]):
                values["reason"] = values["reason"] or False
                changed.append({"institution_id": clinic.id, "period_id": self.period_id.id, **values})
        return len(self.env["bphs.fund.score"]._record(changed, "imported"))

    def _known(self):
        """{clinic id: (score, deduction, reason) that stand for the period}."""
        return {
            score.institution_id.id: (to_decimal(score.score), to_decimal(score.deduction), score.reason or "")
            for score in self.env["bphs.fund.score"].search([("period_id", "=", self.period_id.id)])
        }
