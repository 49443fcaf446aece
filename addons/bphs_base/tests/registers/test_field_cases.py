from odoo.tests import tagged

from ..common import CountyCase
from ..field_cases import FieldCases, Route


@tagged("post_install", "-at_install")
class TestFieldCases(FieldCases, CountyCase):
    """The registers: divisions, institutions and workers, from files as they come."""

    allow_inherited_tests_method = True

    def routes(self):
        clinic = self.clinic_a1
        kinds = dict(self.env["bphs.institution"]._fields["kind"]._description_selection(self.env))
        return [
            Route(
                "bphs.division.import",
                "administrator",
                [
                    ["Division Code", "Division Name"],
                    [self.village_a1.code, "一二三村"],
                    [self.village_a2.code, "生心村"],
                ],
                name=1,
            ),
            Route(
                "bphs.institution.import",
                "administrator",
                [
                    ["Institution Code", "Institution Name", "Kind", "Code of the Leading Institution"],
                    [clinic.code, "人口卫生室", kinds[clinic.kind], clinic.parent_id.code],
                    [self.clinic_b1.code, "马家卫生室", kinds[self.clinic_b1.kind], self.clinic_b1.parent_id.code],
                ],
                name=1,
            ),
        ]

    def test_f2_what_is_not_in_the_file_stays(self):
        clinic = self.clinic_a1
        clinic.division_id = self.village_a1
        clinic.village_ids = self.village_a1
        route = self.routes()[1]
        self.load(route.rows)
        self.assertEqual((clinic.name, clinic.division_id, clinic.village_ids), ("人口卫生室", *[self.village_a1] * 2))
        more = [[*route.rows[0], "Division Code", "Codes of the Villages Served"], [*route.rows[1], "", ""]]
        self.load(more)
        self.assertEqual((clinic.division_id, clinic.village_ids), (self.village_a1, self.village_a1))
        more[1][-2:] = ["清空", "清空"]
        self.load(more)
        self.assertFalse(clinic.division_id or clinic.village_ids)

    def load(self, rows):
        wizard = self.import_file("bphs.institution.import", "administrator", rows)
        wizard.action_load()
        self.assertEqual(wizard.state, "loaded", wizard.message)
