from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.bphs_base.tools.money import to_decimal

# So finely a trial may part ages that the set in force does not part: one who is older stands alone in a township.
AGE_STEP, MOST_AGE = 5, 90
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
        self._check_ages_of_many()
        self.env["bphs.resident.access"]._record_reckoning(
            self.env._("Trial of a rule set: %(ruleset)s", ruleset=self.name)
        )
        trial = trials.sudo().create({"ruleset_id": self.id, "day": self._county_today()})  # sudo: asked just above
        trial._start()
        return {
            "type": "ir.actions.act_window",
            "res_model": trials._name,
            "res_id": trial.id,
            "views": [(False, "form")],
            "name": self.env._("Trial of a Rule Set"),
        }

    def _check_ages_of_many(self):
        """Where one person of a place is of an age, what a trial tells of the place would be told of that person, as
        the colour they get by whichever fact a rule asks for: the search page tells how old everybody is.

        :raise UserError: a condition parts ages otherwise than by whole fives, or than the set in force does
        """
        conditions = "gate_ids", "rule_ids.condition_ids"
        in_force = self._in_force_on(self._county_today()).sudo()  # sudo: which set rules is no secret
        known = {bound for path in conditions for bound in _age_bounds(in_force.mapped(path))}
        for path in conditions:
            for bound in _age_bounds(self.mapped(path)) - known:
                if bound % AGE_STEP or bound > MOST_AGE:
                    raise UserError(
                        self.env._(
                            "%(ruleset)s is not tried: it parts people at the age of %(age)s. A trial parts them at "
                            "65, 70 and so on up to %(most)s, or where the set in force does, so that no single person "
                            "is told of.",
                            ruleset=self.display_name,
                            age=f"{bound:f}",
                            most=MOST_AGE,
                        )
                    )


def _age_bounds(conditions):
    """:return set: of Decimal, the ages from which on these conditions hold, or hold no more"""
    bounds = set()
    for condition in conditions.filtered(lambda one: one.fact == "age"):
        value = to_decimal(condition.value)
        # Ages are whole: what is above one begins with the next.
        bounds.add(value + 1 if condition.operator in (">", "<=") else value)
    return bounds
