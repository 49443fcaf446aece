import json
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..tools import sealing
from .common import ResidentCase, id_number

DOCTOR = "village_doctor_a1"


class NumberCase(ResidentCase):
    def search_number(self, query, key=DOCTOR):
        return self.as_user(key, self.Resident).search_number(query)

    def found(self, query, key=DOCTOR):
        page = self.search_number(query, key)
        return page["hint"] or [row["name"] for row in page["rows"]]

    def asked(self, key=DOCTOR, **only):
        self.env.flush_all()
        domain = [("user_id", "=", self.user[key].id), ("kind", "in", ("number", "number_limit"))]
        return self.env["bphs.resident.access"].search(
            [*domain, *((name, "=", value) for name, value in only.items())], order="id"
        )

    def later(self, key, **back):
        """Let what was entered of a user have happened so much earlier."""
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE bphs_resident_access DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE bphs_resident_access SET date = date - %s, nth_on = nth_on - %s WHERE user_id = %s",
            [timedelta(**back), back.get("days", 0), self.user[key].id],
        )
        self.env.cr.execute("ALTER TABLE bphs_resident_access ENABLE TRIGGER USER")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestMasks(NumberCase):
    def test_nothing_of_the_last_four_is_shown_beside_a_birth_date(self):
        number = id_number("19500101", 1)
        file = self.as_user(DOCTOR, self.zhang)
        texts = [
            json.dumps(file.web_read({"id_number": {}, "id_masked": {}, "birth_date": {}, "age": {}}), default=str),
            json.dumps(self.as_user(DOCTOR, self.Resident).search_page("张三丰")),
            json.dumps(self.search_number(number)),
            self.zhang._pair_text(True),
        ]
        for text in texts:
            self.assertIn("140***************", text)
            self.assertNotIn(number[-4:], text.replace(self.zhang.ehr_number, ""))
            self.assertNotIn(number[3:6] + "*", text)


@tagged("post_install", "-at_install")
class TestNoOracle(NumberCase):
    """Numbers are found by the search page's own route and by nothing else."""

    def test_domains_and_names_find_nobody_by_a_sealed_number(self):
        number = id_number("19500101", 1)
        for key in (DOCTOR, "township_director_a", "administrator", "auditor", "county_specialist"):
            model = self.as_user(key, self.Resident)
            for value in (number, number[-4:], "13812341234", f"张三丰 {number}", f"张三丰 {number[-4:]}"):
                for operator in ("ilike", "=", "like"):
                    domain = [("display_name", operator, value)]
                    with self.subTest(key, value=value, operator=operator):
                        self.assertEqual(model.search_count(domain), 0)
                        self.assertFalse(model.search(domain))
                        self.assertFalse(model.formatted_read_group(domain, ["division_id"], ["__count"]))
                        self.assertFalse(model.name_search(value))
                        self.assertFalse(model.web_search_read(domain, {"name": {}})["records"])
                        alternatives = ["|", ("display_name", "ilike", "没有此人"), *domain]
                        self.assertEqual(model.search_count(alternatives), 0)
            for field in (
                "id_number",
                "id_masked",
                "phone",
                "phone_masked",
                "id_index",
                "id_last4_index",
                "phone_index",
            ):
                for domain in ([(field, "=", number)], [(field, "like", "0014")], [(field, "!=", False)]):
                    with self.subTest(key, field=field, domain=domain):
                        self.assertIsNone(self.counted(model, domain), "it is refused")

    def counted(self, model, domain):
        """How many a domain finds, or None where it is refused."""
        try:
            return model.search_count(domain)
        except (AccessError, UserError, ValueError):
            return None

    def test_other_models_find_nobody_by_a_sealed_number(self):
        home = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        self.zhang.household_id = home
        self.env["bphs.resident.group"].create(
            {"resident_id": self.zhang.id, "kind": "diabetes", "date_from": "2020-01-01"}
        )
        number = id_number("19500101", 1)
        for value in (number, number[-4:], "13812341234"):
            for model, domain in (
                ("bphs.household", [("member_ids", "ilike", value)]),
                ("bphs.household", [("member_ids.display_name", "ilike", value)]),
                ("bphs.resident.group", [("resident_id", "ilike", value)]),
                ("bphs.resident.group", [("resident_id.display_name", "=", value)]),
                ("bphs.resident.access", [("resident_id", "ilike", value)]),
                ("bphs.resident.move", [("resident_id", "ilike", value)]),
            ):
                with self.subTest(model, value=value):
                    self.assertFalse(self.as_user("township_public_health_a", model).search(domain))

    def test_rows_that_are_undone_one_by_one_ask_nothing(self):
        """Odoo's import tells of each row why it was refused, and its transaction holds: nothing was counted."""
        fields = ["name", "division_id/.id", "id_number"]
        rows = [["张某", str(self.village_a1.id), id_number("19500101", at)] for at in range(1, 4)]
        for key in (DOCTOR, "team_leader_a", "township_public_health_a", "primary_care_officer", "administrator"):
            for model, names in (("bphs.resident", fields), ("bphs.household", ["member_ids/id_number"])):
                with self.subTest(key, model=model), self.denied("by the import of rolls"):
                    self.as_user(key, model).load(names, rows)

    def test_the_page_of_names_looks_up_no_number(self):
        for query in (id_number("19500101", 1), "13812341234", "张三丰 0014", "0014"):
            page = self.as_user(DOCTOR, self.Resident).search_page(query)
            self.assertEqual((page["rows"], page["hint"]), ([], "number"))
        self.assertFalse(self.asked())

    def test_one_number_a_request(self):
        number = id_number("19500101", 1)
        for query in (f"{number} 13812341234", "13812341234 13812341235", "张 0014 0022"):
            self.assertEqual(self.found(query), "one")
        self.assertFalse(self.asked())

    def test_the_last_four_go_with_a_name_and_the_right_to_whole_numbers(self):
        last4 = id_number("19500101", 1)[-4:]
        for query in (f"张 {last4}", f"zs {last4}", f"张三丰 {last4}", f"三 {last4}"):
            self.assertEqual(self.found(query), ["张三丰"], query)
        for query in (last4, f"z {last4}"):
            self.assertEqual(self.found(query), "name", query)
        self.assertEqual(self.found(f"甲一 {last4}"), [], "a village is no name")
        self.assertEqual(self.found(f"李 {last4}"), [])
        for key in ("township_director_a", "administrator", "auditor", "county_specialist"):
            self.assertEqual(self.found(f"张三丰 {last4}", key), "whole", key)
            self.assertFalse(self.asked(key))

    def test_absent_hidden_and_out_of_scope_are_answered_alike(self):
        hidden = self.make("钱多多", self.village_a1, "19850601", 3, phone="13900000003")
        hidden.group_ids = [Command.create({"kind": "tb", "date_from": "2020-01-01"})]
        self.env.flush_all()
        answers = [
            self.search_number(query)
            for query in (
                id_number("19850601", 3),  # hidden
                id_number("19700101", 5),  # of another township
                id_number("19700101", 7),  # absent
                "13900000003",
                "13800000000",
                "13800000001",
            )
        ]
        self.assertEqual({json.dumps(answer) for answer in answers}, {json.dumps(answers[0])})
        entries = self.asked()
        self.assertEqual((entries.mapped("count"), len(entries)), ([0] * 6, 6))
        self.assertEqual(entries.mapped("nth"), [1, 2, 3, 4, 5, 6])
        self.assertFalse(entries.resident_id)


@tagged("post_install", "-at_install")
class TestLimits(NumberCase):
    def guess(self, count, key=DOCTOR, start=0):
        return [self.found(f"139{start + at:08d}", key) for at in range(count)]

    def test_a_number_is_entered_by_its_fingerprint(self):
        number = id_number("19500101", 1)
        self.assertEqual(self.found(number), ["张三丰"])
        self.assertEqual(self.found("13812341234"), ["张三丰"])
        entries = self.asked()
        self.assertEqual(entries.mapped("count"), [1, 1])
        self.assertEqual(entries.mapped("nth"), [0, 0])
        keys = self.env["bphs.resident.keyring"]._keys()
        self.assertEqual(entries[0].fingerprint, keys.index(sealing.ID_NUMBER, number))
        for entry in entries:
            text = json.dumps(entry.read()[0], default=str)
            self.assertNotIn(number, text)
            self.assertNotIn("13812341234", text)

    def test_ten_in_ten_minutes_end_it_for_the_day(self):
        self.assertEqual(self.guess(10), [[]] * 10)
        self.assertEqual(self.found("13812341234"), "blocked")
        self.assertEqual(self.found(id_number("19500101", 1)), "blocked")
        self.assertEqual(self.names(DOCTOR, "张三丰"), ["张三丰"], "names are found as before")
        (limit,) = self.asked(kind="number_limit")
        self.assertIn("10 fruitless", limit.what)
        self.assertIn(limit, self.as_user("auditor", "bphs.resident.access").search([]))
        self.assertEqual(self.found("13812341234", "township_public_health_a"), ["张三丰"], "others go on")
        self.later(DOCTOR, hours=1)
        self.assertEqual(self.found("13812341234"), "blocked", "until tomorrow")
        self.later(DOCTOR, days=1)
        self.assertEqual(self.found("13812341234"), ["张三丰"])

    def test_thirty_a_day_end_it_however_slowly(self):
        for start in range(0, 27, 9):
            self.assertEqual(self.guess(9, start=start), [[]] * 9)
            self.later(DOCTOR, minutes=11)
        self.assertEqual(self.guess(3, start=27), [[]] * 3)
        self.assertEqual(self.found("13812341234"), "blocked")
        self.assertEqual(len(self.asked(kind="number_limit")), 1)

    def test_the_limits_are_settings(self):
        settings = self.env["ir.config_parameter"]
        settings.set_param("bphs_resident.fruitless_in_ten_minutes", "2")
        self.guess(2)
        self.assertEqual(self.found("13812341234"), "blocked")
        for nonsense in ("", "0", "-1", "viele", "99999999"):
            settings.set_param("bphs_resident.fruitless_in_ten_minutes", nonsense)
            self.assertEqual(self.env["bphs.resident.access"]._limit("fruitless_in_ten_minutes"), 10)

    def test_two_at_once_are_not_counted_as_one(self):
        """The place in the day is unique: the second of two requests fails, and is tried again."""
        self.guess(1)
        entry = self.asked()
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(Exception, "nth_uniq"), self.env.cr.savepoint():
            entry.sudo().create({**entry.copy_data()[0], "user_id": entry.user_id.id, "nth": 1, "nth_on": entry.nth_on})

    # === NUMBERS TYPED INTO FILES === #

    def create_as(self, key, number, **vals):
        return self.as_user(key, self.Resident).create(
            {"name": "冯试", "division_id": self.village_a1.id, "id_number": number, **vals}
        )

    def test_a_number_of_another_file_is_refused_in_one_way(self):
        hidden = self.make("钱多多", self.village_a1, "19850601", 3)
        hidden.group_ids = [Command.create({"kind": "smi", "date_from": "2020-01-01"})]
        self.env.flush_all()
        words = set()
        for number in (id_number("19850601", 3), id_number("19700101", 5), id_number("19500101", 1)):
            for attempt in (
                lambda number=number: self.create_as(DOCTOR, number),
                lambda number=number: self.as_user(DOCTOR, self.wang).write({"id_number": number}),
            ):
                with self.assertRaisesRegex(ValidationError, "exists already") as caught:
                    attempt()
                words.add(str(caught.exception))
        self.assertEqual(len(words), 1)

    def test_a_number_that_was_not_saved_is_counted_once(self):
        log = self.as_user(DOCTOR, "bphs.resident.access")
        keys = self.env["bphs.resident.keyring"]._keys()
        for order in (11, 13, 13, 11):
            log._record_undone(sealing.ID_NUMBER, keys.index(sealing.ID_NUMBER, id_number("19850601", order)))
        self.assertEqual(self.asked().mapped("nth"), [1, 2])

    def test_asking_is_entered_when_it_is_undone(self):
        undone = self.env.cr.postrollback
        before = len(undone._funcs)
        self.create_as(DOCTOR, id_number("19850601", 11))
        self.assertEqual(len(undone._funcs), before + 1)
        self.assertFalse(self.asked(), "what is saved is entered as the new file")

    def test_a_file_is_no_place_to_try_numbers(self):
        file = self.as_user(DOCTOR, self.wang)
        file.write({"id_number": id_number("19800203", 5)})
        self.assertEqual(self.asked().mapped("nth"), [0], "a correction")
        for order in range(7, 27, 2):
            file.write({"id_number": id_number("19800203", order)})
        with self.assertRaisesRegex(UserError, "Too many numbers"):
            file.write({"id_number": id_number("19800203", 31)})
        with self.assertRaisesRegex(UserError, "Too many numbers"):
            self.create_as(DOCTOR, id_number("19850601", 11))
        self.assertEqual(self.found("13812341234"), "blocked")

    def test_who_may_not_enter_files_asks_nothing(self):
        for number in (id_number("19500101", 1), id_number("19500101", 21)):
            with self.no_right("create", "bphs.resident"):
                self.create_as("county_specialist", number)
        self.assertFalse(self.env.cr.postrollback._funcs and self.asked("county_specialist"))


@tagged("post_install", "-at_install")
class TestUndoneHttp(HttpCase, NumberCase):
    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_whatever_undoes_it_the_number_was_asked_for(self):
        """An error that comes after the number was looked up would tell by itself that nobody has it."""
        self.authenticate(f"test_{DOCTOR}", f"test_{DOCTOR}")
        vals = {"name": "冯试", "division_id": self.village_b1.id}
        for number in (id_number("19850601", 11), id_number("19500101", 1), id_number("19850601", 11)):
            with self.assertRaisesRegex(JsonRpcException, "AccessError|UserError|ValidationError"):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw/bphs.resident/create",
                    {
                        "model": "bphs.resident",
                        "method": "create",
                        "args": [{**vals, "id_number": number}],
                        "kwargs": {},
                    },
                )
        entries = self.asked()
        self.assertEqual(entries.mapped("nth"), [1, 2], "the same number twice is one question")
        self.assertEqual(entries.mapped("count"), [0, 0])
