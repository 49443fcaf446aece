"""A bureau's money and tasks of several years, made in sets: what benches of whole pages look at."""

from odoo import Command
from odoo.tools import SQL

CLINICS, YEARS, TASKS = 460, (2024, 2025, 2026), 20_000
PASSWORD = "bench-person-1"
# Role of each person who opens a page, and where they sit.
COUNTY_ROLES = (
    "finance_officer",
    "leader",
    "deputy_leader",
    "primary_care_officer",
    "rectification_clerk",
    "county_specialist",
    "evaluator",
    "auditor",
    "finance_bureau",
    "administrator",
)
TOWNSHIP_ROLES = ("township_director", "township_public_health", "township_accountant", "team_leader")
SPREAD = {"issued": 15, "acknowledged": 10, "in_progress": 25, "submitted": 10, "verified": 5, "closed": 35}


class Bureau:
    """460 clinics, their statements, settlements and payments of three years, and 20,000 tasks."""

    def __init__(self, env, seat):
        """:param seat: the bureau of a county that has townships and clinics"""
        self.env, self.seat = env, seat
        institution = env["bphs.institution"]
        self.townships = institution.search([("id", "child_of", seat.id), ("kind", "=", "township_hospital")])
        self.clinics = institution.search([("id", "child_of", seat.id), ("kind", "=", "village_clinic")])
        self.quarters = env["bphs.period"]
        for year in YEARS:
            known = env["bphs.period"].search([("code", "=", str(year))]) or env["bphs.period"]._create_year(year)
            self.quarters |= known.child_ids.filtered(lambda period: period.kind == "quarter").sorted("code")
        self.people = self._people()

    def _people(self):
        seats = {role: self.seat for role in COUNTY_ROLES} | {role: self.townships[0] for role in TOWNSHIP_ROLES}
        seats["village_doctor"] = self.townships[0].child_ids[0]
        users = self.env["res.users"].create(
            [
                {
                    "name": role,
                    "login": f"bench_{role}",
                    "password": PASSWORD,
                    "lang": "zh_CN",
                    "role_line_ids": [Command.create({"role_id": self.env.ref(f"bphs_base.role_{role}").id})],
                    "bphs_institution_ids": [Command.set(seat.ids)],
                }
                for role, seat in seats.items()
            ]
        )
        return dict(zip(seats, users, strict=True))

    def fill(self):
        self._statements()
        self._money()
        self._tasks()
        self.env.flush_all()
        self.env.invalidate_all()

    def _statements(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO bphs_workload (institution_id, township_id, period_id, state)
                SELECT clinic.id, clinic.township_id, period.id,
                       CASE WHEN period.date_end < now() - interval '1 year' THEN 'locked'
                            ELSE (array['draft', 'submitted', 'verified'])[1 + (clinic.id + period.id) %% 3] END
                  FROM bphs_institution clinic CROSS JOIN bphs_period period
                 WHERE clinic.id IN %s AND period.id IN %s
                """,
                tuple(self.clinics.ids),
                tuple(self.quarters.ids),
            )
        )

    def _money(self):
        """A ledger as three years leave it: each clinic's prepayment, settlement and payment of every quarter."""
        env = self.env
        for year in YEARS:
            period = env["bphs.period"].search([("code", "=", str(year))])
            known = [("institution_id", "=", self.seat.id), ("period_id", "=", period.id)]
            budget = env["bphs.fund.budget"].search(known) or env["bphs.fund.budget"].create(
                {
                    "institution_id": self.seat.id,
                    "period_id": period.id,
                    "standard": 90,
                    "population": 316289,
                    "population_basis": "测试",
                }
            )
            self._ledger(budget, budget.source_ids[0], period.child_ids)

    def _ledger(self, budget, source, quarters):
        env = self.env
        env.flush_all()
        source_of = {"payment": source.id}
        entries = [("prepayment", 700, 1), ("settlement", 300, 2), ("payment", -900, 3)]
        env.cr.execute(
            "INSERT INTO bphs_fund_entry (budget_id, institution_id, date, kind, source_id, amount, origin_model,"
            " origin_id) VALUES (%s, %s, %s, 'arrival', %s, 99999999, 'bench', %s)",
            [budget.id, self.seat.id, budget.period_id.date_start, source.id, budget.id],
        )
        for kind, amount, number in entries:
            env.cr.execute(
                """
                INSERT INTO bphs_fund_entry (budget_id, institution_id, date, kind, period_id, source_id, amount,
                                             origin_model, origin_id)
                SELECT %s, clinic.id, period.date_end, %s, period.id, %s, %s + clinic.id %% 97 + 0.37, 'bench',
                       clinic.id * 10 + %s
                  FROM bphs_institution clinic CROSS JOIN bphs_period period
                 WHERE clinic.id IN %s AND period.id IN %s
                """,
                [
                    budget.id,
                    kind,
                    source_of.get(kind),
                    amount,
                    number,
                    tuple(self.clinics.ids),
                    tuple(quarters.ids),
                ],
            )
        env.cr.execute(
            """
            INSERT INTO bphs_fund_payable (institution_id, budget_id, period_id, kind, amount, origin_model, origin_id,
                                           open_amount, held_amount, deducted_amount, state)
            SELECT clinic.id, %s, period.id, 'pay', 300 + clinic.id %% 97, 'bench',
                   clinic.id * 1000 + period.id,
                   CASE WHEN clinic.id %% 5 = 0 THEN 300 + clinic.id %% 97 ELSE 0 END, 0, 0,
                   CASE WHEN clinic.id %% 5 = 0 THEN 'to_pay' ELSE 'paid' END
              FROM bphs_institution clinic CROSS JOIN bphs_period period
             WHERE clinic.id IN %s AND period.id IN %s
            """,
            [budget.id, tuple(self.clinics.ids), tuple(quarters.ids)],
        )

    def _tasks(self):
        states = [state for state, share in SPREAD.items() for _copy in range(share)]
        kind = self.env["bphs.problem.type"].search([("child_ids", "=", False)], limit=1)
        places = (self.townships | self.clinics).ids
        self.env.cr.execute("SELECT setseed(0.5)")
        self.env.cr.execute(
            """
            INSERT INTO bphs_rectification (number, institution_id, township_id, type_id, severity, state, date_issued,
                                            deadline, round, repeat_count, reopen_count, extension_count,
                                            escalation_level, active)
            SELECT 'BENCH' || copy, place.id, place.township_id, %s, 'limited',
                   (%s::text[])[1 + floor(random() * 100)::int], current_date - 60,
                   current_date + 30 - (random() * 60)::int, 0, 0, 0, 0, 0, TRUE
              FROM generate_series(1, %s) copy
              JOIN bphs_institution place ON place.id = (%s::int[])[1 + copy %% %s]
            """,
            [kind.id, states, TASKS, places, len(places)],
        )


class Projects:
    """Stock Odoo's own overview: 460 projects that hold 20,000 tasks, and somebody who leads them."""

    def __init__(self, env, number, tasks):
        self.manager = env["res.users"].create(
            {
                "name": "项目经理",
                "login": "bench_project",
                "password": PASSWORD,
                "lang": "zh_CN",
                "group_ids": [Command.set(env.ref("project.group_project_manager").ids)],
            }
        )
        stages = env["project.task.type"].create([{"name": f"阶段{at}", "sequence": at} for at in range(6)])
        projects = env["project.project"].create(
            [{"name": f"项目{at}", "type_ids": [Command.set(stages.ids)]} for at in range(number)]
        )
        template = env["project.task"].create(
            {"name": "任务", "project_id": projects[0].id, "stage_id": stages[0].id, "user_ids": [Command.clear()]}
        )
        env.flush_all()
        kept = ("id", "name", "project_id", "stage_id")
        copied = [
            field.name
            for field in env["project.task"]._fields.values()
            if field.store and field.column_type and field.name not in kept
        ]
        env.cr.execute(
            SQL(
                """
                INSERT INTO project_task (name, project_id, stage_id, %(columns)s)
                SELECT '任务' || copy, (%(projects)s::int[])[1 + copy %% %(number)s],
                       (%(stages)s::int[])[1 + copy %% 6], %(values)s
                  FROM generate_series(1, %(tasks)s) copy, project_task template
                 WHERE template.id = %(template)s
                """,
                columns=SQL(", ").join(map(SQL.identifier, copied)),
                values=SQL(", ").join(SQL.identifier("template", name) for name in copied),
                projects=projects.ids,
                number=number,
                stages=stages.ids,
                tasks=tasks,
                template=template.id,
            )
        )
        env.invalidate_all()
