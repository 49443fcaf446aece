from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.bphs_base.tools.money import to_decimal

KINDS = [
    ("arrival", "Arrival"),
    ("prepayment", "Prepayment"),
    ("settlement", "Settlement"),
    ("payment", "Payment"),
    ("return", "Return"),
    ("carry", "Carry"),
    ("hold", "Hold"),
    ("release", "Release"),
    ("cap", "Cap"),
]


class BphsFundEntry(models.Model):
    """The ledger (资金台账): append-only, and every balance on every screen is a sum over it.

    Signs, in yuan:

    ===========  =======================================================================  =========
    kind         what is entered                                                          source
    ===========  =======================================================================  =========
    arrival      + what arrived (a reversal of an arrival: -); institution is the bureau  named
    payment      - what was paid to the clinic (a payment that failed: + again)           named
    return       + what the clinic returned (缴回)                                        named
    prepayment   + what the clinic may be paid in advance for the quarter                 none
    settlement   quarter: settled - prepaid, of either sign; year: final - sum of settled none
    carry        moves a negative balance on: + |carry| in the period it leaves,          none
                 - |carry| in the period that takes it up; of the bureau: what stays
                 in the pool of the township institutions, and is taken up from it
    hold         - what is withheld                                                       none
    release      + what is released of it                                                 none
    cap          + held money that cap or pool cut off: no longer held, never paid        none
    ===========  =======================================================================  =========

    Hence, with no case distinction:

    * available of a source = sum of its entries (arrived + returned - paid);
    * owed to a clinic (of a period, or in all) = sum of its entries: granted, not yet paid;
      zero when all is paid, negative while something is still to be deducted (待扣回);
    * held of a clinic = - sum of its hold, release and cap entries;
    * settled of a clinic in a period = sum of its prepayment and settlement entries of that period.

    A correction is an entry of the opposite sign from an origin of its own, never an edit.
    """

    _name = "bphs.fund.entry"
    _description = "Fund Ledger Entry"
    _inherit = ["bphs.scope.mixin", "bphs.money.mixin", "bphs.append.only.mixin"]
    _order = "id desc"
    _rec_name = "id"

    budget_id = fields.Many2one("bphs.fund.budget", required=True, index=True, ondelete="restrict")
    date = fields.Date(required=True)
    kind = fields.Selection(KINDS, required=True)
    period_id = fields.Many2one("bphs.period", index=True, ondelete="restrict")
    source_id = fields.Many2one("bphs.fund.source", index="btree_not_null", ondelete="restrict")
    amount = fields.Monetary(required=True)
    origin_model = fields.Char(required=True, help="Model of the record that caused this entry.")
    origin_id = fields.Many2oneReference(model_field="origin_model", required=True)
    document_id = fields.Many2one("bphs.document", index="btree_not_null", ondelete="restrict")
    note = fields.Char()
    wording = fields.Char(string="What Was Entered", compute="_compute_wording")

    _amount_not_zero = models.Constraint("CHECK(amount <> 0)", "A ledger entry has an amount.")
    # Where money really moves, it comes from or goes back to a source.
    _source_of_cash = models.Constraint(
        "CHECK((kind IN ('arrival', 'payment', 'return')) = (source_id IS NOT NULL))",
        "Arrivals, payments and returns name their source; other entries have none.",
    )
    # One origin, one entry of a kind per clinic, period and source: pressing twice posts once.
    _origin_uniq = models.UniqueIndex(
        "(origin_model, origin_id, kind, institution_id, COALESCE(period_id, 0), COALESCE(source_id, 0))",
        "This has been posted to the ledger already.",
    )
    _institution_period_idx = models.Index("(institution_id, period_id, kind)")

    @api.depends("kind", "amount")
    def _compute_wording(self):
        """The kind as people say it: money that came back because the bank refused it is no payment."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for entry in self:
            refused = entry.kind == "payment" and entry.amount > 0
            entry.wording = self.env._("Refused by the Bank") if refused else kinds.get(entry.kind)

    @api.model
    def _post(self, vals_list):
        """Append entries: the only door to the ledger, closed to clients.

        :param vals_list: dicts of budget_id, kind, institution_id, period_id, amount (Decimal
            yuan, signed as the class says), origin_model, origin_id; for cash kinds source_id;
            optionally date (today), document_id, note
        :return: the entries; amounts of zero are left out, they say nothing
        :raise UserError: a source would hold less than nothing: names it and what is lacking
        """
        today = self._county_today()
        rows = []
        for vals in vals_list:
            amount = to_decimal(vals["amount"])
            if amount:
                rows.append({"date": today, **vals, "amount": amount})
        # sudo: nobody may create entries; whoever calls has checked the step that causes them
        entries = self.sudo().create(rows)
        entries.source_id._check_not_overdrawn()
        # sudo: back to the rights of whoever called
        return entries.sudo(self.env.su)

    def action_open_counterpart(self):
        """Open the other side: of a payment the transfers made with it, of a refusal the payment it takes back."""
        self.ensure_one()
        self.check_access("read")
        payments = self.env["bphs.fund.payment.line"]
        if self.kind != "payment":
            raise UserError(self.env._("Only a payment and its refusal have another side."))
        # sudo: whose other side it is; what is opened is read under the user's own rights
        origin = self.sudo().env[self.origin_model].browse(self.origin_id).exists()
        if not origin or self.origin_model not in (payments._name, "bphs.fund.payment.split"):
            raise UserError(self.env._("The record behind this entry is no longer there."))
        same = [("payment_id", "=", origin.payment_id.id), ("payable_id", "=", origin.payable_id.id)]
        if self.origin_model == "bphs.fund.payment.split":
            name, model, domain = self.env._("Transfers"), payments._name, same
        else:
            # sudo: as above
            splits = self.env["bphs.fund.payment.split"].sudo().search(same)
            name, model = self.env._("Payment Taken Back"), self._name
            domain = [("origin_model", "=", splits._name), ("origin_id", "in", splits.ids)]
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": domain,
        }

    def action_open_origin(self):
        """Open the record that caused this entry, under the user's own rights."""
        self.ensure_one()
        origin = self.env[self.origin_model].browse(self.origin_id).exists()
        if not origin:
            raise UserError(self.env._("The record behind this entry is no longer there."))
        origin.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.origin_model,
            "res_id": self.origin_id,
            "views": [(False, "form")],
        }
