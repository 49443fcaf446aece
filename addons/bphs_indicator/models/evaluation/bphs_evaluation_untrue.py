from odoo import api, models
from odoo.exceptions import ValidationError

from odoo.addons.bphs_service.tools.authenticity import verdicts

# The check that looks for nothing: what an evaluation found stands under it.
EVALUATED = "evaluated"
FOUND = {"false": verdicts.FALSE, "partly": verdicts.PARTLY}


class BphsEvaluationSample(models.Model):
    """What a finished sample found untrue is untrue for work and pay as well, without a second look."""

    _inherit = "bphs.evaluation.sample"

    def action_finish(self):
        result = super().action_finish()
        for sample in self:
            sample._tell_untrue()
        return result

    def _tell_untrue(self):
        """Put the records found untrue beside the doubts that were verified: they leave the work of their unit."""
        found_untrue = self.record_ids.filtered(lambda record: record.verdict in FOUND)
        # With su: which records they are is for the people wing to know; the step was checked.
        told = {visit.id: record for record, visit in found_untrue._visits_of_units().items() if visit}
        visits = self.env["bphs.visit"].sudo().browse(told)  # sudo: as said
        check = self.env.ref("bphs_indicator.authenticity_check_evaluated")
        findings = self.env["bphs.authenticity.finding"].sudo()  # sudo: as above
        evidence = self.env["bphs.authenticity.evidence"].sudo()  # sudo: as above
        period = self.evaluation_id.period_id
        for (institution, worker), found in visits.grouped(
            lambda visit: (visit.institution_id, visit.worker_id)
        ).items():
            finding = findings._create_past_steps(
                [
                    {
                        "check_id": check.id,
                        "institution_id": institution.id,
                        "worker_id": worker.id,
                        "date_from": period.date_start,
                        "date_to": period.date_end,
                        "key": f"sample {self.id}",
                        "seen": self.name,
                        "state": "verified",
                        "verified_by_id": self.env.uid,
                        "verified_on": self._county_today(),
                    }
                ]
            )
            evidence.create(
                [
                    {
                        "finding_id": finding.id,
                        "visit_id": visit.id,
                        "sampled": True,
                        "verdict": FOUND[told[visit.id].verdict],
                        "note": told[visit.id].finding,
                    }
                    for visit in found
                ]
            )


class BphsAuthenticityCheck(models.Model):
    _inherit = "bphs.authenticity.check"

    @api.constrains("code")
    def _check_code(self):
        return super(BphsAuthenticityCheck, self.filtered(lambda check: check.code != EVALUATED))._check_code()

    @api.constrains("active", "code")
    def _check_evaluated(self):
        if self.filtered(lambda check: check.code == EVALUATED and check.active):
            raise ValidationError(self.env._("What evaluations found is looked for by none of the checks at night."))
