import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ResidentCase

NAMED = {"fields": {"display_name": {}}}


class SideDoorCase(ResidentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env["bphs.household"].create({"division_id": cls.village_a1.id, "address": "三组 5 号"})
        cls.home_b = cls.env["bphs.household"].create({"division_id": cls.village_b1.id, "address": "东街 8 号"})
        cls.zhang.write({"household_id": cls.home.id, "relation": "head"})
        cls.ill = cls.make("钱多多", cls.village_a1, "19850601", 3)
        cls.group = cls.env["bphs.resident.group"]
        cls.group.create({"resident_id": cls.ill.id, "kind": "smi", "date_from": "2020-01-01"})
        cls.env.flush_all()
        cls.env.invalidate_all()

    def entries(self, key):
        """What the log holds of a user, and of nobody before: list of (kind, resident, count)."""
        self.env.flush_all()
        found = self.env["bphs.resident.access"].search([("user_id", "=", self.user[key].id)], order="id")
        return [(entry.kind, entry.resident_id, entry.count) for entry in found]

    def forget(self):
        self.env.flush_all()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestReadingIsLogged(SideDoorCase):
    """What tells of residents without being their file is entered as the file would be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.env.user._county_today()
        cls.zhang._move("lost", today, evidence="三次上门无人")
        cls.zhang._move("back", today, evidence="本人到场")
        cls.li._move("lost", today, evidence="电话停机")
        cls.gone = cls.make("周迁出", cls.village_a1, "19660606", 7)
        cls.gone._move("within", today, division=cls.village_b1, evidence="投靠女儿")
        cls.moves = cls.env["bphs.resident.move"]
        cls.twin = cls.make("张三峰", cls.village_a1, "19500101", 7, phone="13812341234")
        cls.merge = cls.make("李小霞", cls.village_a2, "19480315", 4)._merge_into(cls.li, "同一人")
        cls.pair = cls.env["bphs.resident.duplicate"].create(
            {"first_id": cls.zhang.id, "second_id": cls.twin.id, "kind": "probable"}
        )
        cls.forget(cls)

    def test_one_move_is_an_opening(self):
        move = self.moves.search([("resident_id", "=", self.li.id)])
        for read in (
            lambda moves: moves.read(["evidence"]),
            lambda moves: moves.web_read({"resident_id": NAMED}),
            lambda moves: moves.search_read([("id", "=", move.id)], ["kind"]),
            lambda moves: moves.web_search_read([("id", "=", move.id)], {"kind": {}}),
            lambda moves: moves.web_name_search("", {"evidence": {}}, domain=[("id", "=", move.id)]),
        ):
            with self.subTest(read), self.env.cr.savepoint() as savepoint:
                self.forget()
                self.assertTrue(read(self.as_user("village_doctor_a2", move)))
                self.assertEqual(self.entries("village_doctor_a2"), [("open", self.li, 1)])
                savepoint.rollback()

    def test_several_moves_are_a_list(self):
        self.as_user("township_public_health_a", self.moves).search_read([], ["resident_id", "evidence"])
        self.assertEqual(self.entries("township_public_health_a"), [("list", self.Resident, 3)])

    def test_several_moves_of_one_are_an_opening(self):
        moves = self.moves.search([("resident_id", "=", self.zhang.id)])
        self.assertEqual(len(moves), 2)
        self.as_user("village_doctor_a1", moves).read(["evidence"])
        self.assertEqual(self.entries("village_doctor_a1"), [("open", self.zhang, 1)])

    def test_the_move_of_a_file_given_away_is_entered_but_opens_nothing(self):
        move = self.moves.search([("resident_id", "=", self.gone.id)])
        self.as_user("village_doctor_a1", move).read(["evidence"])
        self.assertEqual(self.entries("village_doctor_a1"), [("history", self.gone, 1)])
        # Of those who open files one by one an entry of an opening is the ticket to the file.
        officer = "primary_care_officer"
        self.as_user(officer, self.li).action_open("核查投诉")
        self.as_user(officer, self.li)._move("back", self.li._county_today(), evidence="本人到场")
        self.env.cr.execute("ALTER TABLE bphs_resident_access DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE bphs_resident_access SET date = now() - interval '2 days'")
        self.forget()
        own = self.as_user(officer, self.moves).search([("user_id", "=", self.user[officer].id)])
        own.read(["evidence"])
        self.assertEqual(self.entries(officer)[-1], ("history", self.li, 1))
        self.forget()
        with self.denied("not within your scope"):
            self.as_user(officer, self.li).read(["name"])

    def test_a_ticket_is_not_renewed_by_using_it(self):
        """Where the day begins is told by the client's time zone; still nobody reads on without a reason."""
        officer = "primary_care_officer"
        self.as_user(officer, self.li).action_open("核查投诉")
        self.as_user(officer, "bphs.resident.access")._record(self.li, "open")  # as reading it minutes later does
        self.env.cr.execute("ALTER TABLE bphs_resident_access DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE bphs_resident_access SET date = now() - interval '3 days' WHERE reason IS NOT NULL")
        self.forget()
        for zone in ("Asia/Shanghai", "Pacific/Pago_Pago", "Pacific/Kiritimati"):
            file = self.as_user(officer, self.li).with_context(tz=zone)
            with self.subTest(zone), self.denied("not within your scope"):
                file.read(["name"])
            self.assertFalse(file.search([("id", "=", self.li.id)]))

    def test_moves_through_the_file_are_entered_once(self):
        self.as_user("village_doctor_a1", self.zhang).web_read(
            {"name": {}, "move_ids": {"fields": {"evidence": {}, "kind": {}}}}
        )
        self.assertEqual(self.entries("village_doctor_a1"), [("open", self.zhang, 1)])

    def test_a_merge_opens_both_files(self):
        key = "township_public_health_a"
        self.as_user(key, self.merge).web_read({"survivor_id": {"fields": {"display_name": {}}}, "reason": {}})
        merged = self.merge.merged_id
        self.assertEqual(self.entries(key), [("open", self.li, 1), ("open", merged, 1)])

    def test_pairs_and_comparisons_are_openings(self):
        key = "township_public_health_a"
        both = [("open", self.zhang, 1), ("open", self.twin, 1)]
        with self.env.cr.savepoint() as savepoint:
            self.as_user(key, self.pair).read(["first_text", "second_text"])
            self.assertEqual(self.entries(key), both)
            savepoint.rollback()
        self.forget()
        dialog = self.as_user(key, "bphs.resident.merging").create(
            {"first_id": self.zhang.id, "second_id": self.twin.id}
        )
        self.assertIn("张三峰", dialog.read(["comparison"])[0]["comparison"])
        self.assertEqual(self.entries(key), both)

    def test_pairs_of_files_not_opened_open_nothing(self):
        self.as_user("primary_care_officer", self.pair).read(["first_text"])
        self.assertEqual(self.entries("primary_care_officer"), [])

    def test_moves_are_not_grouped_by_person(self):
        moves = self.as_user("township_public_health_a", self.moves)
        for spec in ("resident_id", "evidence", "elsewhere", "date:day", "resident_id.name"):
            for attempt in (
                lambda spec=spec: moves.formatted_read_group([], [spec], ["__count"]),
                lambda spec=spec: moves.web_read_group([], [spec], ["__count"]),
                lambda spec=spec: moves.read_progress_bar([], spec, {"field": "kind", "colors": {"lost": "x"}}),
            ):
                with self.subTest(spec), self.denied("Residents are counted by what many share, not by"):
                    attempt()
        counted = moves.formatted_read_group([], ["kind", "from_division_id"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in counted), 4)
        merges = self.as_user("township_public_health_a", self.merge)
        for spec in ("survivor_id", "merged_id", "reason"):
            with self.subTest(spec), self.denied("Residents are counted by what many share, not by"):
                merges.formatted_read_group([], [spec], ["__count"])

    def test_no_copy_and_no_export_past_the_log(self):
        key = "township_public_health_a"
        role = self.env["res.users.role"].create(
            {"name": "导出", "implied_ids": [Command.link(self.env.ref("base.group_allow_export").id)]}
        )
        self.user[key].role_line_ids = [Command.create({"role_id": role.id})]
        for record in (self.zhang, self.home, self.moves.search([], limit=1), self.merge, self.pair):
            as_user = self.as_user(key, record)
            with self.subTest(record._name):
                with self.denied("Residents are exported on the page made for it"):
                    as_user.export_data(["display_name"])
                self.assertTrue(getattr(type(record).copy_data, "_api_private", False))
        for record in (self.zhang, self.home):
            with self.refused("What tells of residents is not duplicated"):
                self.as_user(key, record).copy()

    def test_what_a_form_asks_for_is_entered(self):
        answer = self.as_user("village_doctor_a1", self.zhang).onchange(
            {"name": "张"}, ["name"], {"name": {}, "pinyin": {}, "age": {}, "group_ids": {"fields": {"kind": {}}}}
        )
        self.assertTrue(answer)
        self.assertEqual(self.entries("village_doctor_a1"), [("open", self.zhang, 1)])


@tagged("post_install", "-at_install")
class TestOracles(SideDoorCase):
    """Errors, links and debug mode tell nothing of files a user may not see."""

    def test_a_link_is_to_what_one_may_read(self):
        """A link to any id would give out its name, or tell by an error what it holds."""
        pairs = (
            ("bphs.resident.moving", {"kind": "died"}, "resident_id"),
            ("bphs.resident.group", {"kind": "smi", "date_from": "2024-01-01"}, "resident_id"),
        )
        owned = {
            "bphs.resident.moving": {"kind": "died", "resident_id": self.wang.id},
            "bphs.resident.group": {"kind": "copd", "date_from": "2024-01-01", "resident_id": self.wang.id},
        }
        owned = {model: self.as_user("village_doctor_a1", model).create(vals) for model, vals in owned.items()}
        for model, vals, name in pairs:
            target = self.as_user("village_doctor_a1", model)
            ways = (
                lambda n, t=target, v=vals, f=name: t.create({**v, f: n}),
                lambda n, t=target, v=vals, f=name: t.with_context(**{f"default_{f}": n}).create(v),
                lambda n, o=owned[model], f=name: o.write({f: n}),
                lambda n, t=target, f=name: t.onchange({f: n}, [], {f: NAMED}),
                lambda n, t=target, f=name: t.onchange({f: n}, [f], {f: NAMED}),
                lambda n, t=target, f=name: t.onchange({f: {"id": n}}, [f], {f: NAMED}),
                lambda n, t=target, f=name: t.with_context(**{f"default_{f}": n}).onchange({}, [], {f: NAMED}),
                lambda n, o=owned[model], f=name: o.onchange({f: n}, [f], {f: NAMED}),
            )
            errors = set()
            for hidden in (self.zhang_b, self.ill):
                for way in ways:
                    self.forget()
                    with self.subTest(model, hidden=hidden.name), self.assertRaises(AccessError) as caught:
                        way(hidden.id)
                    errors.add(str(caught.exception))
            self.assertEqual(len(errors), 1, errors)
        self.forget()
        with self.denied("not within your scope"):
            self.as_user("township_public_health_a", "bphs.resident.merging").create(
                {"first_id": self.zhang.id, "second_id": self.ill.id}
            )

    def test_a_household_elsewhere_tells_nothing(self):
        for key in ("village_doctor_a1", "township_public_health_a"):
            with self.subTest(key):
                with self.denied("not within your scope"):
                    self.as_user(key, "bphs.resident.moving").create(
                        {"resident_id": self.zhang.id, "kind": "within", "household_id": self.home_b.id}
                    )
                self.forget()
                for attempt in (
                    lambda file: file.write({"household_id": self.home_b.id}),
                    lambda file: file.onchange(
                        {"household_id": self.home_b.id},
                        ["household_id"],
                        {"household_id": NAMED},
                    ),
                    lambda file: (
                        file.browse()
                        .with_context(default_household_id=self.home_b.id)
                        .onchange({}, [], {"household_id": NAMED})
                    ),
                ):
                    self.forget()
                    with self.denied("not within your scope"):
                        attempt(self.as_user(key, self.wang))

    def test_a_form_gives_nothing_of_a_file_it_names(self):
        spec = {"merged_into_id": {"fields": {"display_name": {}, "name": {}, "birth_date": {}}}}
        for hidden in (self.zhang_b, self.ill):
            for named in (hidden.id, {"id": hidden.id}):
                self.forget()
                with self.subTest(hidden=hidden.name, named=named), self.denied("not within your scope"):
                    self.as_user("village_doctor_a1", self.wang).onchange(
                        {"merged_into_id": named}, ["merged_into_id"], spec
                    )

    def test_a_link_that_stands_is_no_claim(self):
        closed = self.make("王晓明", self.village_a1, "19800203", 5)
        closed._merge_into(self.wang, "同一人")
        self.wang._move("within", self.wang._county_today(), division=self.village_b1)
        self.forget()
        file = self.as_user("village_doctor_a1", closed)
        answer = file.onchange(
            {"merged_into_id": self.wang.id, "phone": "13800000001"}, ["phone"], {"merged_into_id": NAMED, "phone": {}}
        )
        self.assertNotIn("王小明", json.dumps(answer, ensure_ascii=False))

    def test_no_domain_passes_the_rules(self):
        for key in ("village_doctor_a1", "township_public_health_a", "primary_care_officer"):
            model = self.as_user(key, self.Resident)
            for domain in (
                [("household_id", "any!", [("member_ids", "any!", [("restricted", "=", True)])])],
                [("restricted", "=", True)],
                [("household_id.rule_member_ids", "!=", False)],
                [("household_id.member_ids.restricted", "=", True)],
                [("merged_into_id.id_index", "!=", False)],
                [("rule_access_ids", "!=", False)],
            ):
                with self.subTest(key, domain=domain):
                    try:
                        found = model.search(domain)
                    except (AccessError, ValueError):
                        continue
                    self.assertFalse(found)
            for order in ("restricted", "id_index", "phone_cipher", "search_tokens", "household_id.restricted"):
                with self.subTest(key, order=order):
                    try:
                        model.search([], order=order)
                    except (AccessError, ValueError):
                        continue
                    self.fail("sorted")


@tagged("post_install", "-at_install")
class TestLogOfOthers(SideDoorCase):
    """Of the log, everyone reads what they did themselves; who else opened a file is for the auditor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for key in ("village_doctor_a1", "team_leader_a"):
            cls.as_user(key, cls.zhang).action_open()
        cls.as_user("primary_care_officer", cls.zhang).action_open("核查投诉")
        cls.as_user("county_specialist", cls.zhang).action_open("会诊")
        cls.forget(cls)

    def test_own_entries_alone(self):
        for key in ("village_doctor_a1", "team_leader_a", "primary_care_officer", "county_specialist"):
            for read in (
                lambda f: f.read(["access_ids"])[0]["access_ids"],
                lambda f: [
                    row["id"] for row in f.web_read({"access_ids": {"fields": {"user_id": {}}}})[0]["access_ids"]
                ],
                lambda f: f.web_read({"access_ids": {}})[0]["access_ids"],
                lambda f: f.search_read([("id", "=", f.id)], ["access_ids"])[0]["access_ids"],
            ):
                self.forget()
                file = self.as_user(key, self.zhang)
                with self.subTest(key, read=read):
                    found = self.env["bphs.resident.access"].browse(read(file))
                    self.assertEqual(found.user_id, self.user[key])
            self.forget()
            file = self.as_user(key, self.zhang)
            own = self.as_user(key, "bphs.resident.access").search([("resident_id", "=", self.zhang.id)])
            file.check_access("read")
            self.assertEqual((file.access_ids, file.access_count), (own, len(own)))
            others = [("access_ids.user_id", "!=", self.user[key].id)]
            self.assertFalse(self.as_user(key, self.Resident).search(others))
            with self.denied("always forbidden"):
                file.read(["rule_access_ids"])
            self.assertNotIn("rule_access_ids", file.fields_get())
            entries = self.as_user(key, "bphs.resident.access")
            users = entries.formatted_read_group([], ["user_id"], ["__count"])
            self.assertEqual([row["user_id"][0] for row in users], [self.user[key].id])
        self.forget()
        self.assertEqual(self.as_user("auditor", self.zhang).access_count, len(self.log(self.zhang)))

    def test_entries_are_counted_on_the_form_of_who_sees_them_all(self):
        counted = [
            key
            for key in ("village_doctor_a1", "township_public_health_a", "auditor")
            if 'name="access_count"' in self.as_user(key, self.Resident).get_view(view_type="form")["arch"]
        ]
        self.assertEqual(counted, ["auditor"])


@tagged("post_install", "-at_install")
class TestSideDoorsHttp(HttpCase, SideDoorCase):
    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_debug_mode_does_not_tell_why(self):
        """Odoo's debug mode names the rules that refuse a record, and anybody may switch it on."""
        self.authenticate("test_village_doctor_a1", "test_village_doctor_a1")
        self.url_open("/web?debug=1")
        told = []
        for hidden in (self.ill, self.zhang_b):
            answer = self.url_open(
                "/web/dataset/call_kw/bphs.resident/read?debug=1",
                data=json.dumps(
                    {
                        "jsonrpc": "2.0",
                        "method": "call",
                        "id": 1,
                        "params": {
                            "model": "bphs.resident",
                            "method": "read",
                            "args": [hidden.ids, ["name"]],
                            "kwargs": {},
                        },
                    }
                ),
                headers={"Content-Type": "application/json"},
            ).json()
            told.append(answer["error"]["data"]["message"])
        self.assertEqual(told[0], told[1])
        self.assertNotIn("mental", told[0].lower())
