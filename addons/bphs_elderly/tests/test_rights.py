from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.rights import RightsCase
from odoo.addons.bphs_resident.tests.common import ResidentCase

from .common import RulesetCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase, RulesetCase, ResidentCase):
    rights_module = "bphs_elderly"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.red = {
            "resident_id": cls.zhang.id,
            "colour": "red",
            "date_to": cls.today + timedelta(30),
            "reason": "近期多次跌倒，家中无人",
        }

    @property
    def rights_actions(self):
        return {
            "bphs.elderly.ruleset.action_propose": lambda key: self.as_user(key, self.ruleset).action_propose(),
            "bphs.elderly.ruleset.action_return": lambda key: self.proposed(key).action_return("再议"),
            "bphs.elderly.ruleset.action_publish": lambda key: self.proposed(key).action_publish(),
            "bphs.elderly.ruleset.action_try": lambda key: self.as_user(key, self.ruleset).action_try(),
            "bphs.elderly.standing.action_confirm": lambda key: self.better(key).action_confirm(),
            "bphs.elderly.standing.action_refuse": lambda key: self.better(key).action_refuse("家中有变故"),
            "bphs.elderly.decision.action_propose": lambda key: self.decision(key, "draft").action_propose(),
            "bphs.elderly.decision.action_confirm": lambda key: self.decision(key, "submitted").action_confirm(),
            "bphs.elderly.decision.action_refuse": lambda key: self.decision(key, "submitted").action_refuse("再看看"),
            "bphs.elderly.decision.action_end": lambda key: self.decision(key, "confirmed").action_end("已好转"),
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

    def decision(self, key, state):
        """:return: a decision that somebody else made, as the user of ``key``, who has the file open"""
        self.open_file(key)
        decisions = self.env["bphs.elderly.decision"].with_user(self.env.ref("base.user_root"))
        return self.as_user(key, decisions.sudo()._create_past_steps([{**self.red, "state": state}]))

    def better(self, key):
        """:return: a standing of which something is proposed"""
        self.open_file(key)
        standing = self.env["bphs.elderly.standing"].search([("resident_id", "=", self.zhang.id)])
        if not standing:
            standing = self.env["bphs.elderly.standing"].create(
                {
                    "resident_id": self.zhang.id,
                    "colour": "red",
                    "grade": "yellow",
                    "since": self.today,
                    "graded_on": self.today,
                    "ruleset_id": self.ruleset.id,
                }
            )
        standing.write({"proposal": "yellow", "proposed_on": self.today})
        return self.as_user(key, standing)

    def open_file(self, key):
        """Whoever must search opens the file first; the others have it open."""
        resident = self.as_user(key, self.zhang)
        if resident.has_access("read") or not self.env["bphs.resident"].with_user(self.user[key])._must_search():
            return
        resident.action_open("核对分级")
