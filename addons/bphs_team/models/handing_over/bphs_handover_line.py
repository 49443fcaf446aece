from odoo import api, fields, models


class BphsHandoverLine(models.Model):
    """One kind of open work in a hand-over: how much there is, and whether it is handed over."""

    _name = "bphs.handover.line"
    _description = "Open Work Handed Over"
    _order = "id"

    handover_id = fields.Many2one("bphs.handover", required=True, readonly=True, index=True, ondelete="cascade")
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Open Work", compute="_compute_name")
    count = fields.Integer(string="How Many", required=True, readonly=True, aggregator=None)
    chosen = fields.Boolean(string="Hand Over", default=True)

    _once = models.Constraint("UNIQUE(handover_id, key)", "Each kind of work stands in a hand-over once.")

    @api.depends("key", "handover_id.worker_id")
    def _compute_name(self):
        for handover, lines in self.grouped("handover_id").items():
            names = {work.key: work.name for work in handover._work()}
            for line in lines:
                line.name = names.get(line.key, line.key)

    def write(self, vals):
        # Shown is what is confirmed: once it is, no line changes.
        self.handover_id._check_in_state(("draft",))
        return super().write(vals)

    def action_open(self):
        """The list of this work."""
        self.ensure_one()
        work = self._told()
        action = {
            "type": "ir.actions.act_window",
            "res_model": work.model,
            "views": [(False, "list"), (False, "form")],
        }
        if work.action:
            action = self.env["ir.actions.act_window"]._for_xml_id(work.action)
        return {**action, "name": work.name, "domain": list(work.domain), "context": {"active_test": False}}

    def _told(self):
        return next(work for work in self.handover_id._work() if work.key == self.key)

    def _counted(self):
        return self.handover_id._how_many(self._told())
