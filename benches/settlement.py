"""Settle a county's year: 460 clinics × 23 items × 4 quarters, database writes included.

``run(env)`` builds its own county from a seed, settles the four quarters through the runs' own button, and compares
the time with a bare COPY of as many rows into the same tables with the same indexes.
"""

import io
import random
import time

from odoo import Command
from odoo.tools import SQL

TOWNSHIPS, CLINICS_EACH, SEED = 20, 23, 20250101
APPROVERS = ("primary_care_officer", "finance_officer", "deputy_leader", "leader")


def run(env):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    county = _County(env, random.Random(SEED))
    seconds = {}
    for quarter in county.quarters:
        county.prepare(quarter)
        run_ = county.run(quarter)
        env.flush_all()
        env.invalidate_all()
        started = time.perf_counter()
        run_.action_compute()
        env.flush_all()
        seconds[quarter.code] = time.perf_counter() - started
        county.post(run_)
    total = sum(seconds.values())
    rows = county.rows()
    bare = _bare_copy(env, ("bphs_fund_settlement_line", "bphs_fund_settlement_item"))
    return {
        "size": {"clinics": len(county.clinics), "items": len(county.items), "quarters": 4, "rows": rows},
        "seconds": {"total": round(total, 3), "copy": round(bare, 3)}
        | {code: round(spent, 3) for code, spent in seconds.items()},
        "ratio": {"copy": round(total / bare, 2)},
    }


class _County:
    """A county with plans, scores and verified work, made in sets."""

    def __init__(self, env, chance):
        self.env, self.chance = env, chance
        self.year = env["bphs.period"]._create_year(2025)
        self.quarters = self.year.child_ids.filtered(lambda p: p.kind == "quarter").sorted("date_start")
        self.items = env["bphs.service.item"].search([], limit=23)
        institution = env["bphs.institution"]
        self.bureau = institution.create({"code": "B0", "name": "测试局", "kind": "health_bureau"})
        townships = institution.create(
            [
                {"code": f"B{t:02}", "name": f"{t}镇卫生院", "kind": "township_hospital", "parent_id": self.bureau.id}
                for t in range(1, TOWNSHIPS + 1)
            ]
        )
        self.clinics = institution.create(
            [
                {
                    "code": f"{township.code}{c:02}",
                    "name": f"{township.code}{c:02}村卫生室",
                    "kind": "village_clinic",
                    "parent_id": township.id,
                }
                for township in townships
                for c in range(1, CLINICS_EACH + 1)
            ]
        )
        self.users = {
            key: env["res.users"].create(
                {
                    "name": key,
                    "login": f"bench_{key}",
                    "role_line_ids": [Command.create({"role_id": env.ref(f"bphs_base.role_{role}").id})],
                    "bphs_institution_ids": [Command.set(self.bureau.ids)],
                }
            )
            for key, role in {"computes": "finance_officer", **{role: role for role in APPROVERS}}.items()
        }
        env["bphs.fund.budget"].create(
            {
                "institution_id": self.bureau.id,
                "period_id": self.year.id,
                "standard": 90,
                "population": 316289,
                "population_basis": "测试",
                "source_ids": [Command.create({"level": "central", "share": 1})],
            }
        )
        self.scheme = env["bphs.fund.scheme"].create(
            {
                "name": "测试办法",
                "institution_id": self.bureau.id,
                "period_id": self.year.id,
                "period_from_id": self.quarters[0].id,
                "price_ids": [
                    Command.create({"item_id": item.id, "price": chance.randint(100, 90000) / 10000})
                    for item in self.items
                ],
            }
        )
        self.scheme._write_state({"state": "published"})
        plans = env["bphs.fund.plan"].create(
            [
                {
                    "institution_id": clinic.id,
                    "period_id": self.year.id,
                    "scheme_id": self.scheme.id,
                    "line_ids": [Command.create({"item_id": self.items[0].id, "quantity": chance.randint(1000, 9000)})],
                }
                for clinic in self.clinics
            ]
        )
        plans.action_confirm()
        env.flush_all()

    def prepare(self, quarter):
        """Scores, verified work and an approved prepayment of a quarter."""
        env = self.env
        env["bphs.fund.score"].create(
            [
                {
                    "institution_id": clinic.id,
                    "period_id": quarter.id,
                    "score": self.chance.randint(5000, 10000) / 100,
                    "deduction": self.chance.choice((0, 0, 0, 96.5)),
                    "reason": "测试",
                }
                for clinic in self.clinics
            ]
        )
        statements = env["bphs.workload"]._open_period(quarter, self.clinics)
        env.flush_all()
        env.cr.execute("SELECT setseed(%s)", [self.chance.random()])
        env.cr.execute(
            SQL(
                "UPDATE bphs_workload_line SET reported = n.reported, verified = n.reported"
                " FROM (SELECT id, (random() * 400)::int AS reported FROM bphs_workload_line"
                "        WHERE period_id = %s ORDER BY id) n WHERE bphs_workload_line.id = n.id",
                quarter.id,
            )
        )
        env.cr.execute(SQL("UPDATE bphs_workload SET state = 'verified' WHERE id = ANY(%s)", statements.ids))
        prepayment = (
            env["bphs.fund.prepayment"]
            .with_user(self.users["computes"])
            .create({"institution_id": self.bureau.id, "period_id": quarter.id})
        )
        prepayment.action_compute()
        prepayment.action_approval_submit()
        for key in APPROVERS:
            prepayment.with_user(self.users[key]).action_approval_approve()
        env.flush_all()
        env.cr.execute("ANALYZE")

    def run(self, quarter):
        return (
            self.env["bphs.fund.run"]
            .with_user(self.users["computes"])
            .create({"institution_id": self.bureau.id, "period_id": quarter.id})
        )

    def post(self, run_):
        """Take the run for approved, as the next quarter needs it: the approval is not what is measured."""
        assert not run_.issue_ids, run_.issue_ids[:1].reason
        assert run_.line_count == len(self.clinics)
        self.env.cr.execute(
            SQL("UPDATE bphs_fund_settlement_line SET posted = TRUE WHERE period_id = %s", run_.period_id.id)
        )
        self.env.invalidate_all()

    def rows(self):
        self.env.cr.execute(
            "SELECT (SELECT count(*) FROM bphs_fund_settlement_line) + (SELECT count(*) FROM bphs_fund_settlement_item)"
        )
        return self.env.cr.fetchone()[0]


def _bare_copy(env, tables):
    """Seconds that COPY alone takes for the same rows into the same tables."""
    buffers = []
    for table in tables:
        buffer = io.StringIO()
        env.cr.copy_expert(f'COPY "{table}" TO STDOUT', buffer)
        buffers.append(buffer)
    env.cr.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
    spent = 0
    for table, buffer in zip(tables, buffers, strict=True):
        buffer.seek(0)
        started = time.perf_counter()
        env.cr.copy_expert(f'COPY "{table}" FROM STDIN', buffer)
        spent += time.perf_counter() - started
    return spent
