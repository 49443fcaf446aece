from odoo.tests import TransactionCase, tagged

from ..making.serving.outside import DOCTOR, FORMER, IMPORTER, PATIENTS, VISITS


@tagged("post_install", "-at_install")
class TestOutside(TransactionCase):
    """A file of a former system came in with some rows sent back; prescriptions wait for the next follow-ups."""

    def _as(self, login, model):
        return self.env[model].with_user(self.env["res.users"].search([("login", "=", login)]))

    def test_a_file_came_in_and_some_rows_went_back(self):
        run = self._as(IMPORTER, "bphs.outside.import").search([])
        self.assertEqual((run.state, run.kind, run.rejected_count), ("done", "visit", 4))
        self.assertTrue(run.reject_file_name)
        self.assertEqual(set(run.finding_ids.mapped("kind")), {"known", "bounds", "date", "twice"})
        keys = self.env["bphs.outside.key"].search([("system_id.code", "=", FORMER)])
        self.assertEqual(len(keys.visit_id), VISITS - 3)
        self.assertEqual(set(keys.visit_id.mapped("source")), {"imported"})

    def test_prescriptions_are_offered(self):
        self.assertEqual(len(self._as(IMPORTER, "bphs.outside.record").search([])), PATIENTS)
        records = self._as(DOCTOR, "bphs.outside.record").search([])
        self.assertTrue(records)
        form = self.env["bphs.form.template"]._in_use("hypertension")
        offered = 0
        for resident in records.resident_id:
            draft = self._as(DOCTOR, "bphs.visit").create({"resident_id": resident.id, "template_id": form.id})
            self.assertTrue(draft.outside_words)
            offered += bool(draft.offered_words)
        self.assertTrue(offered)
