from odoo.tests import tagged

from ...models.platform.client_requests import _said_by_client
from ..common import CountyCase

ABSENT = 10_000_019


@tagged("post_install", "-at_install")
class TestNamedRecords(CountyCase):
    """A form that is filled in names what whoever fills it in may read, whichever record of the suite it is."""

    NAME = {"institution_id": {"fields": {"display_name": {}}}}

    def setUp(self):
        super().setUp()
        told = {"name": "李医生", "profession": "gp", "institution_id": self.clinic_a1.id, "since": "2025-01-01"}
        self.worker = self.env["bphs.worker"].create(told)
        self.addCleanup(_said_by_client.reset, _said_by_client.set(True))

    def ways(self, key, one):
        """:return dict: in which way an institution is named -> what that tells"""
        workers = self.as_user(key, self.env["bphs.worker"])
        begun = workers.with_context(default_institution_id=one)
        return {
            "said as the form begins": lambda: workers.onchange({"institution_id": one}, [], self.NAME),
            "said as a text": lambda: workers.onchange({"institution_id": str(one)}, [], self.NAME),
            "said as it was read": lambda: workers.onchange({"institution_id": [one, ""]}, [], self.NAME),
            "said of the record behind": lambda: workers.onchange({"institution_id": {"id": one}}, [], self.NAME),
            "by the context": lambda: begun.onchange({}, [], self.NAME),
            "by a default": lambda: begun.default_get(["institution_id"]),
            "chosen": lambda: workers.onchange({"institution_id": one}, ["institution_id"], self.NAME),
            "in a dialog": lambda: self.dialog(key, one),
        }

    def dialog(self, key, one):
        values = {"worker_id": self.worker.id, "institution_id": one}
        return self.as_user(key, self.env["bphs.worker.move"]).web_save(values, self.NAME)

    def test_institutions_of_others_are_not_named(self):
        """By counting up ids clinics, workers, rounds and tasks of the whole county were named to everybody."""
        for one in (self.clinic_b1.id, self.bureau.id, ABSENT):
            for way, ask in self.ways("township_public_health_a", one).items():
                with self.subTest(way=way, one=one), self.denied("not within your scope"):
                    ask()

    def test_ones_own_are(self):
        for way, ask in self.ways("township_public_health_a", self.clinic_a1.id).items():
            with self.subTest(way=way):
                ask()
        told = self.ways("township_public_health_a", self.clinic_a1.id)["said as the form begins"]()
        self.assertEqual(told["value"]["institution_id"]["display_name"], self.clinic_a1.display_name)
