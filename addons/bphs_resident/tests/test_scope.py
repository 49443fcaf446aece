import json

from odoo import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ResidentCase, id_number


@tagged("post_install", "-at_install")
class TestScope(ResidentCase):
    """Nobody learns of a resident who is not theirs to see, by whatever way a client asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child = cls.make("赵小宝", cls.village_a1, "20200601", 1)
        cls.ill = cls.make("钱多多", cls.village_a1, "19850601", 3)
        cls.env["bphs.resident.group"].create({"resident_id": cls.ill.id, "kind": "smi", "date_from": "2020-01-01"})
        cls.household = cls.env["bphs.household"].create({"division_id": cls.village_a1.id})
        (cls.ill | cls.zhang).write({"household_id": cls.household.id})
        cls.ill.relation = "head"
        cls.env.flush_all()

    def assertHidden(self, key, hidden):
        """Ask in every way the web client and the interfaces have, for a record the user may not see."""
        model = self.as_user(key, self.Resident)
        name, number = hidden.name, hidden.ehr_number
        exact = [("ehr_number", "=", number)]
        self.assertFalse(model.search(exact))
        self.assertEqual(model.search_count(exact), 0)
        self.assertEqual(model.web_search_read(exact, {"name": {}}), {"length": 0, "records": []})
        self.assertEqual(model.formatted_read_group(exact, ["division_id"], ["__count"]), [])
        self.assertEqual(model._read_group(exact, [], ["__count"]), [(0,)])
        self.assertEqual(model.web_read_group(exact, ["division_id"])["groups"], [])
        self.assertFalse([id_ for id_, __ in model.name_search(name) if id_ == hidden.id])
        for ordered in ("birth_date", "name desc", "pinyin"):
            self.assertNotIn(hidden, model.search([], order=ordered))
        for query in (name, number, hidden.pinyin.replace(" ", ""), hidden.initials, id_number("19850601", 3)):
            self.assertNotIn(hidden.id, [row["id"] for row in model.search_number(query)["rows"]])
        record = model.browse(hidden.id)
        for attempt in (
            lambda: record.read(["name"]),
            lambda: record.web_read({"name": {}}),
            lambda: record._export_rows([["name"]]),
            lambda: record.write({"living_alone": True}),
            lambda: record.action_open("核查"),
            lambda: record.action_unmask("phone", "核查"),
        ):
            with self.denied(
                (
                    "not within your scope",
                    "Residents are exported on the page made for it",
                    "If you need it, ask the bureau administrator",
                    "bphs.resident",
                )
            ):
                attempt()
        groups = self.as_user(key, "bphs.resident.group")
        self.assertFalse(groups.search([("resident_id", "=", hidden.id)]))
        self.assertFalse(groups.formatted_read_group([("kind", "=", "smi")], ["kind"], ["__count"]))
        self.assertFalse(model.search([("group_ids.kind", "=", "smi")]))
        self.assertFalse(self.as_user(key, "bphs.resident.access").search([("resident_id", "=", hidden.id)]))

    def test_a_township_does_not_learn_of_another(self):
        for key in ("township_public_health_a", "team_leader_a", "township_director_a", "village_doctor_a1"):
            with self.subTest(key):
                self.assertHidden(key, self.zhang_b)

    def test_a_clinic_does_not_learn_of_another(self):
        self.assertHidden("village_doctor_a1", self.li)
        self.assertIn(self.li, self.as_user("village_doctor_a2", self.Resident).search([]))

    def test_illness_is_not_hinted_at(self):
        for key in ("village_doctor_a1", "township_public_health_a", "team_leader_a", "administrator", "auditor"):
            with self.subTest(key):
                self.assertHidden(key, self.ill)
                household = self.as_user(key, self.household)
                self.assertEqual(household.head_id, self.zhang, "the eldest of those who are seen")
                self.assertEqual(household.member_count, 1)
                self.assertEqual(household.member_ids, self.zhang)
                row = household.web_read({"head_id": {"fields": {"display_name": {}}}, "member_ids": {"fields": {}}})[0]
                self.assertNotIn(self.ill.name, json.dumps(row, ensure_ascii=False))
                self.assertNotIn("smi", dict(self.as_user(key, self.Resident).search_words()["groups"]))
                self.assertNotIn("restricted", self.as_user(key, self.Resident).fields_get())
                with self.denied("Severe Mental Illness and Tuberculosis: Named"):
                    self.as_user(key, self.Resident).search([("restricted", "=", True)])

    def test_children_are_for_those_who_serve_them(self):
        for key in ("township_director_a", "administrator", "auditor"):
            with self.subTest(key):
                self.assertHidden(key, self.child)
        for key in ("village_doctor_a1", "township_public_health_a", "team_leader_a"):
            with self.subTest(key):
                self.assertEqual(self.names(key, "赵小宝"), ["赵小宝"])

    def test_the_county_is_not_browsed(self):
        for key in ("primary_care_officer", "county_specialist"):
            with self.subTest(key):
                model = self.as_user(key, self.Resident)
                self.assertEqual(model.search_count([]), 0)
                self.assertFalse(model.web_search_read([], {"name": {}})["records"])
                self.assertFalse(model.formatted_read_group([], ["division_id"], ["__count"])[0:])
                self.assertFalse(self.as_user(key, "bphs.household").search([]))
                self.assertEqual(model.search_page("", {"division_id": self.village_a1.id})["hint"], "more")
                self.assertEqual(model.search_page("张")["hint"], "more")
                self.assertHidden(key, self.ill)
        self.assertEqual(self.as_user("auditor", self.Resident).search_count([]), 4)

    def test_who_has_no_business_with_files_sees_none(self):
        for key in ("finance_officer", "leader", "evaluator", "finance_bureau", "township_accountant_a"):
            with self.subTest(key):
                for attempt in (
                    lambda model: model.search([]),
                    lambda model: model.search_page("张三丰"),
                    lambda model: model.search_words(),
                    lambda model: model.name_search("张三丰"),
                    lambda model: model.browse(self.zhang.id).action_open("核查"),
                ):
                    with self.no_right("read", "bphs.resident"):
                        attempt(self.as_user(key, self.Resident))

    def test_nobody_moves_a_file_out_of_their_scope(self):
        with self.denied("If you need it, ask the bureau administrator"):
            self.as_user("village_doctor_a1", self.wang).division_id = self.village_b1
        with self.denied("not within your scope"):
            self.as_user("village_doctor_a1", self.Resident).create(
                {"name": "孙七", "division_id": self.village_b1.id, "id_type": "none", "id_reason": "新生儿"}
            )

    def test_a_context_opens_nothing(self):
        model = self.as_user("village_doctor_a1", self.Resident).with_context(
            active_test=False, bphs_must_search=False, default_status="died", su=True
        )
        self.assertNotIn(self.ill, model.search([]))
        made = model.create(
            {"name": "周八", "division_id": self.village_a1.id, "id_type": "none", "id_reason": "新生儿"}
        )
        self.assertEqual(made.status, "active")

    def test_the_log_stays(self):
        self.as_user("village_doctor_a1", self.zhang).read(["name"])
        entry = self.log(self.zhang, kind="open")
        for key in ("administrator", "auditor", "village_doctor_a1"):
            for attempt in (lambda e: e.write({"reason": "改"}), lambda e: e.unlink(), lambda e: e.create({})):
                with (
                    self.subTest(key),
                    self.refused(("an entry once made is never changed or deleted", "bphs.resident.access")),
                ):
                    attempt(self.as_user(key, entry))
        self.assertIn(entry, self.as_user("auditor", "bphs.resident.access").search([]))
        self.assertNotIn(entry, self.as_user("team_leader_a", "bphs.resident.access").search([]))

    def test_queries_do_not_grow_with_what_is_shown(self):
        for number in range(30):
            self.make(f"张{'一二三四五六七八九十'[number % 10]}平", self.village_a1, f"19{50 + number}0101", 11)
        self.env.flush_all()
        model = self.as_user("village_doctor_a1", self.Resident)
        model.search_page("张")
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            page = model.search_page("张")
        self.assertGreater(len(page["rows"]), 30)
        self.env.invalidate_all()
        with self.assertQueryCount(11):
            model.browse(self.zhang.id).web_read({"name": {}, "phone": {}, "group_ids": {"fields": {"kind": {}}}})

    def test_what_a_file_has_no_lines_of_is_not_looked_for(self):
        doctor = self.as_user("village_doctor_a1", self.zhang)
        lines = {name: {"fields": {}} for name in ("group_ids", "move_ids")}
        doctor.web_read(lines)
        self.env.invalidate_all()
        with self.assertQueryCount(11 - 2):
            (page,) = doctor.web_read({"name": {}, "phone": {}, **lines})
        self.assertEqual((page["group_ids"], page["move_ids"]), ([], []))
        group = self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "hypertension"})
        self.env.invalidate_all()
        (page,) = doctor.web_read({"name": {}, **lines})
        self.assertEqual((page["group_ids"], page["move_ids"]), ([{"id": group.id}], []))


@tagged("post_install", "-at_install")
class TestScopeHttp(HttpCase, ResidentCase):
    """The same from outside: JSON-2 with a key, and the web client's own calls."""

    def json2(self, key, model, method, **arguments):
        token = (
            self.env["res.users.apikeys"]
            .with_user(self.user[key])
            .sudo()  # sudo: making a key asks for the password of whoever signs in
            ._generate("rpc", "test", None)
        )
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )

    @mute_logger("odoo.http")
    def test_json2(self):
        key = "township_public_health_a"
        for method, arguments, nothing in (
            ("search_read", {"domain": [["name", "=", "张三"]], "fields": ["name"]}, []),
            ("search_count", {"domain": [["name", "=", "张三"]]}, 0),
            ("name_search", {"name": "张三", "domain": [["id", "=", self.zhang_b.id]]}, []),
        ):
            answer = self.json2(key, "bphs.resident", method, **arguments)
            self.assertEqual((answer.status_code, answer.json()), (200, nothing), method)
        answer = self.json2(key, "bphs.resident", "read", ids=self.zhang_b.ids, fields=["name"])
        self.assertEqual(answer.status_code, 403)
        for private in ("_opened", "_log_access", "_page_rows", "_find"):
            self.assertIn(self.json2(key, "bphs.resident", private, ids=self.zhang.ids).status_code, (403, 404))
        page = self.json2(key, "bphs.resident", "search_page", query="张三").json()
        self.assertEqual([row["name"] for row in page["rows"]], ["张三丰"])
        self.assertNotIn(id_number("19500101", 1), json.dumps(page))
        self.assertTrue(self.json2(key, "bphs.resident", "read", ids=self.zhang.ids, fields=["name"]).ok)
        self.assertEqual(self.log(self.zhang, kind="open").user_id, self.user[key])

    @mute_logger("odoo.http", "odoo.addons.web.controllers.export")
    def test_web_client(self):
        self.authenticate("test_township_public_health_a", "test_township_public_health_a")

        def call(method, *args, **kwargs):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/bphs.resident/{method}",
                {"model": "bphs.resident", "method": method, "args": args, "kwargs": kwargs},
            )

        only_b = [["ehr_number", "=", self.zhang_b.ehr_number]]
        self.assertEqual(call("web_search_read", only_b, {"name": {}})["length"], 0)
        self.assertEqual(call("web_read_group", only_b, ["division_id"])["groups"], [])
        self.assertEqual(call("search_page", "张三")["rows"][0]["name"], "张三丰")
        names = call("fields_get")
        self.assertFalse({"id_cipher", "id_index", "search_tokens", "restricted"} & set(names))
        exported = self.url_open(
            "/web/export/csv",
            data={
                "data": json.dumps(
                    {
                        "model": "bphs.resident",
                        "fields": [{"name": "name", "label": "n", "type": "char"}],
                        "ids": False,
                        "domain": only_b,
                        "import_compat": False,
                        "groupby": [],
                        "context": {},
                    }
                ),
                "csrf_token": Request.csrf_token(self),
            },
        )
        self.assertNotIn("张三", exported.text)

    def test_the_common_export_gives_no_residents(self):
        user = self.user["township_public_health_a"]
        role = self.env["res.users.role"].create(
            {"name": "导出", "implied_ids": [Command.link(self.env.ref("base.group_allow_export").id)]}
        )
        user.role_line_ids = [Command.create({"role_id": role.id})]
        household = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        self.zhang.household_id = household
        for records, path in ((self.zhang, "name"), (household, "member_ids/name")):
            with self.subTest(path), self.denied("Residents are exported on the page made for it"):
                records.with_user(user).export_data([path])
