from datetime import timedelta

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.bphs_service.tools.forms import missing

from ..invented.visits import YEARS

# What stands of every row of what is due.
ROWS = "SELECT plan_id, kind, key, opens_on, due_on, closes_on, missed_from, closed_on, visit_id FROM bphs_followup"


@tagged("post_install", "-at_install")
class TestServices(TransactionCase):
    """Three years of services stand in the register, and each role's list of work is that of a real morning."""

    def _as(self, login, model):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_three_years_of_services(self):
        visits = self.env["bphs.visit"].search([])
        today = visits._county_today()
        self.assertGreater(len(visits), 10_000)
        self.assertEqual(set(visits.mapped("state")), {"done"})
        self.assertGreaterEqual(min(visits.mapped("done_on")), today - timedelta(days=365 * YEARS + 1))
        self.assertLessEqual(max(visits.mapped("done_on")), today)
        whole = visits.filtered("is_complete")
        self.assertTrue(0.5 < len(whole) / len(visits) < 1)
        # What is stored of each is what the form itself says of it.
        some = visits[:: len(visits) // 200]
        for visit in some:
            open_ = missing(visit.template_id._questions(), visit._answers())
            self.assertEqual((visit.is_complete, visit.missing or ""), (not open_, ",".join(open_)))

    def test_what_is_due_follows_from_what_was_done(self):
        stands = set(self.env.execute_query(SQL(ROWS)))
        self.env["bphs.followup"]._recompute(self.env["bphs.plan"].search([]))
        self.assertFalse(stands ^ set(self.env.execute_query(SQL(ROWS))))

    def test_a_township_finds_a_morning(self):
        rows = self._as("ph.yincheng", "bphs.followup")
        counts = dict(
            (state, rows.search_count([("state", "=", state)]))
            for state in ("open", "overdue", "muted", "done", "missed")
        )
        self.assertTrue(all(counts[state] for state in ("open", "overdue", "muted", "done")), counts)
        # Most of what was due was done: a morning's list is worked off in days.
        self.assertLess(counts["overdue"], counts["done"], counts)

    def test_who_is_not_reached_is_muted_and_counted(self):
        plans = self._as("ph.yincheng", "bphs.plan").search([("is_unreached", "=", True)])
        self.assertTrue(plans)
        rows = plans.followup_ids
        self.assertIn("muted", rows.mapped("state"))
        self.assertTrue(rows.filtered("is_past_due"))
