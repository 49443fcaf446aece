from odoo import fields, models
from odoo.exceptions import AccessError

TRIERS = "bphs_base.group_primary_care_officer,bphs_base.group_county_specialist"


class BphsElderlyRuleset(models.Model):
    """A set is tried on the real county before it is published."""

    _inherit = "bphs.elderly.ruleset"

    # For who tries alone: whoever may read the rules opens them without.
    trial_ids = fields.One2many("bphs.elderly.trial", "ruleset_id", string="Trials", readonly=True, groups=TRIERS)

    def action_try(self):
        """Grade everybody by this set without keeping it.

        :return dict: the trial, which fills as the jobs come on
        """
        self.ensure_one()
        self.check_access("read")
        trials = self.env["bphs.elderly.trial"]
        if not trials._may_try():
            raise AccessError(self.env._("Rules are tried by the section and the county's specialists."))
        self._core()
        trial = trials.sudo().create({"ruleset_id": self.id, "day": self._county_today()})  # sudo: asked just above
        trial._start()
        return {
            "type": "ir.actions.act_window",
            "res_model": trials._name,
            "res_id": trial.id,
            "views": [(False, "form")],
            "name": self.env._("Trial of a Rule Set"),
        }
