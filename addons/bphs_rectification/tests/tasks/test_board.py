from datetime import date

from lxml import etree

from odoo.tests import freeze_time, tagged

from ...tools.states import OPEN_STATES
from ..board_case import BoardCase

NAME = {"fields": {"display_name": {}}}


@tagged("post_install", "-at_install")
class TestBoard(BoardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clinics = cls.env["bphs.institution"].create(
            [
                {"code": f"TB{n:03}", "name": f"卫生室{n}", "kind": "village_clinic", "parent_id": cls.township_a.id}
                for n in range(90)
            ]
        )
        cls.tasks = cls.issue("2025-03-03 02:00:00", cls.clinic_a1, cls.clinic_b1, *cls.clinics)
        cls.first, cls.other = cls.tasks[:2]
        cls.startClassPatcher(freeze_time("2025-03-28 02:00:00"))

    def view(self, kind):
        view = self.env.ref(f"bphs_rectification.bphs_rectification_view_{kind}")
        answer = self.as_user("rectification_clerk", "bphs.rectification").get_views([(view.id, kind)])
        return etree.fromstring(answer["views"][kind]["arch"])

    def specification(self, kind):
        """What the client reads for the view: each of its fields."""
        fields = self.env["bphs.rectification"]._fields
        names = {
            node.get("name")
            for node in self.view(kind).iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())
        }
        return {name: NAME if fields[name].type == "many2one" else {} for name in names}

    def board(self, key, limit, domain=()):
        return (
            self.as_user(key, "bphs.rectification")
            .with_context(read_group_expand=True)
            .web_read_group(
                list(domain),
                ["state"],
                [],
                auto_unfold=True,
                unfold_read_specification=self.specification("kanban"),
                unfold_read_default_limit=limit,
            )["groups"]
        )

    def queries(self, function):
        function()  # what a process keeps for good is kept now
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function()
        return self.cr.sql_log_count - before

    # === COLUMNS AND COLOURS === #

    def test_columns_in_the_order_of_a_task_s_life(self):
        self.assertEqual([column["state"] for column in self.board("rectification_clerk", 20)], list(OPEN_STATES))
        self.as_user("rectification_clerk", self.first).action_cancel("重复下达")
        columns = [column["state"] for column in self.board("rectification_clerk", 20)]
        self.assertEqual(columns, [*OPEN_STATES, "cancelled"], "what is over has a column only where something is")

    def test_columns_read_no_more_than_their_limit(self):
        issued = self.board("rectification_clerk", int(self.view("kanban").get("limit")))[0]
        self.assertEqual((issued["__count"], len(issued["__records"])), (92, 20))

    def test_a_township_s_board_counts_its_own(self):
        self.assertEqual(self.board("township_director_b", 20)[0]["__count"], 1)
        self.assertEqual(self.board("village_doctor_a1", 20)[0]["__count"], 1)
        self.assertEqual(self.board("leader", 20)[0]["__count"], 92)

    def test_colour_by_days_left(self):
        for day, colour in (("2025-03-20", 10), ("2025-03-26", 3), ("2025-03-30", 2), ("2025-04-03", 1)):
            with freeze_time(f"{day} 02:00:00"):
                self.env.invalidate_all()
                self.assertEqual(self.first.color, colour, day)
        self.hand_in("2025-03-28 02:00:00", self.first, "village_doctor_a1")
        self.assertEqual(self.first.color, 0, "the institution's clock stands still")

    # === QUERIES === #

    def test_the_board_costs_the_same_for_60_as_for_6(self):
        few = self.queries(lambda: self.board("rectification_clerk", 6))
        many = self.queries(lambda: self.board("rectification_clerk", 60))
        self.assertEqual(few, many)
        self.assertLess(many, 20)

    def test_the_list_costs_the_same_for_80_as_for_8(self):
        specification = self.specification("list")
        clerk = self.as_user("rectification_clerk", "bphs.rectification")
        few, many = (
            self.queries(lambda limit=limit: clerk.web_search_read([], specification, limit=limit)) for limit in (8, 80)
        )
        self.assertEqual(few, many)
        self.assertLess(many, 15)

    def test_the_calendar_costs_the_same_for_80_as_for_8(self):
        specification = self.specification("calendar") | {"display_name": {}, "deadline": {}, "color": {}}
        clerk = self.as_user("rectification_clerk", "bphs.rectification")
        few, many = (
            self.queries(lambda limit=limit: clerk.web_search_read([], specification, limit=limit)) for limit in (8, 80)
        )
        self.assertEqual(few, many)

    # === SAVED FILTERS === #

    def filtered(self, key, name):
        arch = self.view("search")
        node = arch.xpath(f"//filter[@name='{name}']")[0]
        user = self.user[key]
        # The client's own words: only names that a search view of ours uses.
        domain = etree.tostring(node) and node.get("domain").replace("uid", str(user.id))
        from odoo.tools.safe_eval import const_eval

        return self.as_user(key, "bphs.rectification").search(const_eval(domain))

    def test_filters(self):
        self.hand_in("2025-03-27 02:00:00", self.first, "village_doctor_a1")
        self.assertEqual(self.filtered("township_public_health_a", "to_verify"), self.first)
        self.assertFalse(self.filtered("township_public_health_b", "to_verify"))
        self.assertFalse(self.filtered("rectification_clerk", "to_verify"), "a clinic's proof is its township's to see")
        self.assertEqual(self.filtered("village_doctor_b1", "mine"), self.other)
        self.assertFalse(self.filtered("rectification_clerk", "repeats"))
        again = self.issue("2025-03-27 02:00:00", self.clinic_a1)
        self.assertEqual(self.filtered("rectification_clerk", "repeats"), again)

    def test_due_this_week_and_overdue(self):
        self.assertEqual(self.first.deadline, date(2025, 4, 2))  # a Wednesday
        for moment, due, overdue in (
            ("2025-03-30 02:00:00", False, False),
            ("2025-03-30 17:00:00", True, False),  # Monday 1:00 in Beijing
            ("2025-04-02 02:00:00", True, False),
            ("2025-04-03 02:00:00", False, True),
        ):
            with freeze_time(moment), self.subTest(moment):
                clerk = self.user["rectification_clerk"]
                self.assertEqual(clerk.tz, "Asia/Shanghai")
                self.assertEqual(self.first in self.filtered("rectification_clerk", "due_this_week"), due)
                self.assertEqual(self.first in self.filtered("rectification_clerk", "overdue"), overdue)
