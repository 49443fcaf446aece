import random
from datetime import date, timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from ...models.plans.bphs_followup_set import _arrays
from ...models.plans.bphs_plan import AHEAD_DAYS, BACK_DAYS
from ...tools.clocks.rows import rows_of
from ...tools.clocks.terms import RESULTS, Mute, Plan, Visit
from ..common import ServiceCase

PLANS, PEOPLE, VISITS = 10_000, 125, 24
CLOCKS = (
    "hypertension",
    "hypertension-last",
    "diabetes",
    "red",
    "child",
    "elder_exam",
    "elder_exam_oct",
    "tb_intensive",
)
FORMS = ("hypertension", "diabetes", "chronic", "elder_follow", "elder_exam", "child", "tb_follow")
PLAN = """
    INSERT INTO bphs_plan (resident_id, clock_id, code, date_from, date_to, anchor_on, origin)
    SELECT n.resident_id, n.clock_id, c.code, n.date_from, n.date_to, n.anchor_on, 'manual'
      FROM unnest(%s::int[], %s::int[], %s::date[], %s::date[], %s::date[])
           n (resident_id, clock_id, date_from, date_to, anchor_on)
      JOIN bphs_clock c ON c.id = n.clock_id
    RETURNING id
"""
VISIT = """
    INSERT INTO bphs_visit (resident_id, template_id, done_on, face_to_face, mode, result, state, source)
    SELECT n.resident_id, n.template_id, n.done_on, n.face_to_face, 'other', n.result, 'done', 'imported'
      FROM unnest(%s::int[], %s::int[], %s::date[], %s::boolean[], %s::varchar[])
           n (resident_id, template_id, done_on, face_to_face, result)
    RETURNING id
"""


@tagged("post_install", "-at_install")
class TestFollowupSets(ServiceCase):
    """Thousands of made-up plans, stored as sets, against the rules asked plan by plan, each from what was made up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chance = random.Random(14)
        cls.today = cls.Visit._county_today()
        cls.Followup = cls.env["bphs.followup"]
        cls.clocks = {code: cls.env["bphs.clock"]._in_force(code) for code in CLOCKS}
        cls.cores = {code: clock._core() for code, clock in cls.clocks.items()}
        cls.people = [cls.make(f"试验{at}", cls.village_a1, "19800101", 2 * at + 201).id for at in range(PEOPLE)]
        cls._make_visits()
        cls._make_plans()
        cls.env.cr.execute("ANALYZE bphs_resident, bphs_visit, bphs_plan")  # planned for none, sets take minutes

    @classmethod
    def _make_visits(cls):
        made = []
        for resident in cls.people:
            for form in cls.chance.choices(FORMS, k=VISITS):
                day = cls.today - timedelta(int(700 * cls.chance.random() ** 2))
                result = cls.chance.choice([None, "satisfied", *RESULTS])
                made.append((resident, form, day, cls.chance.random() < 0.7, result))
        forms = {code: cls.form(code).id for code in FORMS}
        ids = cls.env.execute_query(SQL(VISIT, *_arrays([(r, forms[f], *rest) for r, f, *rest in made])))
        cls.visits = {}
        for (id_,), (resident, form, *rest) in zip(ids, made, strict=True):
            cls.visits.setdefault(resident, []).append((form, Visit(str(id_), *rest)))

    @classmethod
    def _make_plans(cls):
        made, told = [], []
        for number in range(PLANS):
            resident, code = cls.people[number % PEOPLE], CLOCKS[number // PEOPLE % len(CLOCKS)]
            start = cls.today - timedelta(cls.chance.randrange(-40, 900))
            # Of one resident only one plan of a clock has no end.
            end = None
            if number >= PEOPLE * len(CLOCKS):
                end = max(start, cls.today + timedelta(cls.chance.randrange(-400, 300)))
            anchor = start - timedelta(cls.chance.randrange(300)) if code == "child" else None
            made.append((resident, cls.clocks[code].id, start, end, anchor))
            told.append((resident, code, start, end, anchor))
        cls.plans = {}
        for (id_,), (resident, code, *days) in zip(cls.env.execute_query(SQL(PLAN, *_arrays(made))), told, strict=True):
            cls.plans[id_] = (resident, code, *days)
        cls.records = cls.env["bphs.plan"].browse(cls.plans)

    def plan(self, id_, mutes=()):
        resident, code, *days = self.plans[id_]
        forms = set(self.clocks[code].form_codes.split())
        visits = tuple(visit for form, visit in self.visits[resident] if form in forms)
        return self.cores[code], Plan(str(id_), *days, mutes, visits)

    def stored(self):
        query = """SELECT plan_id, kind, key, opens_on, due_on, closes_on, visit_id::text FROM bphs_followup
                    WHERE plan_id = ANY(%s)"""
        return set(self.env.execute_query(SQL(query, list(self.plans))))

    def expected(self, standing=()):
        oldest = self.today - timedelta(BACK_DAYS)
        named = {row[:3] for row in standing}
        return {
            (id_, row.kind, row.key, row.opens, row.due, row.closes, row.visit)
            for id_ in self.plans
            for row in rows_of(*self.plan(id_), self.today, AHEAD_DAYS)
            if row.closes >= oldest or (id_, row.kind, row.key) in named
        }

    def test_sets_are_what_the_rules_say_of_each(self):
        self.Followup._recompute(self.records)
        first = self.stored()
        self.assertGreater(len(first), PLANS)
        self.assertEqual(first, self.expected())
        self._check_states()
        # Some are voided, some entered late: what stood stays reckoned, also where it closed long ago.
        told = [visit.id for visits in self.visits.values() for _form, visit in visits]
        gone = set(self.chance.sample(told, len(told) // 10))
        self.visits = {
            resident: [(form, visit) for form, visit in visits if visit.id not in gone]
            for resident, visits in self.visits.items()
        }
        self.env.cr.execute("UPDATE bphs_visit SET state = 'voided' WHERE id = ANY(%s)", [[int(id_) for id_ in gone]])
        self.Followup._recompute(self.records)
        second = self.stored()
        self.assertEqual(second, self.expected(first))
        self.assertNotEqual(first, second)
        self.Followup._recompute(self.records)
        self.assertEqual(self.stored(), second)

    def _check_states(self):
        """The one expression in SQL says of every row what the rules say, with some plans muted."""
        muted = self.records.browse(self.chance.sample(list(self.plans), 300))
        since = self.today - timedelta(3)
        self.env["bphs.plan.mute"].create([{"plan_id": id_, "date_from": since, "reason": "外出"} for id_ in muted.ids])
        rows = self.Followup.search([("plan_id", "in", self.records.ids)])
        states = rows._states_on(self.today)
        told = {}
        for id_ in self.plans:
            mutes = (Mute(since),) if id_ in muted.ids else ()
            for row in rows_of(*self.plan(id_, mutes), self.today, AHEAD_DAYS):
                told[id_, row.kind, row.key] = row.state
        self.assertEqual({row.id: told[row.plan_id.id, row.kind, row.key] for row in rows}, states)
        self.assertEqual(len(set(states.values())), 8)

    def test_the_night_leaves_what_need_not_be_reckoned(self):
        """A plan is asked again on the day it named and not before; nobody is left out on any day."""
        some = self.records[:400]
        self.Followup._recompute(some)
        query = "SELECT plan_id, renew_on FROM bphs_followup WHERE plan_id = ANY(%s) AND renew_on IS NOT NULL"
        days = self.env.execute_query(SQL(query, list(some.ids)))
        self.assertEqual(len(days), len(some.followup_ids.plan_id))
        for id_, renew_on in days:
            self.assertGreater(renew_on, self.today)
            rules, plan = self.plan(id_)
            facts = lambda day: {  # noqa: E731 short, and used at once
                (row.kind, row.key, row.opens, row.due, row.closes, row.visit)
                for row in rows_of(rules, plan, day, AHEAD_DAYS)  # noqa: B023
            }
            self.assertEqual(facts(self.today), facts(renew_on - timedelta(1)), (id_, renew_on))

    def test_the_text_of_an_array_is_the_array(self):
        values = [("a", 1, date(2025, 1, 2)), ('b"\\,{}', None, None), ("null", -3, date(1, 1, 1)), ("", 0, None)]
        query = SQL("SELECT * FROM unnest(%s::varchar[], %s::int[], %s::date[])", *_arrays(values))
        self.assertEqual(self.env.execute_query(query), values)
