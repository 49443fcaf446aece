from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTruth(TransactionCase):
    """Doubts and screening stand as on a real morning: some found, some worked on, some done with."""

    def _as(self, login, model):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_doubts_stand_at_each_step(self):
        doubts = self._as("primarycare", "bphs.authenticity.finding").search([])
        states = set(doubts.mapped("state"))
        self.assertTrue({"found", "sampled", "closed"} <= states, states)
        closed = doubts.filtered(lambda doubt: doubt.state == "closed")
        self.assertEqual((closed.verdict, closed.check_id.code), ("false", "at_once"))
        self.assertEqual(closed.problem_id.line_ids.institution_id, closed.institution_id)
        self.assertTrue(doubts.filtered(lambda doubt: doubt.state == "found" and doubt.hard))
        # Three careless doctors, and hardly a doubt about anybody else.
        self.assertLess(len(doubts), 12, doubts.mapped("display_name"))

    def test_a_doctor_who_signs_in_is_honest(self):
        doctor = self.env["res.users"].search([("login", "=", "doctor.yincheng")])
        doubts = self.env["bphs.authenticity.finding"].search(
            [("institution_id", "in", doctor.bphs_institution_ids.ids), ("hard", "=", True)]
        )
        self.assertFalse(doubts)

    def test_the_picture_tells_of_every_township(self):
        page = self._as("primarycare", "bphs.authenticity.finding").picture()
        self.assertEqual(len(page["places"]), 13)
        shares = [place["rates"]["device"]["value"] for place in page["places"]]
        self.assertTrue(all(5 < share < 90 for share in shares if share is not None), shares)

    def test_the_loop_has_every_step(self):
        page = self._as("ph.yincheng", "bphs.screening").loop("2000-01-01")
        counts = [cell["count"] for cell in page["total"].values()]
        self.assertTrue(all(counts), counts)
        rows = self._as("ph.yincheng", "bphs.screening")
        states = {state for (state,) in rows._read_group([], ["state"])}
        self.assertEqual(states, {"lacking", "recheck", "confirm", "enrolled", "normal", "cleared"})
