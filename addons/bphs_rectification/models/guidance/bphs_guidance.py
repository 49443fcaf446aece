from odoo import api, fields, models

FORMS = [("onsite", "On Site"), ("remote", "Remote"), ("joint", "Together with Others")]


class BphsGuidance(models.Model):
    """Technical guidance (技术指导): the disease-control centre, the maternal and child health centre, the hospital of
    traditional Chinese medicine or a township hospital looked at the work of other institutions on a day.
    """

    _name = "bphs.guidance"
    _description = "Technical Guidance"
    _inherit = ["bphs.quarter.work.mixin"]
    _order = "date desc, id desc"
    _rec_name = "topic"

    institution_id = fields.Many2one(string="Guiding Institution")
    topic = fields.Char(string="Topics", required=True)
    people = fields.Char(string="Guided By", help="Names of those who went.")
    guide_worker_id = fields.Many2one(
        "bphs.worker",
        string="Led By (Register)",
        index="btree_not_null",
        ondelete="restrict",
        help="Who led those who went.",
    )
    audience = fields.Char(help="Who was guided: public-health doctors, village doctors ...")
    form = fields.Selection(FORMS, string="Form of Guidance", required=True, default="onsite")
    headcount = fields.Integer(string="People Guided")
    problem = fields.Text(string="Problems Found")
    next_step = fields.Text()
    visit_ids = fields.One2many("bphs.guidance.visit", "guidance_id", string="Units Visited")
    # Read by the record rule alone. A rule is evaluated past the rules of what it reads, and what it read is kept: with
    # the field above, a reader of one line would be handed all of them.
    rule_visit_ids = fields.One2many("bphs.guidance.visit", "guidance_id", groups=fields.NO_ACCESS)
    visit_count = fields.Integer(string="Number of Units", compute="_compute_visit_count")
    file = fields.Binary(string="Signed Record", attachment=True)
    file_name = fields.Char()

    _headcount_not_negative = models.Constraint("CHECK(headcount >= 0)", "People guided cannot be negative.")

    @api.onchange("guide_worker_id")
    def _onchange_guide_worker_id(self):
        # The text is what the papers print, and may name more than one.
        self.people = self.people or self.guide_worker_id.name

    @api.depends("visit_ids")
    def _compute_visit_count(self):
        counts = dict(
            self.env["bphs.guidance.visit"]._read_group([("guidance_id", "in", self.ids)], ["guidance_id"], ["__count"])
        )
        for guidance in self:
            guidance.visit_count = counts.get(guidance, 0)


class BphsGuidanceVisit(models.Model):
    """One unit that was visited: what was found there, and what follows."""

    _name = "bphs.guidance.visit"
    _description = "Unit Visited for Guidance"
    _inherit = ["bphs.quarter.work.line.mixin"]
    _order = "date desc, institution_id, id"
    _rec_name = "institution_id"
    _work_field = "guidance_id"

    guidance_id = fields.Many2one("bphs.guidance", required=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(string="Unit")
    date = fields.Date(related="guidance_id.date", store=True, index=True)
    guide_id = fields.Many2one(
        related="guidance_id.institution_id", string="Guiding Institution", store=True, index=True
    )
    finding = fields.Text(string="Findings")
    next_step = fields.Text()

    _institution_uniq = models.Constraint(
        "UNIQUE(guidance_id, institution_id)", "Each unit stands once in a record of guidance."
    )
