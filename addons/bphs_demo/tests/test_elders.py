from odoo.tests import TransactionCase, tagged

from odoo.addons.bphs_base.tests.home import check_page
from odoo.addons.bphs_base.tools.months import months_before

STANDING = "bphs.elderly.standing"


@tagged("post_install", "-at_install")
class TestElders(TransactionCase):
    """A year of colours stands in every township, graded by rules that two persons put in force."""

    def _as(self, login, model):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_two_persons_put_the_rules_in_force_a_year_ago(self):
        rulesets = self.env["bphs.elderly.ruleset"]
        ruleset = rulesets._in_force_on(rulesets._county_today())
        self.assertEqual(ruleset.code, "county-2025")
        self.assertEqual((ruleset.proposed_by_id.login, ruleset.published_by_id.login), ("primarycare", "specialist"))
        self.assertEqual(ruleset.date_from, months_before(rulesets._county_today(), 12))
        alone = ruleset.rule_ids.filtered(lambda rule: rule.code == "Y05")
        self.assertNotIn("empty_nest", alone.condition_ids.code_ids.mapped("code"))
        self.assertNotIn("空巢", alone.text)

    def test_shares_are_those_of_a_county(self):
        colours = self.env[STANDING].search([("whole", "=", False)]).mapped("colour")
        shares = {colour: 100 * colours.count(colour) / len(colours) for colour in set(colours)}
        self.assertTrue(3 <= shares["red"] <= 20, shares)
        self.assertTrue(10 <= shares["yellow"] <= 50, shares)
        self.assertTrue(0 < shares["unrated"] < shares["green"], shares)

    def test_a_year_in_every_township(self):
        townships = self.env["bphs.resident"].search([]).township_id
        today = self.env[STANDING]._county_today()
        for township in townships:
            with self.subTest(township.name):
                rows = self.env["bphs.elderly.grading"].search([("resident_id.township_id", "=", township.id)])
                # Red is rare: where few elders live, there may be none.
                self.assertLessEqual({"yellow", "green"}, set(rows.mapped("colour")))
                self.assertLessEqual(min(rows.mapped("date_from")), months_before(today, 11))
                self.assertGreater(len({day.month for day in rows.mapped("date_from")}), 6)

    def test_some_became_better_by_a_doctors_word_and_some_wait_for_it(self):
        confirmed = self.env["bphs.elderly.grading"].search([("cause", "=", "confirmed")])
        self.assertTrue(confirmed.confirmed_by_id)
        waiting = self.env[STANDING].search([("proposal", "!=", False)])
        self.assertTrue(waiting)
        decisions = self.env["bphs.elderly.decision"].search([])
        self.assertEqual(set(decisions.mapped("state")), {"submitted", "confirmed"})
        for decision in decisions - decisions.filtered(lambda one: one.state == "submitted"):
            self.assertNotEqual(decision.proposed_by_id, decision.confirmed_by_id)

    def test_first_pages_show_what_is_red_and_due(self):
        for login in ("doctor.yincheng", "doctor.beicheng", "teamleader.yincheng", "teamleader.beicheng"):
            with self.subTest(login):
                env = self.env(user=self.env["res.users"].search([("login", "=", login)]).id)
                page = check_page(self, env)
                cards = {card["key"]: card for card in page["cards"]}
                red = self._as(login, STANDING).search([("told", "=", True), ("colour", "=", "red")])
                self.assertTrue(red)
                self.assertTrue(red.filtered("due_on"))
                figures = [line["figure"] for line in cards["elders"]["lines"] if "'red'" in str(line["domain"])]
                self.assertEqual(figures, [str(len(red))])
        leaders = [self._as(f"teamleader.{name}", "bphs.home").load()["waiting"] for name in ("yincheng", "beicheng")]
        self.assertTrue(any("elderly_proposal" in {row["key"] for row in rows} for rows in leaders))
        waiting = self._as("ph.yincheng", "bphs.home").load()["waiting"]
        self.assertIn("elderly_decision", {row["key"] for row in waiting})

    def test_the_first_night_changes_no_colour(self):
        grader = self.env["bphs.elderly.grader"]
        before = self.env["bphs.elderly.grading"].search_count([])
        for institution in self.env[STANDING].search([]).institution_id:
            grader._grade_institution(institution.id)
        self.assertEqual(self.env["bphs.elderly.grading"].search_count([]), before)
