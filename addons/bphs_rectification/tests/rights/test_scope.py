from odoo.tests import tagged

from ..common import RectificationCase

MODELS = (
    "bphs.problem.line",
    "bphs.rectification",
    "bphs.rectification.event",
    "bphs.rectification.evidence",
    "bphs.rectification.extension",
)


@tagged("post_install", "-at_install")
class TestScope(RectificationCase):
    """Township A learns nothing of B's: neither records, nor counts, nor by way of what they share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for task, key in ((cls.task_a1, "village_doctor_a1"), (cls.task_b1, "village_doctor_b1")):
            cls.as_user(key, task).action_ask_extension("2099-01-01", "农忙")
            cls._work(task, key)
        cls.other = cls._problem("只在乙镇", cls.clinic_b1 | cls.township_b)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def test_of_each_table_only_ones_own(self):
        for model in MODELS:
            everything = self.env[model].search([])
            self.assertTrue(everything.filtered(lambda one: one.institution_id.township_id == self.township_b), model)
            for role in ("township_director", "township_public_health", "township_accountant", "team_leader"):
                mine = self.as_user(f"{role}_a", model).search([])
                self.assertEqual(
                    mine.with_env(self.env),
                    everything.filtered(lambda one: one.institution_id.township_id == self.township_a),
                    f"{model}, {role}",
                )
                self.assertEqual(self.as_user(f"{role}_a", model).search_count([]), len(mine))
            doctor = self.as_user("village_doctor_a1", model).search([]).institution_id
            self.assertEqual(doctor.with_env(self.env), self.clinic_a1)

    def test_a_shared_problem_shows_ones_own_lines_alone(self):
        shared = self.as_user("township_director_a", self.problem)
        self.assertEqual(shared.line_count, 2)
        self.assertEqual(shared.to_issue_count, 0)
        self.assertEqual(shared.line_ids.institution_id.with_env(self.env), self.township_a | self.clinic_a1)
        read = shared.web_read({"line_ids": {"fields": {"institution_id": {"fields": {"display_name": {}}}}}})
        self.assertEqual(len(read[0]["line_ids"]), 2)
        # B's progress does not show in the state of what both share.
        self._close(self.task_b, "township_public_health_b", "county_specialist")
        self.as_user("township_director_b", self.task_b1).action_verify()
        self.as_user("rectification_clerk", self.task_b1).action_close()
        self.env.invalidate_all()
        self.assertEqual(self.as_user("township_director_a", self.problem).state, "rectifying")
        self.assertEqual(self.as_user("township_director_b", self.problem).state, "done")
        found = self.as_user("township_director_b", "bphs.problem").search([("state", "=", "done")])
        self.assertEqual(found.with_env(self.env), self.problem)
        self.assertFalse(self.as_user("township_director_a", "bphs.problem").search([("state", "=", "done")]))

    def test_anothers_problem_is_not_there(self):
        mine = self.as_user("township_director_a", "bphs.problem")
        self.assertEqual(mine.search([]).with_env(self.env), self.problem)
        self.assertFalse(mine.search([("line_ids.institution_id", "=", self.clinic_b1.id), ("name", "=", "只在乙镇")]))
        with self.denied("not within your scope"):
            self.as_user("township_director_a", self.other).read(["name"])
        self.assertEqual(mine.search_count([]), 1)

    def test_groups_count_ones_own_alone(self):
        groups = self.as_user("township_director_a", "bphs.rectification").formatted_read_group(
            [], ["township_id", "state"], ["__count"]
        )
        self.assertEqual({group["township_id"][0] for group in groups}, {self.township_a.id})
        self.assertEqual(sum(group["__count"] for group in groups), 2)
        lines = self.as_user("township_director_a", "bphs.problem.line").formatted_read_group(
            [], ["problem_id"], ["__count"]
        )
        self.assertEqual([group["__count"] for group in lines], [2])

    def test_no_step_on_anothers_task(self):
        for step, args in (
            ("acknowledge", ()),
            ("verify", ()),
            ("return", ("不实",)),
            ("note", ("x",)),
            ("ask_extension", ("2099-01-01", "x")),
        ):
            with self.subTest(step=step), self.denied("not within your scope"):
                getattr(self.as_user("township_director_a", self.task_b1), f"action_{step}")(*args)
        with self.denied("not within your scope"):
            self.as_user("township_public_health_a", "bphs.rectification.evidence").upload(
                rectification_id=self.task_b.id, upload_key="k", name="x", kind="text", text="x"
            )

    def test_waiting_for_my_verification(self):
        tasks = self.task_a1 | self.task_b1
        self._work(self.task_a, "township_public_health_a")
        for key, waiting in (
            ("township_director_a", self.task_a1),
            ("township_public_health_a", self.task_a1),
            ("township_director_b", self.task_b1),
            ("village_doctor_a1", self.env["bphs.rectification"]),
            ("rectification_clerk", self.task_a),
            ("county_specialist", self.task_a),
            ("evaluator", tasks | self.task_a),
            ("leader", self.env["bphs.rectification"]),
        ):
            with self.subTest(key=key):
                model = self.as_user(key, "bphs.rectification")
                self.assertEqual(model.search([("can_verify", "=", True)]).with_env(self.env), waiting)
                self.assertEqual(
                    model.search([]).filtered("can_verify").with_env(self.env).sorted("id"), waiting.sorted("id")
                )
                self.assertFalse(model.search([("can_verify", "!=", True)]).with_env(self.env) & waiting)
