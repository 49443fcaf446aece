from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase

from .common import RulesetCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, RulesetCase):
    # The tests are inherited, and Odoo runs inherited tests only where it is told to.
    allow_inherited_tests_method = True
    rights_module = "bphs_elderly"

    @property
    def rights_actions(self):
        return {
            "bphs.elderly.ruleset.action_propose": lambda key: self.as_user(key, self.ruleset).action_propose(),
            "bphs.elderly.ruleset.action_return": lambda key: self.proposed(key).action_return("再议"),
            "bphs.elderly.ruleset.action_publish": lambda key: self.proposed(key).action_publish(),
        }

    def proposed(self, key):
        """:return: a set that somebody else wrote and proposed, as the user of ``key``"""
        ruleset = self.ruleset
        if key == "primary_care_officer":
            ruleset = self.as_user("county_specialist", ruleset.with_user(self.env.ref("base.user_root")).copy())
            ruleset.date_from = self.today
            self.as_user("county_specialist", ruleset).action_propose()
        else:
            self.propose()
        return self.as_user(key, ruleset)
