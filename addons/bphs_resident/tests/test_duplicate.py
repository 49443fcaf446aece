from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools.likeness import sound_of, sound_steps
from .common import ResidentCase

NO_DOCUMENT = {"id_type": "none", "id_reason": "未办理", "id_number": False}


@tagged("post_install", "-at_install")
class TestDuplicate(ResidentCase):
    def pairs(self, **only):
        self.env["bphs.resident.duplicate"]._search_pairs()
        domain = [(name, "=", value) for name, value in only.items()]
        found = self.env["bphs.resident.duplicate"].search(domain)
        return {(pair.kind, frozenset((pair.first_id | pair.second_id).ids)) for pair in found}

    def twin(self, of, name=None, village=None, **vals):
        """Another file of the same person, written down without a document."""
        values = {
            "name": name or of.name,
            "division_id": (village or of.division_id).id,
            "birth_date": of.birth_date,
            "sex": of.sex,
            **NO_DOCUMENT,
            **vals,
        }
        return self.Resident.create(values)

    def test_nobody_is_alike_at_first(self):
        self.assertEqual(self.pairs(), set())

    def test_three_kinds(self):
        again = self.twin(self.zhang)
        heard = self.twin(self.wang, name="汪晓铭", birth_date="1980-11-30")
        phoned = self.twin(self.zhang, village=self.village_b1, phone="13812341234")
        self.assertEqual(
            self.pairs(),
            {
                ("probable", frozenset((self.zhang.id, again.id))),
                ("probable", frozenset((self.zhang.id, phoned.id))),
                ("close", frozenset((self.wang.id, heard.id))),
            },
        )

    def test_the_surest_come_first(self):
        self.twin(self.wang, name="汪晓铭", birth_date="1980-11-30")
        self.twin(self.zhang)
        self.pairs()
        self.assertEqual(self.env["bphs.resident.duplicate"].search([]).mapped("kind"), ["probable", "close"])

    def test_the_same_document_where_rows_came_in_past_the_index(self):
        self.env.flush_all()
        self.env.cr.execute("DROP INDEX bphs_resident_id_index_uniq")
        self.env.cr.execute(
            SQL(
                "UPDATE bphs_resident SET id_index = (SELECT id_index FROM bphs_resident WHERE id = %s) WHERE id = %s",
                self.zhang.id,
                self.li.id,
            )
        )
        self.assertEqual(self.pairs(), {("exact", frozenset((self.zhang.id, self.li.id)))})

    def test_who_is_not_alike(self):
        self.twin(self.zhang, village=self.village_a2)  # another village and telephone
        self.twin(self.zhang, name="张山风", sex="female")
        self.twin(self.zhang, name="张山风", birth_date="1951-01-01")
        self.make("张散疯", self.village_a1, "19500606", 9)  # both show a document: two persons
        self.assertEqual(self.pairs(), set())

    def test_the_database_hears_names_as_the_rules_do(self):
        spellings = ["zhang san feng", "shan xiong|dan xiong", "lv yan", "liu lan", "chen jing", "", "nie heng ling"]
        for spelling in spellings:
            heard = SQL("split_part(%s, '|', 1)", spelling)
            for pattern, replacement in sound_steps():
                heard = SQL("regexp_replace(%s, %s, %s, 'g')", heard, pattern, replacement)
            self.assertEqual(self.env.execute_query(SQL("SELECT %s", heard)), [(sound_of(spelling),)])

    def test_the_list_follows_the_register(self):
        again = self.twin(self.zhang)
        self.assertEqual(len(self.pairs()), 1)
        self.assertEqual(len(self.pairs()), 1)  # found again, it does not come twice
        again.name = "赵六"
        self.assertEqual(self.pairs(), set())

    def test_a_decided_pair_stays_decided(self):
        again = self.twin(self.zhang)
        self.pairs()
        pair = self.as_user("township_public_health_a", "bphs.resident.duplicate").search([])
        dialog = pair.env["bphs.resident.merging"].browse(pair.action_compare()["res_id"])
        with self.assertRaisesRegex(UserError, "two persons"):
            dialog.action_distinct()
        dialog.reason = "同名同日生，两人"
        dialog.action_distinct()
        self.assertEqual((pair.state, pair.decided_by_id), ("distinct", self.user["township_public_health_a"]))
        self.assertEqual(self.pairs(state="open"), set())
        with self.refused("is decided already"):
            pair.action_compare()
        again.name = "赵六"
        self.pairs()
        self.assertTrue(pair.exists())

    def test_merged_files_are_not_alike_any_more(self):
        again = self.twin(self.zhang)
        self.pairs()
        as_officer = self.as_user("township_public_health_a", again)
        as_officer._merge_into(self.as_user("township_public_health_a", self.zhang), "同一人")
        self.assertEqual(self.pairs(state="open"), set())
        self.assertEqual(len(self.pairs(state="merged")), 1)

    def test_who_sees_a_pair(self):
        self.twin(self.zhang)
        self.twin(self.zhang, village=self.village_b1, phone="13812341234")
        self.pairs()
        for key, count in (
            ("township_public_health_a", 1),  # the pair with a file of the other township is the county's
            ("township_public_health_b", 0),
            ("primary_care_officer", 2),
            ("administrator", 2),
            ("auditor", 2),
        ):
            self.assertEqual(self.as_user(key, "bphs.resident.duplicate").search_count([]), count, key)
        for key in ("village_doctor_a1", "finance_officer", "team_leader_a"):
            with self.no_right("read", "bphs.resident.duplicate"):
                self.as_user(key, "bphs.resident.duplicate").search([])

    def test_the_county_sees_masked_names_until_it_opens_the_files(self):
        self.twin(self.zhang)
        self.pairs()
        pair = self.as_user("primary_care_officer", "bphs.resident.duplicate").search([])
        self.assertIn("张*丰", pair.first_text)
        self.assertNotIn("张三丰", pair.first_text + pair.second_text)
        self.assertNotIn("1950-01-01", pair.first_text)
        pair.action_compare()
        pair.invalidate_recordset()
        self.assertIn("张三丰", pair.first_text)
        self.assertTrue(self.log(self.zhang, user_id=self.user["primary_care_officer"].id, kind="open").reason)

    def test_named_persons_alone_see_restricted_pairs(self):
        again = self.twin(self.zhang)
        self.env["bphs.resident.group"].create(
            {"resident_id": again.id, "kind": "smi", "basis": "县医院", "date_from": "2020-01-01"}
        )
        self.pairs()
        pairs = self.as_user("township_public_health_a", "bphs.resident.duplicate")
        self.assertEqual(pairs.search_count([]), 0)
        self.assertFalse(pairs.formatted_read_group([], ["kind"], ["__count"]))
        self.name_person("township_public_health_a")
        self.assertEqual(pairs.search_count([]), 1)

    def test_nobody_writes_pairs(self):
        self.twin(self.zhang)
        self.pairs()
        for key in ("township_public_health_a", "administrator", "primary_care_officer"):
            pair = self.as_user(key, "bphs.resident.duplicate").search([])
            for attempt in (
                lambda pair=pair: pair.write({"state": "distinct"}),
                lambda pair=pair: pair.unlink(),
                lambda pair=pair: pair.create({"first_id": self.zhang.id, "second_id": self.li.id, "kind": "exact"}),
            ):
                with self.denied("不允许", "bphs.resident.duplicate"):
                    attempt()

    def test_the_list_is_bounded_in_queries(self):
        for number in range(8):
            self.twin(self.zhang, phone=f"1381234000{number}")
        self.pairs()
        pairs = self.as_user("township_public_health_a", "bphs.resident.duplicate")
        specification = {"kind": {}, "first_text": {}, "second_text": {}, "can_decide": {}}
        pairs.web_search_read([], specification, limit=2)
        counts = []
        for limit in (2, 30):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows = pairs.web_search_read([], specification, limit=limit)["records"]
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(len(rows), limit)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_h28_only_those_who_decide_may_search_now(self):
        with self.denied("Whether two files are of one person is decided"):
            self.as_user("village_doctor_a1", "bphs.resident.duplicate").action_search()
        self.twin(self.zhang)
        # As the button of the list calls it: with the records that are ticked, none here.
        told = call_kw(self.as_user("township_public_health_a", "bphs.resident.duplicate"), "action_search", [[]], {})
        self.assertIn("1", told["params"]["message"])
        self.assertEqual(self.env["bphs.resident.duplicate"].search_count([]), 1)
