import base64
import json

from psycopg2.errors import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SCHEME, EvaluationCase


@tagged("post_install", "-at_install")
class TestScheme(EvaluationCase):
    def setUp(self):
        super().setUp()
        schemes = self.as_user("primary_care_officer", "bphs.evaluation.scheme")
        self.draft = schemes._create_from_file(json.dumps({**SCHEME, "code": "draft"}).encode())

    def test_a_scheme_goes_out_as_it_came_in(self):
        self.assertEqual(json.loads(base64.b64decode(self.draft.json_file)), {**SCHEME, "code": "draft"})
        self.assertEqual(self.draft.points, 100)
        self.assertEqual(self.draft.item_count, 4)

    def test_the_scheme_of_a_round_is_read_too(self):
        schemes = self.as_user("primary_care_officer", "bphs.evaluation.scheme")
        document = {"evaluation": {**SCHEME, "code": "other"}, "units": []}
        self.assertEqual(schemes._create_from_file(json.dumps(document).encode()).code, "other")

    def test_what_is_no_scheme_is_refused_by_its_field(self):
        schemes = self.as_user("primary_care_officer", "bphs.evaluation.scheme")
        with self.refused("各项分值之和应等于总分"):
            schemes._create_from_file(json.dumps({**SCHEME, "code": "x", "total": "99.00"}).encode())
        with self.refused("There is a scheme little already"):
            schemes._create_from_file(json.dumps(SCHEME).encode())

    def test_points_that_do_not_sum_up_are_told_and_not_proposed(self):
        self.draft.item_ids[0].points = 39
        self.assertIn("各项分值之和应等于总分", self.draft.problem_text)
        with self.refused("各项分值之和应等于总分"):
            self.draft.action_propose()

    def test_a_second_person_publishes_it(self):
        self.draft.action_propose()
        with self.denied("whoever wrote or proposed it does not publish it"):
            self.draft.action_publish()
        self.as_user("county_specialist", self.draft).action_publish()
        self.assertEqual(self.draft.state, "published")
        self.assertTrue(self.draft.version)

    def test_published_it_never_changes(self):
        self._publish(self.draft)
        with self.refused("copy it to write the next version"):
            self.draft.name = "另一名称"
        with self.refused("copy it to write the next version"):
            self.draft.item_ids[0].points = 1
        with self.refused("copy it to write the next version"):
            self.draft.unlink()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.refused("does not change", kind=IntegrityError):
            self.env.cr.execute("UPDATE bphs_evaluation_item SET points = 1 WHERE scheme_id = %s", [self.draft.id])

    def test_the_next_version_is_a_copy_with_its_tree(self):
        heading = self.env["bphs.evaluation.item"].create(
            {"scheme_id": self.draft.id, "code": "A", "name": "全部", "sequence": 1}
        )
        self.draft.item_ids.filtered("method").parent_id = heading
        self.assertEqual(heading.sum_points, 100)
        copied = self.draft.copy()
        self.assertEqual(copied.code, "draft-2")
        self.assertEqual(copied.state, "draft")
        self.assertEqual(copied._document(), {**self.draft._document(), "code": "draft-2"})
        self.assertEqual(copied.item_ids.filtered("method").parent_id.mapped("name"), ["全部"])
        self.assertEqual(copied.item_ids.parent_id.scheme_id, copied)

    def test_an_item_that_is_scored_has_none_below_it(self):
        first, second = self.draft.item_ids[:2]
        with self.refused("an item that is scored has none below it"):
            second.parent_id = first

    def test_methods_are_told_in_words(self):
        says = dict(zip(self.draft.item_ids.mapped("code"), self.draft.item_ids.mapped("says"), strict=True))
        self.assertEqual(says["A1"], "full from 80%, else in proportion")
        self.assertEqual(says["A2"], "blank: 2 each, at most 10；false: 10 each")

    def test_the_shipped_schemes_are_whole(self):
        schemes = self.env["bphs.evaluation.scheme"]
        schemes._load_shipped()
        shipped = schemes.search([("code", "in", ("XJ1000", "CS100"))])
        self.assertEqual(sorted(shipped.mapped("total")), [100, 1000])
        for scheme in shipped:
            self.assertFalse(scheme._problem())
            leaves = scheme._leaves()
            self.assertTrue(all(leaves.mapped("parent_id")))
            self.assertEqual(
                len(leaves.mapped("problem_type_id.code") and leaves.filtered("problem_type_id")), len(leaves)
            )
            self.assertEqual(
                sum(scheme.item_ids.filtered(lambda item: not item.parent_id).mapped("sum_points")), scheme.total
            )
        big = shipped.filtered(lambda scheme: scheme.total == 1000)
        tops = big.item_ids.filtered(lambda item: not item.parent_id)
        self.assertEqual(tops.mapped("sum_points"), [100, 150, 200, 400, 150])

    def test_drafts_are_the_countys_affair(self):
        seen = self.as_user("township_director_a", "bphs.evaluation.scheme").search([])
        self.assertNotIn(self.draft, seen)
        self.assertIn(self.scheme, seen)

    def test_an_upload_makes_a_draft(self):
        data = base64.b64encode(json.dumps({**SCHEME, "code": "up"}).encode())
        wizard = self.as_user("county_specialist", "bphs.evaluation.scheme.import").create({"file": data})
        made = self.env["bphs.evaluation.scheme"].browse(wizard.action_import()["res_id"])
        self.assertEqual((made.code, made.state), ("up", "draft"))
