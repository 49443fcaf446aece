from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.authenticity import verdicts
from .bphs_authenticity_finding import FOR_ALL

UNTRUE = (verdicts.FALSE, verdicts.PARTLY)


class BphsAuthenticityFinding(models.Model):
    """What was verified as not true is put right: a problem of the register, from which tasks are issued."""

    _inherit = "bphs.authenticity.finding"
    _step_sets = ("step_reason", "sampled_by_id", "verified_by_id", "verified_on", "problem_id")

    problem_id = fields.Many2one("bphs.problem", readonly=True, copy=False, index="btree_not_null", ondelete="set null")

    def action_register_problem(self):
        """Enter what was verified as not true in the register of problems, once; it names nobody who was served.

        :return dict: the action that shows the problem
        :raise AccessError: not a role that registers problems
        :raise UserError: nothing of it was verified as not true
        """
        self.ensure_one()
        problems = self.env["bphs.problem"]
        problems.check_access("create")
        self.check_access("write")
        # The management wing reads it, where nobody is a named person.
        doubt = self.with_context(**{FOR_ALL: True})
        if doubt.state not in ("verified", "closed") or doubt.verdict not in UNTRUE:
            raise UserError(self.env._("%(doubt)s: nothing of it was verified as not true.", doubt=self.display_name))
        self._lock_rows()
        if not self.problem_id:
            self._write_state({"problem_id": problems.create(doubt._problem_values()).id})
        return {
            "type": "ir.actions.act_window",
            "res_model": problems._name,
            "res_id": self.problem_id.id,
            "views": [(False, "form")],
            "name": self.env._("Problem"),
        }

    def _problem_values(self):
        counts = self.env._(
            "%(looked)s of %(records)s records were looked at, %(untrue)s of them not true.",
            looked=self.sampled_count,
            records=self.evidence_count,
            untrue=self.false_count,
        )
        detail = "\n".join(filter(None, (self.words, self.seen_words, self.worker_id.name, counts, self.step_reason)))
        period = self.env["bphs.period"].search(
            [("kind", "=", "quarter"), ("date_start", "=", self.date_from)], limit=1
        )
        return {
            "name": self.env._("Records not true: %(check)s", check=self.check_id.name),
            "type_id": self.env.ref("bphs_service.problem_type_untrue").id,
            "source": "data_check",
            "period_id": period.id,
            "line_ids": [(0, 0, {"institution_id": self.institution_id.id, "detail": detail})],
        }
