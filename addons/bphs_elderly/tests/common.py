from datetime import timedelta

from odoo import Command

from odoo.addons.bphs_base.tests.common import CountyCase


class RulesetCase(CountyCase):
    """The small county, with a little rule set that the section drafted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["bphs.elderly.ruleset"]._county_today()
        cls.ruleset = cls.as_user("primary_care_officer", cls.env["bphs.elderly.ruleset"]).create(
            {
                "code": "little",
                "name": "小标准",
                "source": "县级默认，无公开标准",
                "date_from": cls.today + timedelta(10),
                "gate_ids": [Command.create({"fact": "exam", "months": 12})],
                "rule_ids": [
                    Command.create(
                        {
                            "code": "R01",
                            "colour": "red",
                            "text": "中度依赖",
                            "action": "一周内上门",
                            "condition_ids": [
                                Command.create({"fact": "adl_score", "operator": ">=", "value": "9", "months": 12})
                            ],
                        }
                    )
                ],
            }
        )
        cls.rule = cls.ruleset.rule_ids
        cls.condition = cls.rule.condition_ids

    def propose(self):
        self.as_user("primary_care_officer", self.ruleset).action_propose()

    def publish(self):
        self.propose()
        self.as_user("county_specialist", self.ruleset).action_publish()
