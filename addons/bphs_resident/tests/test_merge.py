from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common import ResidentCase, id_number

NO_DOCUMENT = {"id_type": "none", "id_reason": "未办理"}
# Every table a merge may touch in this module; the whole of each is compared.
TABLES = ("bphs_resident", "bphs_resident_group", "bphs_household", "bphs_resident_move", "bphs_resident_duplicate")


class MergeCase(ResidentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.again = cls.Resident.create(
            {
                "name": "张三封",
                "division_id": cls.village_a1.id,
                "birth_date": "1950-01-01",
                "sex": "male",
                "phone": "13700001111",
                "file_created_on": "2012-03-04",
                "living_alone": True,
                **NO_DOCUMENT,
            }
        )
        cls.group = cls.env["bphs.resident.group"]

    def join(self, resident, kind, start="2020-01-01", end=False):
        return self.group.create(
            {"resident_id": resident.id, "kind": kind, "date_from": start, "date_to": end, "basis": "体检"}
        )

    def merge(self, closed=None, survivor=None, key="township_public_health_a", reason="同一人，重复建档"):
        closed, survivor = closed or self.again, survivor or self.zhang
        return self.as_user(key, closed)._merge_into(self.as_user(key, survivor), reason)

    def everything(self):
        """Every row of every table a merge may touch, by table and id."""
        self.env.flush_all()
        return {
            table: dict(self.env.execute_query(SQL("SELECT id, to_jsonb(t) FROM %s t", SQL.identifier(table))))
            for table in TABLES
        }


@tagged("post_install", "-at_install")
class TestMerge(MergeCase):
    def groups_linked(self, merge):
        """Of memberships in key groups, how many moved and how many stayed; other modules' links may have, too."""
        [line] = [line for line in merge.sudo().linked if line["model"] == "bphs.resident.group"]
        return len(line["moved"]), len(line["stayed"])

    def test_the_file_that_stays_gets_everything(self):
        hypertension, elderly = self.join(self.again, "hypertension"), self.join(self.zhang, "elderly_65")
        merge = self.merge()
        self.assertEqual((hypertension | elderly).resident_id, self.zhang)
        self.assertEqual(self.zhang.name, "张三丰")
        self.assertEqual(self.zhang.file_created_on, date(2012, 3, 4))
        self.assertTrue(self.zhang.living_alone)
        self.assertEqual(self.zhang.phone, "138****1234")  # its own
        self.assertRecordValues(
            self.again,
            [{"status": "merged", "active": False, "merged_into_id": self.zhang.id, "name": "张三封"}],
        )
        self.assertIn("the earlier day holds", merge.explanation)
        self.assertEqual(self.groups_linked(merge), (1, 0))

    def test_a_document_the_survivor_lacks_comes_along(self):
        self.merge(closed=self.zhang, survivor=self.again)
        self.assertEqual(self.again.id_masked, self.zhang.id_masked)
        self.assertEqual(self.again.id_type, "resident_id")
        self.assertEqual(self.names("township_public_health_a", id_number("19500101", 1)), ["张三封"])

    def test_h28_what_is_foretold_is_what_moves(self):
        for kind in ("diabetes", "hypertension"):
            self.join(self.again, kind)
        self.join(self.zhang, "diabetes")
        dialog = self.env["bphs.resident.merging"].create(
            {"first_id": self.zhang.id, "second_id": self.again.id, "stays": "first"}
        )
        foretold = [(moved, stayed) for _model, moved, stayed in dialog._link_lines() if moved or stayed]
        merge = self.merge()
        told = [(len(line["moved"]), len(line["stayed"])) for line in merge.sudo().linked]
        self.assertEqual(told, foretold)
        self.assertEqual(self.groups_linked(merge), (1, 1))

    def test_a_membership_both_hold_begins_with_the_earlier(self):
        mine, theirs = self.join(self.zhang, "diabetes", "2021-05-05"), self.join(self.again, "diabetes", "2019-02-02")
        ended = self.join(self.again, "pregnant", "1975-01-01", "1975-10-01")
        merge = self.merge()
        self.assertEqual(mine.date_from, date(2019, 2, 2))
        self.assertEqual(theirs.resident_id, self.again)
        self.assertEqual(ended.resident_id, self.zhang)
        self.assertEqual(self.groups_linked(merge), (1, 1))
        merge.action_undo("弄错了")
        self.assertEqual(mine.date_from, date(2021, 5, 5))

    def test_named_persons_keep_their_secret(self):
        self.join(self.again, "smi")
        with self.denied("If you need it, ask the bureau administrator"):
            self.merge()
        self.name_person("township_public_health_a")
        self.merge()
        self.assertTrue(self.zhang.restricted)
        self.assertEqual(self.as_user("village_doctor_a1", "bphs.resident.merge").search_count([]), 0)
        self.assertFalse(self.names("village_doctor_a1", "张三丰"))

    def test_who_may_merge(self):
        for key in ("village_doctor_a1", "team_leader_a", "auditor", "finance_officer", "township_public_health_b"):
            with (
                self.denied(
                    ("Whether two files are of one person is decided", "If you need it, ask the bureau administrator")
                ),
                self.env.cr.savepoint(),
            ):
                self.merge(key=key)
        # The county opens both files first, with a reason.
        with self.denied("If you need it, ask the bureau administrator"), self.env.cr.savepoint():
            self.merge(key="primary_care_officer")
        for file in (self.zhang, self.again):
            self.as_user("primary_care_officer", file).action_open("比对重复档案")
        self.assertTrue(self.merge(key="primary_care_officer"))

    def test_what_cannot_be_one_file(self):
        with self.refused("Two different files are needed, none of them"):
            self.merge(survivor=self.again)
        with self.assertRaisesRegex(UserError, "Say in words"):
            self.merge(reason=" ")
        self.merge()
        with self.refused("Two different files are needed, none of them"):
            self.merge()
        with self.refused("Two different files are needed, none of them"):
            self.merge(closed=self.wang, survivor=self.again)

    def test_nobody_forges_a_merge(self):
        merge = self.merge()
        for key in ("township_public_health_a", "administrator"):
            for attempt in (
                lambda key=key: self.as_user(key, merge).write({"undone_on": False}),
                lambda key=key: self.as_user(key, merge).unlink(),
                lambda key=key: self.as_user(key, "bphs.resident.merge.row").search([]),
                lambda key=key: self.as_user(key, merge).row_ids.read(["before"]),
            ):
                with self.denied("不允许", ("bphs.resident.merge", "bphs.resident.merge.row")):
                    attempt()

    def test_merging_is_logged_for_both_files(self):
        self.merge()
        for file in (self.zhang, self.again):
            entry = self.log(file, kind="change")[:1]
            self.assertEqual((entry.reason, entry.user_id), ("同一人，重复建档", self.user["township_public_health_a"]))

    def test_a_chain_of_merges_leads_to_the_last(self):
        third = self.make("张三峰", self.village_a1, "19500101", 3)
        self.merge()
        self.merge(closed=self.zhang, survivor=third)
        self.assertEqual(self.again.merged_into_id, third)

    # === UNDOING === #

    def test_undone_as_if_nothing_had_been(self):
        self.join(self.again, "hypertension")
        self.env["bphs.resident.duplicate"]._search_pairs()
        before = self.everything()
        merge = self.merge()
        self.assertNotEqual(self.everything(), before)
        with self.assertRaisesRegex(UserError, "Say in words"):
            merge.action_undo()
        merge.action_undo("弄错了")
        after = self.everything()
        for rows in (before, after):
            rows.pop("bphs_resident_duplicate")
        self.assertEqual(after, before)
        self.assertTrue(self.env["bphs.resident.duplicate"].search([]).filtered(lambda pair: pair.state == "open"))
        with self.refused("This merge is undone already, or the 30 days"):
            merge.action_undo("再来一次")

    def test_for_thirty_days(self):
        merge = self.merge()
        rows = merge.sudo().row_ids
        merged_on = merge.date
        with freeze_time(merged_on + timedelta(days=29)):
            merge.invalidate_recordset()
            self.assertTrue(merge.can_undo)
            self.env["bphs.resident.merge"]._gc_rows()
            self.assertTrue(rows.exists())
        with freeze_time(merged_on + timedelta(days=32)):
            merge.invalidate_recordset()
            with self.assertRaisesRegex(UserError, "30 days"):
                merge.action_undo("弄错了")
            self.env["bphs.resident.merge"]._gc_rows()
            self.assertFalse(rows.exists())
            self.assertTrue(merge.exists())

    def test_what_changed_since_is_not_lost(self):
        merge = self.merge()
        self.zhang.living_alone = False
        merge.action_undo("弄错了")  # set back to what it was before: nothing is lost
        again = self.merge()
        self.zhang.file_created_on = "2010-10-10"
        with self.assertRaisesRegex(UserError, "File Created"):
            again.action_undo("弄错了")
        self.assertEqual(self.zhang.file_created_on, date(2010, 10, 10))
        self.assertEqual(self.again.status, "merged")

    def test_later_changes_elsewhere_stay(self):
        merge = self.merge()
        self.zhang.write({"phone": "13655556666", "empty_nest": True})
        merge.action_undo("弄错了")
        self.assertEqual(self.zhang.phone, "136****6666")
        self.assertTrue(self.zhang.empty_nest)
        self.assertFalse(self.zhang.living_alone)

    def test_a_number_taken_and_given_back_stays_unique(self):
        merge = self.merge(closed=self.zhang, survivor=self.again)
        merge.action_undo("弄错了")
        self.assertEqual(self.zhang.status, "active")
        self.assertEqual(self.again.id_type, "none")
        self.assertEqual(self.names("township_public_health_a", id_number("19500101", 1)), ["张三丰"])

    def test_who_may_undo(self):
        merge = self.merge()
        for key in ("village_doctor_a1", "auditor", "township_public_health_b"):
            with (
                self.denied(("Whether two files are of one person is decided", "not within your scope")),
                self.env.cr.savepoint(),
            ):
                self.as_user(key, merge).action_undo("弄错了")
        self.as_user("administrator", merge).action_undo("弄错了")

    def test_every_link_to_a_resident_is_known_to_merging(self):
        """A many2many to residents would need rows of its own in the snapshot: whoever adds one is told here."""
        unknown = [
            f"{name}.{field.name}"
            for name, model in self.env.registry.items()
            if name.startswith("bphs.") and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2many"
            and field.comodel_name == "bphs.resident"
            and field.store
            # One that reads closed files as those that stayed says so.
            and field.name not in getattr(model, "_follow_merging", ())
        ]
        self.assertFalse(unknown)


FACTS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["张三丰", "张三封", "臧珊峰"]),
        "document": st.booleans(),
        "phone": st.sampled_from([False, "13700001111", "13600002222"]),
        "household": st.booleans(),
        "file_created_on": st.sampled_from([False, "2012-03-04", "2020-01-01"]),
        "opened_on": st.sampled_from([False, "2013-03-04", "2021-01-01"]),
        "living_alone": st.booleans(),
        "minimum_living": st.booleans(),
        "groups": st.sets(st.sampled_from(["hypertension", "diabetes", "smi", "elderly_65"])),
        "ended": st.booleans(),
    }
)


@tagged("post_install", "-at_install")
class TestMergeProperty(MergeCase):
    def file(self, facts, order):
        household = self.env["bphs.household"].create({"division_id": self.village_a1.id})
        vals = {
            "name": facts["name"],
            "division_id": self.village_a1.id,
            "birth_date": "1950-01-01",
            "sex": "male",
            "phone": facts["phone"],
            "household_id": facts["household"] and household.id,
            "relation": "head" if facts["household"] else False,
            **{name: facts[name] for name in ("file_created_on", "opened_on", "living_alone", "minimum_living")},
        }
        document = {"id_number": id_number("19500101", order)} if facts["document"] else NO_DOCUMENT
        file = self.Resident.create({**vals, **document})
        for number, kind in enumerate(sorted(facts["groups"])):
            end = "2023-01-01" if facts["ended"] and number % 2 else False
            self.join(file, kind, f"20{10 + number + order}-01-01", end)
        return file

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(FACTS, FACTS)
    def test_merging_and_undoing_restores_every_row(self, ours, theirs):
        savepoint = self.env.cr.savepoint()
        try:
            self.name_person("township_public_health_a")
            survivor, closed = self.file(ours, 5), self.file(theirs, 7)
            before = self.everything()
            merge = self.merge(closed=closed, survivor=survivor)
            kinds = set(survivor.group_ids.mapped("kind"))
            self.assertEqual(kinds, ours["groups"] | theirs["groups"])
            merge.action_undo("弄错了")
            after = self.everything()
            for rows in (before, after):
                rows.pop("bphs_resident_duplicate")
            self.assertEqual(after, before)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
