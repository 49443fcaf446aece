from odoo.tests import tagged

from ..rights import RightsCase


@tagged("post_install", "-at_install")
class TestRights(RightsCase):
    rights_module = "bphs_base"
    scope_rules = {}

    @property
    def rights_actions(self):
        return {
            "bphs.period.action_lock": lambda key: self.as_user(key, self.q1).action_lock("结算"),
            "bphs.period.action_unlock": lambda key: self.as_user(key, self.q1).action_unlock("更正"),
            "bphs.population.action_approve": self.approve_population,
            "bphs.setup.get_page": lambda key: self.as_user(key, "bphs.setup").get_page(),
        }

    def approve_population(self, key):
        figure = self.as_user("finance_officer", "bphs.population").create(
            {
                "name": "常住人口",
                "basis": "permanent",
                "division_id": self.county.id,
                "number": 271000,
                "source": "统计局",
            }
        )
        figure.with_user(self.user[key]).action_approve()

    def test_the_table_is_not_trusted_blindly(self):
        """What the table is held to does notice: a right more, a right less."""
        self.assertEqual(self._rights_held("bphs.period", "administrator"), "rcwd")
        self.assertEqual(self._rights_held("bphs.period", "village_doctor_a1"), "r")
        self.env.ref("bphs_base.access_bphs_period_user").perm_write = True
        self.env.ref("bphs_base.access_bphs_document_user").perm_read = False
        with self.assertRaisesRegex(AssertionError, "bphs.period, village_doctor.*says r, the code rw"):
            self.test_rights_are_exactly_those_of_the_table()
        with self.assertRaisesRegex(AssertionError, "bphs.document, auditor.*says r, the code ·"):
            self.test_rights_are_exactly_those_of_the_table()
