from datetime import date

from odoo.tests import Form, tagged

from odoo.addons.bphs_base.tests.common import CountyCase


@tagged("post_install", "-at_install")
class TestWorkerNamed(CountyCase):
    """What named a person by text names their record once they stand in the register; the text stays."""

    def worker(self, name, institution, **vals):
        vals = {"name": name, "institution_id": institution.id, "profession": "public_health", **vals}
        return self.as_user("administrator", "bphs.worker").create(vals)

    def training(self, **vals):
        return self.as_user("township_public_health_a", "bphs.training").create(
            {"name": "培训", "date": date(2025, 3, 1), "institution_id": self.township_a.id, **vals}
        )

    def test_a_text_that_means_one_person_is_linked(self):
        training = self.training(lecturer="和永胜")
        other = self.training(lecturer="外请专家")
        worker = self.worker("和永胜", self.township_a)
        self.assertEqual((training.lecturer_id, training.lecturer), (worker, "和永胜"))
        self.assertFalse(other.lecturer_id)
        self.assertEqual(other.lecturer, "外请专家")

    def test_of_two_of_one_name_nobody_is_guessed(self):
        training = self.training(lecturer="李伟")
        self.env["bphs.worker"].create(
            [{"name": "李伟", "institution_id": self.township_a.id, "profession": "nurse"} for __ in range(2)]
        )
        self.assertFalse(training.lecturer_id)
        self.worker("李伟", self.clinic_a1)
        self.assertFalse(training.lecturer_id)

    def test_who_is_chosen_stands_in_the_text_too(self):
        worker = self.worker("和永胜", self.township_a)
        with Form(self.as_user("township_public_health_a", "bphs.training")) as form:
            form.name = "培训"
            form.date = date(2025, 3, 1)
            form.institution_id = self.township_a
            form.lecturer_id = worker
            self.assertEqual(form.lecturer, "和永胜")
