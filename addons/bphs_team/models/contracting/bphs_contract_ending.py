from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.terms import BY_FILE, CHANGED, EXPIRED, MERGED
from .bphs_contract import END_REASONS

# What a person can say of an end; the others follow from the file, the calendar, and signing with another team.
SAID = [(value, label) for value, label in END_REASONS if value not in (EXPIRED, CHANGED, MERGED)]


class BphsContract(models.Model):
    """Ends of contracts: said by a person, or following from the file, the calendar, or another contract."""

    _inherit = "bphs.contract"

    # === ACTIONS === #

    def action_end(self, reason, day=None, note=""):
        """End contracts before their term is over.

        :param str reason: one of SAID
        :param date day: the first day they no longer hold
        :param str note: what proves it, or what was said
        :raise AccessError: not one who signs
        :raise UserError: no such reason, nothing said, or a day that cannot be
        """
        if reason not in dict(SAID):
            raise UserError(self.env._("Say why the contract ends."))
        self._check_step("end", note)
        day = fields.Date.to_date(day) or self._county_today()
        if day > self._county_today():
            raise UserError(self.env._("The day lies in the future."))
        self._end(reason, day, note)

    def action_ask_end(self):
        """:return: the window that asks why the contract ends"""
        return self._ask("bphs.contract.ending", self.env._("End the Contract"))

    def action_ask_change(self):
        """:return: the window that asks which team the person changes to"""
        return self._ask("bphs.contract.changing", self.env._("Change to Another Team"))

    def _ask(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    # === BUSINESS METHODS === #

    def _end(self, reason, day, note=""):
        """End these and what was signed to follow them; callers have checked the step.

        A contract that would have ended by that day anyway is left as it is.
        """
        going_on = self.filtered(lambda contract: contract.until > day or contract.date_from >= day)
        for contract in going_on | going_on._followers():
            if contract.state == "review":
                contract.sudo()._write_state({"state": "refused", "end_note": note[:200]})  # sudo: follows from the end
                continue
            contract._take_step(
                "end",
                {"end_reason": reason, "until": max(day, contract.date_from), "end_note": note.strip()[:200] or False},
                note,
            )

    def _followers(self):
        # sudo: of a contract one may end, also the one signed to follow it
        after = self.sudo().search([("renewed_from_id", "in", self.ids), ("state", "not in", ("ended", "refused"))])
        return (after | after._followers()).with_env(self.env) if after else self.browse()

    def _change(self, signing):
        """End this contract, and sign with another team from that day (改签).

        :param Signing signing: what is signed instead
        :return: the contract that was made
        """
        self.ensure_one()
        self._check_signer()
        self._check_step("end", "changed")
        if signing.team == self.team_id:
            raise UserError(self.env._("%(name)s is with this team already.", name=self.display_name))
        if not self.date_from <= signing.date_from < self.until:
            raise UserError(self.env._("The change lies outside the term of the contract."))
        self._end(CHANGED, signing.date_from, self.env._("Changed to %(team)s", team=signing.team.name))
        made = self._sign(Domain("id", "=", self.resident_id.id), signing)
        if not made:
            raise UserError(self.env._("%(name)s cannot be signed with the other team.", name=self.display_name))
        return made

    @api.model
    def _cron_expire(self):
        """What has come to the end of its term is over; figures ask the days and need no state."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE bphs_contract SET state = 'ended', end_reason = 'expired', write_date = %s"
                " WHERE state IN ('running', 'renewed') AND until <= %s",
                self.env.cr.now(),
                self._county_today(),
            )
        )
        self.invalidate_model()

    # === WHEN A FILE ENDS OR CHANGES === #

    def _end_with_file(self, reason, day):
        """The files these belong to have ended: so do they, from that day."""
        for contract in self.filtered(lambda contract: contract.state not in ("ended", "refused")):
            if contract.state == "review":
                contract._write_state({"state": "refused", "end_reason": reason})
            elif contract.until > day:
                contract._write_state({"state": "ended", "end_reason": reason, "until": max(day, contract.date_from)})

    def _overlaps_of(self, survivor):
        """Those of these contracts that are in force on a day on which the other file has one."""
        own = self.search([("resident_id", "=", survivor.id), ("state", "!=", "refused")])
        return self.filtered(
            lambda contract: (
                contract.state != "refused"
                and any(contract.date_from < other.until and other.date_from < contract.until for other in own)
            )
        )

    def _stay_behind(self, name, survivor):
        return self._overlaps_of(survivor)

    def _move_to_resident(self, name, survivor):
        """To the file that stays; where both were signed for the same days, its own goes on and the other ends."""
        stayed = self._overlaps_of(survivor)
        stayed._end_with_file(MERGED, self._county_today())
        (self - stayed)._write_state({name: survivor.id})
        return stayed


class BphsResident(models.Model):
    _inherit = "bphs.resident"

    def _on_resident_ended(self, reason):
        super()._on_resident_ended(reason)
        today = self._county_today()
        for resident in self:
            contracts = self.env["bphs.contract"].search([("resident_id", "=", resident.id)])
            contracts._end_with_file(BY_FILE[reason], resident.status_date or today)
