from odoo.tests import tagged

from .common import WorkloadCase


@tagged("post_install", "-at_install")
class TestNamedLinks(WorkloadCase):
    """Who leads a clinic is not the clinic's to read, and stands in its forms: a link nobody said comes back."""

    def test_a_link_that_stands(self):
        statement = self.as_user("village_doctor_a1", self.statement_a1)
        statement._check_named_in({"township_id": self.township_a.id})
        with self.denied("not within your scope"):
            statement._check_named_in({"township_id": self.township_b.id})

    def test_a_link_that_follows_from_another(self):
        new = self.as_user("village_doctor_a1", self.Workload)
        said = {"institution_id": self.clinic_a1.id, "township_id": self.township_a.id}
        new._check_named_in(said)
        for other in ({"township_id": self.township_b.id}, {"institution_id": self.clinic_b1.id}):
            with self.denied("not within your scope"):
                new._check_named_in(said | other)

    def test_a_link_of_a_line_is_not_asked_once_the_form_has_begun(self):
        """It follows from its record, which the line does not say; before that nobody has said anything."""
        line = [[0, 0, {"institution_id": self.clinic_b1.id}]]
        asked = self.as_user("village_doctor_a1", self.env["bphs.workload.line"])
        self.assertIn("institution_id", asked._closed_fields())
        asked._check_named_in_lines(line)
        with self.denied("not within your scope"):
            asked.with_context(bphs_a_form_begins=True)._check_named_in_lines(line)
