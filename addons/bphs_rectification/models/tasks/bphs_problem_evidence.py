from odoo import api, fields, models
from odoo.exceptions import UserError


class BphsProblemEvidence(models.Model):
    """What shows a problem: photos and files of the finding, for all its institutions or for one of them.

    Seen by whoever sees the problem, or the line it belongs to. What tasks were issued for stays.
    """

    _name = "bphs.problem.evidence"
    _description = "Evidence of a Problem"
    _inherit = ["bphs.evidence.mixin"]
    _order = "id"
    _owner_field = "problem_id"

    problem_id = fields.Many2one("bphs.problem", required=True, index=True, ondelete="cascade")
    line_id = fields.Many2one(
        "bphs.problem.line",
        string="Seen At",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: shown to every institution the problem was found at.",
    )

    _upload_key_uniq = models.UniqueIndex(
        "(problem_id, upload_key) WHERE upload_key IS NOT NULL", "This photo has arrived already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = self.env["bphs.problem.line"].browse({vals["line_id"] for vals in vals_list if vals.get("line_id")})
        lines.check_access("write")
        lines._check_no_task()
        for vals in vals_list:
            line = lines.browse(vals.get("line_id"))
            if line and line.problem_id.id != vals.get("problem_id"):
                raise UserError(self.env._("%(line)s is not of this problem.", line=line.display_name))
        return super().create(vals_list)

    @api.model
    def _open_fields(self):
        return super()._open_fields() | {"line_id"}

    def _check_not_fixed(self):
        self.line_id._check_no_task()
        for proof in self.filtered(lambda proof: not proof.line_id):
            # sudo: a task of an institution out of sight counts as well
            if proof.problem_id.sudo().line_ids.rectification_id:
                raise UserError(self.env._("%(name)s: tasks were made of its problem, so it stays.", name=proof.name))


class BphsProblem(models.Model):
    _inherit = "bphs.problem"

    evidence_ids = fields.One2many("bphs.problem.evidence", "problem_id", string="Evidence of the Problem")

    def _check_evidence_open(self):
        """Raise unless the user may add and remove evidence of these problems.

        :raise AccessError: out of scope, or not a keeper of the register
        """
        self.check_access("write")
        # Held, so that nothing is taken away beside the issue of its tasks.
        self._lock_rows()


class BphsProblemLine(models.Model):
    _inherit = "bphs.problem.line"

    evidence_ids = fields.One2many("bphs.problem.evidence", "line_id", string="Evidence of the Problem")


class BphsRectification(models.Model):
    _inherit = "bphs.rectification"

    found_evidence_ids = fields.Many2many(
        "bphs.problem.evidence",
        string="Evidence of the Problem",
        compute="_compute_found_evidence_ids",
        compute_sudo=False,
    )

    @api.depends("line_ids.evidence_ids", "line_ids.problem_id.evidence_ids")
    @api.depends_context("uid")
    def _compute_found_evidence_ids(self):
        lines = self.line_ids
        found = self.env["bphs.problem.evidence"].search(
            [("problem_id", "in", lines.problem_id.ids), "|", ("line_id", "=", False), ("line_id", "in", lines.ids)]
        )
        for task in self:
            task.found_evidence_ids = found.filtered(
                lambda proof, lines=task.line_ids: (
                    proof.line_id in lines if proof.line_id else proof.problem_id in lines.problem_id
                )
            )
