from odoo.tests import HttpCase, tagged

from ..test_side_doors import SideDoorCase

DOCTOR = "village_doctor_a1"


class NamesCase(SideDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wang._move("lost", cls.wang._county_today(), evidence="电话停机")
        cls.zhang._move("lost", cls.zhang._county_today(), evidence="三次上门无人")
        cls.moves = cls.env["bphs.resident.move"].search([("resident_id", "in", (cls.wang | cls.zhang).ids)])
        cls.group.create(
            [{"resident_id": one.id, "kind": "diabetes", "date_from": "2020-01-01"} for one in (cls.wang, cls.zhang)]
        )
        cls.forget(cls)


@tagged("post_install", "-at_install")
class TestNamesTold(NamesCase):
    """Names that are told past a reading, of people found by what is known of them, are entered as a list of those."""

    def test_found_by_what_is_known_of_them(self):
        ill = [("group_ids.kind", "=", "diabetes")]
        for domain in (ill, ["|", ("status", "=", "died"), *ill], [("id", "in", (self.wang | self.zhang).ids)]):
            for method in ("name_search", "web_name_search"):
                with self.subTest(domain=domain, method=method), self.env.cr.savepoint() as savepoint:
                    shown = [{"display_name": {}}] if method == "web_name_search" else []
                    found = getattr(self.as_user(DOCTOR, self.Resident), method)("", *shown, domain)
                    self.assertEqual(len(found), 2)
                    self.assertEqual(self.entries(DOCTOR)[:1], [("list", self.Resident, 2)])
                    savepoint.rollback()
        self.as_user(DOCTOR, "bphs.household").name_search("", [("member_ids.group_ids.kind", "=", "diabetes")])
        self.assertEqual(self.entries(DOCTOR), [("open", self.zhang, 1)])

    def test_a_field_that_chooses_is_filled_in_as_before(self):
        residents = self.as_user(DOCTOR, self.Resident)
        domain = [("status", "!=", "died"), ("division_id", "=", self.village_a1.id), ("id", "not in", self.li.ids)]
        self.assertTrue(residents.name_search("张", domain))
        self.assertTrue(residents.web_name_search("zsf", {"display_name": {}}, domain))
        self.assertTrue(self.as_user(DOCTOR, "bphs.household").name_search("", domain[1:2]))
        self.assertFalse(self.entries(DOCTOR))

    def test_a_dialog_that_asks_why_of_many(self):
        reading = "bphs.resident.merge"
        merges = self.env[reading].union(
            self.make("张三峰", self.village_a1, "19500101", 7)._merge_into(self.zhang, "同一人"),
            self.make("王晓明", self.village_a1, "19800203", 7)._merge_into(self.wang, "同一人"),
        )
        self.forget()
        key, step = "township_public_health_a", next(iter(merges._asked_steps()))
        dialog = self.as_user(key, "bphs.step.reason").create(
            {"res_model": reading, "res_ids": merges.ids, "step": step}
        )
        self.forget()
        before = len(self.entries(key))
        self.assertTrue(self.as_user(key, dialog).subject)
        self.assertEqual([entry[0] for entry in self.entries(key)[before:]], ["list"])


@tagged("post_install", "-at_install")
class TestNamesToldHttp(HttpCase, NamesCase):
    def test_on_the_way_to_a_page_and_beside_an_id(self):
        self.authenticate(f"test_{DOCTOR}", f"test_{DOCTOR}")
        moves, people = self.moves, self.wang | self.zhang
        for model, records, entered in (
            (moves._name, moves, ["list"]), (moves._name, moves[:1], ["open"]), ("bphs.resident", people, ["list"]),
            ("bphs.resident", self.wang, []),
        ):  # fmt: skip
            before = len(self.entries(DOCTOR))
            named = [{"model": model, "resId": one} for one in records.ids]
            told = self.make_jsonrpc_request("/web/action/load_breadcrumbs", {"actions": named})
            self.assertFalse([one for one in told if "error" in one])
            self.assertEqual([entry[0] for entry in self.entries(DOCTOR)[before:]], entered, (model, records))
        before = len(self.entries(DOCTOR))
        link = f"http://x/odoo/{moves._name}/{moves[1].id}"
        self.assertIn(
            "display_name", self.make_jsonrpc_request("/html_editor/link_preview_internal", {"preview_url": link})
        )
        self.assertEqual([entry[0] for entry in self.entries(DOCTOR)[before:]], ["open"])

    def test_of_what_a_message_is_about(self):
        self.authenticate(f"test_{DOCTOR}", f"test_{DOCTOR}")
        values = {"model": self.moves._name, "res_id": self.moves[0].id}
        call = {"model": "mail.message", "method": "onchange", "kwargs": {}}
        call["args"] = [[], values, list(values), {"record_name": {}}]
        told = self.make_jsonrpc_request("/web/dataset/call_kw/mail.message/onchange", call)
        self.assertTrue(told["value"]["record_name"])
        self.assertEqual([entry[0] for entry in self.entries(DOCTOR)], ["open"])
