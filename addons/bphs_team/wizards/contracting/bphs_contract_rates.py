from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_resident.models.register.bphs_resident_group import KINDS as GROUPS

from ...models.fulfilling.bphs_contract_figure import BY_WHAT
from ...models.fulfilling.bphs_contract_rates import ALL, COUNTED, OPEN, RATES


class BphsContractRates(models.TransientModel):
    """Signing and fulfilment in figures (签约与履约): each with its two parts and what it is reckoned over."""

    _name = "bphs.contract.rates"
    _description = "Signing and Fulfilment"
    _inherit = ["bphs.readable.links.mixin"]

    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._county_today().replace(month=1, day=1)
    )
    date_to = fields.Date(
        string="Until", required=True, default=lambda self: self._county_today(), help="Rates of a day are of this one."
    )
    by_what = fields.Selection(BY_WHAT, string="Told By", required=True, default="township")
    whole = fields.Boolean(string="With the Files for Named Persons")
    may_choose = fields.Boolean(compute="_compute_mark")
    mark = fields.Char(compute="_compute_mark")
    line_ids = fields.One2many("bphs.contract.rates.line", "page_id", readonly=True)

    @api.depends("by_what")
    def _compute_display_name(self):
        self.display_name = self.env._("Signing and Fulfilment")

    @api.depends("whole")
    def _compute_mark(self):
        for page in self:
            figures = self.env["bphs.resident"]._figures(page.whole)
            page.mark, page.may_choose = figures.mark, figures.choose

    def action_show(self):
        """Reckon the rates anew."""
        self.ensure_one()
        if self.date_from > self.date_to:
            raise UserError(self.env._("The period ends before it begins."))
        self.env["bphs.contract"].browse().check_access("read")
        last = min(self.date_to, self._county_today())
        self.env["bphs.resident.access"]._record_figures(self.display_name, self.date_from, last)
        told = self.env["bphs.contract"]._told_rates(self.by_what, self.date_from, self.date_to, whole=self.whole)
        # sudo: lines are the answer of the server, nobody's to write
        self.sudo().line_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "rate": one["rate"],
                        "key_id": one["key"] or 0,
                        "name": one["name"],
                        "group_kind": one["group"],
                        "counted": one["counted"],
                        "over": one["over"],
                        "base": one["base"],
                        "shown": one["shown"],
                        "cut": one["cut"],
                        "alert": one["alert"],
                    }
                )
                for one in told
            ),
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signing and Fulfilment"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }


class BphsContractRatesLine(models.TransientModel):
    """One figure of the page, and the lists behind it."""

    _name = "bphs.contract.rates.line"
    _description = "Figure of Signing and Fulfilment"
    _order = "id"
    _rec_name = "rate"

    page_id = fields.Many2one("bphs.contract.rates", required=True, readonly=True, index=True, ondelete="cascade")
    rate = fields.Selection(RATES, required=True, readonly=True)
    key_id = fields.Integer(readonly=True, aggregator=None)
    name = fields.Char(string="Of", readonly=True)
    group_kind = fields.Selection(GROUPS, string="Key Group", readonly=True)
    counted = fields.Integer(readonly=True, aggregator=None)
    over = fields.Integer(string="Out Of", readonly=True, aggregator=None)
    base = fields.Char(string="Reckoned Over", readonly=True)
    shown = fields.Char(string="Per Cent", readonly=True)
    cut = fields.Char(string="Per Cent, Cut Off", readonly=True, help="Some reports cut the last decimal off.")
    alert = fields.Char(readonly=True)

    def action_counted(self):
        """:return: the list of what is counted"""
        return self._listed(COUNTED)

    def action_open(self):
        """:return: the list of what is not: promised and not kept, ended and not renewed"""
        return self._listed(OPEN)

    def _listed(self, part):
        self.ensure_one()
        contracts = self.env["bphs.contract"]
        contracts.browse().check_access("read")
        if self.env["bphs.resident"]._must_search():
            raise UserError(
                self.env._("Whoever works for several townships sees the figures of teams here, and not the people.")
            )
        page = self.page_id
        last = min(page.date_to, self._county_today())
        part = ALL if self.rate == "signed" and part == COUNTED else part
        return contracts._list_of(self.rate, part, page.by_what, self.key_id, self.group_kind, page.date_from, last)
