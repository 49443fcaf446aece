from odoo import api, models

from odoo.addons.bphs_base.tools.home import Wait

from .bphs_referral import WAITING

HANDLERS = ("village_doctor", "team_leader", "township_public_health", "county_specialist")


class BphsWaiting(models.AbstractModel):
    """What was found and not handled, who was referred and not answered for, who is to come back."""

    _inherit = "bphs.waiting"

    @api.model
    def _waits(self):
        waits, _ = super()._waits(), self.env._
        user = self.env.user
        if not user._holds_role(HANDLERS):
            return waits
        own = user.sudo().bphs_institution_ids.ids  # sudo: one's own scope
        referral = {"model": "bphs.referral", "action": "bphs_service.bphs_referral_action"}
        here = [
            *("|", ("to_institution_id", "in", own)),
            *("&", ("to_institution_id", "=", False), ("from_institution_id", "in", own)),
        ]
        answer = [("state", "in", WAITING), *here]
        back = [("state", "=", "answered"), ("from_institution_id", "in", own)]
        # No day is told along: of files, only what many share is gathered.
        answer_tone, finding_tone = {"tone": "warning", "sequence": 14}, {"tone": "warning", "sequence": 16}
        waits = [
            *waits,
            Wait("referral_answer", _("Referrals to Answer"), domain=answer, **referral, **answer_tone),
            Wait("referral_back", _("Referred, and Answered"), domain=back, sequence=15, **referral),
        ]
        if not user._holds_role(("county_specialist",)):
            finding = {"model": "bphs.finding", "action": "bphs_service.bphs_finding_action"}
            open_ones = [("state", "=", "open")]
            waits.append(Wait("finding", _("Abnormal Findings to Handle"), domain=open_ones, **finding, **finding_tone))
        return waits
