from odoo import Command
from odoo.tests import tagged

from .common import IndicatorCase


@tagged("post_install", "-at_install")
class TestDefinitions(IndicatorCase):
    """Indicators in versions, made of sets."""

    def draft(self, code="ELDER_MANAGED"):
        action = self.as_user("primary_care_officer", self.indicator(code)).action_new_version()
        return self.Indicator.browse(action["res_id"])

    def officer(self):
        """Another person of the section."""
        user = self.user["finance_officer_2"]
        user.role_line_ids = [Command.create({"role_id": self.env.ref("bphs_base.role_primary_care_officer").id})]
        return user

    def test_all_that_is_shipped_is_in_force(self):
        shipped = self.Indicator.search([("state", "=", "published")])
        self.assertGreaterEqual(len(shipped), 64)
        self.assertEqual(set(shipped.mapped("code")), set(self.Indicator.search([]).mapped("code")))
        targets = self.env["bphs.indicator.target"].search([])
        self.assertLessEqual(set(targets.mapped("code")), set(shipped.mapped("code")))

    def test_a_version_is_published_by_another_and_supersedes(self):
        draft = self.draft()
        self.assertEqual((draft.version, draft.state), (self.indicator("ELDER_MANAGED").version + 1, "draft"))
        draft.with_user(self.user["primary_care_officer"]).digits = 1
        with self.denied("whoever wrote it does not publish it"):
            self.as_user("primary_care_officer", draft).action_publish()
        before = self.indicator("ELDER_MANAGED")
        draft.with_user(self.officer()).action_publish()
        self.assertEqual((draft.state, before.state), ("published", "superseded"))
        self.count()
        self.assertEqual(self.value("ELDER_MANAGED", self.bureau).indicator_id, draft)

    def test_nobody_publishes_what_they_wrote_in_the_draft_of_another(self):
        draft, other = self.draft(), self.officer()
        draft.with_user(other).write({"numerator_words": "写上去的"})
        with self.denied("whoever wrote it does not publish it"):
            draft.with_user(other).action_publish()
        self.assertIn(other, draft.editor_ids)
        self.assertNotIn("publish", draft.with_user(other).allowed_steps)
        draft = self.draft()
        sets = self.env["bphs.indicator.set"].with_user(other)
        elders = sets.search([("code", "=", "elder65")]).copy({"code": "elder66", "from_months": 792})
        draft.with_user(self.user["primary_care_officer"]).within_ids = elders
        with self.denied("whoever wrote it does not publish it"):
            draft.with_user(other).action_publish()

    def test_what_is_published_stays(self):
        indicator = self.as_user("primary_care_officer", self.indicator("ELDER_MANAGED"))
        with self.refused("begin a new version"):
            indicator.digits = 1
        with self.refused("begin a new version"):
            indicator.unlink()

    def test_a_draft_is_the_countys_affair(self):
        draft = self.draft()
        self.assertFalse(self.as_user("township_director_a", self.Indicator).search([("id", "=", draft.id)]))
        self.assertTrue(self.as_user("auditor", self.Indicator).search([("id", "=", draft.id)]))

    def test_what_cannot_be_reckoned_is_not_published(self):
        officer = self.officer()
        for vals, words in (
            ({"over": "population", "basis": False}, "over which population"),
            ({"over": "apart"}, "whom it is reckoned over"),
            ({"source": "contracts"}, "which rate of contracts"),
            ({"unit": "record"}, "这类集合不能用于该计数单位"),
        ):
            draft = self.draft()
            draft.with_user(self.user["primary_care_officer"]).write(vals)
            with self.refused(words):
                draft.with_user(officer).action_publish()

    def test_a_set_in_use_stays_and_a_new_one_is_checked(self):
        sets = self.as_user("primary_care_officer", "bphs.indicator.set")
        elders = sets.search([("code", "=", "elder65")])
        with self.refused("stays as it is"):
            elders.from_months = 720
        with self.refused("stays as it is"):
            elders.unlink()
        with self.refused("没有写明表单"):
            sets.create({"code": "x", "name": "试", "kind": "records"})
        with self.refused("is no key group"):
            sets.create({"code": "x", "name": "试", "kind": "group", "group": "giants"})

    def test_a_made_up_indicator_is_counted(self):
        sets = self.env["bphs.indicator.set"]
        old = self.as_user("primary_care_officer", sets).create(
            {"code": "old70", "name": "70岁及以上", "kind": "age", "from_months": 840}
        )
        draft = self.as_user("primary_care_officer", self.Indicator).create(
            {
                "code": "OLD_SIGNED",
                "name": "70岁及以上签约率",
                "field_of_work": "elder",
                "within_ids": [Command.set(old.ids)],
                "counted_ids": [Command.set(sets.search([("code", "=", "signed")]).ids)],
            }
        )
        draft.with_user(self.officer()).action_publish()
        self.assertIn("70岁及以上", draft.says)
        self.count()
        self.assertEqual(self.parts("OLD_SIGNED", self.township_a), (0, 2))
