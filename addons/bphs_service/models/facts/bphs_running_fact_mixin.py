from odoo import api, fields, models


class BphsRunningFactMixin(models.AbstractModel):
    """A fact that runs from a day, or since nobody knows when, until a day that is counted, or until today and on."""

    _name = "bphs.running.fact.mixin"
    _description = "Fact That Runs"
    _inherit = ["bphs.dated.fact.mixin"]

    date_from = fields.Date(string="Since", help="Left empty: since unknown.")
    date_to = fields.Date(string="Until")
    running = fields.Boolean(compute="_compute_running", search="_search_running", help="In force today.")

    # === COMPUTE METHODS === #

    @api.depends("state", "date_from", "date_to")
    def _compute_running(self):
        today = self._county_today()
        for fact in self:
            begun = not fact.date_from or fact.date_from <= today
            fact.running = fact.state == "recorded" and begun and (not fact.date_to or fact.date_to >= today)

    def _search_running(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._running_on(self._county_today())

    @api.model
    def _running_on(self, day):
        """:return: the domain of what runs on a day, its first and last day counted"""
        return [
            ("state", "=", "recorded"),
            *("|", ("date_from", "=", False), ("date_from", "<=", day)),
            *("|", ("date_to", "=", False), ("date_to", ">=", day)),
        ]

    @api.model
    def _going_on(self, day):
        """:return: the domain of what goes on after a day: what ends on it is over for the register"""
        return [("state", "=", "recorded"), "|", ("date_to", "=", False), ("date_to", ">", day)]

    # === CONSTRAINTS === #

    @api.constrains("resident_id", "date_from")
    def _check_date_from(self):
        self._check_days("date_from")

    # === HELPERS === #

    def _follow(self):
        # sudo: the register follows from facts, whoever entered them
        self.sudo().resident_id._follow_facts(self._name, set(self.mapped("kind")))
        super()._follow()

    def _stay_behind(self, name, survivor):
        going_on = self._going_on(self._county_today())
        own = set(self.sudo().search([("resident_id", "=", survivor.id), *going_on]).mapped("kind"))  # sudo: any kind
        return self.filtered_domain(going_on).filtered(lambda fact: fact.kind in own)
