from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .bphs_contract_sample import CALLERS, KNOWS, UNAWARE, UNREACHED, WRONG

OUTCOMES = [
    (KNOWS, "Knows of It"),
    (UNAWARE, "Did Not Know"),
    (UNREACHED, "Nobody Answered"),
    (WRONG, "Wrong Number"),
]


class BphsContractSampleLine(models.Model):
    """A contract that was drawn: whether the person was reached, and what they said of it."""

    _name = "bphs.contract.sample.line"
    _description = "Contract Drawn"
    _inherit = ["bphs.logged.reading.mixin"]
    _order = "sample_id desc, place"
    _rec_name = "place"
    _tells_of = "resident_id"

    sample_id = fields.Many2one("bphs.contract.sample", required=True, readonly=True, index=True, ondelete="cascade")
    institution_id = fields.Many2one(related="sample_id.institution_id", store=True, precompute=True)
    state = fields.Selection(related="sample_id.state")
    place = fields.Integer(string="No.", required=True, readonly=True, aggregator=None)
    contract_id = fields.Many2one("bphs.contract", required=True, readonly=True, index=True, ondelete="restrict")
    resident_id = fields.Many2one(related="contract_id.resident_id", store=True, precompute=True)
    unit_id = fields.Many2one(
        "bphs.contract.sample.unit", string="Township", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    division_id = fields.Many2one(related="resident_id.division_id", related_sudo=False)
    team_id = fields.Many2one(related="contract_id.team_id")
    signed_on = fields.Date(related="contract_id.signed_on")
    outcome = fields.Selection(OUTCOMES, readonly=True)
    called_on = fields.Date(readonly=True)
    called_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    tries = fields.Integer(string="Times Called", readonly=True, aggregator=None)
    may_ask = fields.Boolean(compute="_compute_may_ask")
    may_call = fields.Boolean(compute="_compute_may_ask")

    _once = models.Constraint("UNIQUE(sample_id, contract_id)", "This contract stands in the sample already.")

    # === COMPUTE METHODS === #

    @api.depends("state", "outcome")
    @api.depends_context("uid")
    def _compute_may_ask(self):
        caller = self.env.user._holds_role(CALLERS)
        for line in self:
            line.may_ask = caller and line.state == "drawn" and line._may_be_asked_by(self.env.uid)
            line.may_call = line.may_ask and line.resident_id._may_call()

    # === ACTIONS === #

    def action_call(self):
        """Call the person: the sample is the reason, and the log says so.

        :return: the action that dials
        :raise AccessError: the role does not see whole numbers
        """
        self._check_asking()
        number = self.resident_id.action_unmask("phone", self._reason())
        if not number:
            raise UserError(self.env._("There is no telephone in the file."))
        return {"type": "ir.actions.act_url", "url": f"tel:{number}", "target": "self"}

    def action_knows(self):
        """Enter that the person knows of the contract: it is confirmed by the call."""
        self._check_asking()
        self.contract_id.action_confirm_call()

    def action_ask_unaware(self):
        """:return: the window that asks what a person said who did not know of their contract"""
        self._check_asking()
        return self.contract_id.with_context(step="deny").action_ask_step()

    def action_unreached(self):
        """Enter that nobody answered; they can be called again."""
        self._check_asking()
        self._put(UNREACHED)

    def action_wrong(self):
        """Enter that the number is somebody else's, or there is none."""
        self._check_asking()
        self._put(WRONG)

    def action_open_contract(self):
        """Open the contract; the sample stands in the log as the reason.

        :return: the action that shows it
        :raise AccessError: the file is not for this user to see
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: which person of which contract; the opening asks whether it is this user's to see
        self.sudo().resident_id.sudo(False).action_open(self._reason())
        return self._shown("bphs.contract", self.contract_id.id)

    # === HELPERS === #

    def _open(self):
        # sudo: as above
        self.sudo().resident_id.sudo(False).action_open(self._reason())
        return self._shown(self._name, self.id)

    def _shown(self, model, id_):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contract Drawn"),
            "res_model": model,
            "res_id": id_,
            "views": [(False, "form")],
        }

    def _reason(self):
        sample = self.sudo().sample_id.display_name  # sudo: which sample, whoever sees the line
        return self.env._("Sampled call about the contract: %(sample)s", sample=sample)

    def _may_be_asked_by(self, uid):
        return self.sudo().contract_id.signed_by_id.id != uid  # sudo: who signed it, of a line one may read

    def _check_asking(self):
        """:raise AccessError: not one who calls, or who signed it :raise UserError: the calling is over, or was said"""
        self.ensure_one()
        self.check_access("read")
        self.sample_id._check_caller()
        if not self._may_be_asked_by(self.env.uid):
            raise AccessError(self.env._("Whoever signed somebody does not ask them as well."))
        self.sample_id._check_in_state(("drawn",))

    def _put(self, outcome):
        """Write down how the call went, once it is known that it may be written."""
        said = {KNOWS, UNAWARE}
        for line in self.filtered(lambda line: line.outcome not in said or line.outcome != outcome):
            if line.outcome in said and outcome not in said:
                raise UserError(self.env._("What the person said stands."))
            # sudo: only these steps write a line
            line.sudo().write(
                {
                    "outcome": outcome,
                    "called_on": self._county_today(),
                    "called_by_id": self.env.uid,
                    "tries": line.tries + 1,
                }
            )

    @api.model
    def _outcome_counts(self, link, ids):
        """:param str link: the sample or the township of a line
        :return dict: id of what is linked -> {outcome: how many}, of all that was drawn, whoever may open which of it;
            but without the files for named persons, for whoever is none
        """
        counts = {}
        counted = [(link, "in", ids), *self.env["bphs.contract.sample"]._counted_lines()]
        # sudo: counts alone, which name nobody
        for of, outcome, count in self.sudo()._read_group(counted, [link, "outcome"], ["__count"]):
            counts.setdefault(of.id, {})[outcome] = count
        return counts

    @api.model
    def _answered(self, contracts, outcome):
        """Somebody was asked by telephone: in the samples of whoever asked that is how the call went.

        Not in those of others: what a township heard does not answer what the county asks of it.
        """
        if self.env.user._holds_role(CALLERS):
            lines = self.search([("contract_id", "in", contracts.ids), ("sample_id.state", "=", "drawn")])
            lines.filtered(lambda line: line._may_be_asked_by(self.env.uid))._put(outcome)

    @api.model
    def _put_down(self, sample, contract_ids):
        """Put down the contracts drawn, and a row of each township they are of.

        :param contract_ids: in the order of the frame
        """
        contracts = self.env["bphs.contract"].browse(contract_ids)
        places = [contract.resident_id.township_id or contract.resident_id.institution_id for contract in contracts]
        units = self.env["bphs.contract.sample.unit"]
        made = units.create(
            [
                {"sample_id": sample.id, "township_id": id_}
                for id_ in dict.fromkeys(place.id for place in sorted(places, key=lambda one: (one.code, one.id)))
            ]
        )
        unit_of = {unit.township_id.id: unit.id for unit in made}
        self.create(
            [
                {
                    "sample_id": sample.id,
                    "place": place,
                    "contract_id": contract.id,
                    "unit_id": unit_of[township.id],
                }
                for place, (contract, township) in enumerate(zip(contracts, places, strict=True), 1)
            ]
        )
