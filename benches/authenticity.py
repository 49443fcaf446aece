"""All checks of authenticity over three years of a county; what an honest one shows, and what planted ones do.

``run(env, residents, visits)`` makes a county with so many records of three years. ``ratio.scan``: what all checks
over the three years take of the processor, over what one sequential aggregate of the same table by institution and
worker takes. ``each``: the same of each check alone, with the figures of units it reads. ``honest``: doubts in each
of the last four quarters of the county as it is, hard ones in number, soft ones as a share of the units looked at;
``ratio.soft``: the greatest of these shares. Then a fabrication of each kind is planted in the quarter before this
one; ``recall``: the share that is found.
"""

import gc
from datetime import date

from odoo.tools import SQL

from odoo.addons.bphs_demo.invented.fabricated import plant, typed_by_day
from odoo.addons.bphs_demo.invented.filling import fill, make_county
from odoo.addons.bphs_demo.invented.filling_visits import fill_visits
from odoo.addons.bphs_demo.invented.visits import YEARS

from benches.parts.processor import seconds_of

RESIDENTS, VISITS = 310_869, 3_000_000
SCAN = """
    SELECT v.institution_id, v.worker_id, count(*) FILTER (WHERE v.systolic > 0), avg(v.systolic), count(v.result)
      FROM bphs_visit v WHERE v.state = 'done' GROUP BY v.institution_id, v.worker_id
"""
EACH = 3


def run(env, residents=RESIDENTS, visits=VISITS):
    """:return: the dict that `scripts/bench` prints as one JSON line"""
    make_county(env)
    clinics = env["bphs.institution"].search([("kind", "=", "village_clinic")])
    today = env.user._county_today()
    env["bphs.worker"].create(
        [
            {"name": "村医", "profession": "village_doctor", "institution_id": clinic.id, "since": date(2015, 1, 1)}
            for clinic in clinics
        ]
    )
    fill(env, int(residents))
    env.cr.commit()
    made = fill_visits(env, int(visits))
    typed_by_day(env)
    env.cr.commit()
    # VACUUM does not run in a transaction; what is asked is a county at rest, not one just filled.
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM (FULL, ANALYZE) bphs_visit")
    env.cr.execute("VACUUM ANALYZE")
    env.cr._cnx.autocommit = False
    # One process for either side: what is asked is not how many processors there are.
    env.cr.execute("SET max_parallel_workers_per_gather = 0")
    findings = env["bphs.authenticity.finding"]
    since = today.replace(year=today.year - YEARS)
    scan = min(_seconds(env, lambda: env.execute_query(SQL(SCAN))) for _each in range(EACH))
    seconds = {"scan": scan, "checks": _seconds(env, lambda: findings._find(since, today))}
    each = {}
    for check in env["bphs.authenticity.check"].search([]):
        each[check.code] = round(_seconds(env, lambda check=check: findings._find(since, today, check)), 2)
    honest = _honest(env, today)
    planted = plant(env, *_quarter(today, 1))
    env.cr.commit()
    first, last = _quarter(today, 1)
    before = set(findings.search([("date_from", "=", first)]).ids)
    findings._find(first, last)
    found = findings.search([("date_from", "=", first), ("id", "not in", list(before))])
    met = {code for code, visits_ in planted.items() if _is_met(found, code, visits_)}
    return {
        "size": {"residents": int(residents), "visits": made, "units": len(clinics), "honest": honest,
                 "planted": len(planted), "missed": sorted(set(planted) - met)},
        "seconds": {**{name: round(spent, 2) for name, spent in seconds.items()}, "each": each},
        "ratio": {
            "scan": round(seconds["checks"] / seconds["scan"], 2),
            "soft": max(one["soft_share"] for one in honest),
            "recall": round(len(met) / len(planted), 3),
        },
    }  # fmt: skip


def _is_met(found, code, visits):
    shown = found.filtered(lambda finding: finding.check_id.code == code).evidence_ids.visit_id.ids
    return bool(set(visits) & set(shown))


def _honest(env, today):
    findings, told = env["bphs.authenticity.finding"], []
    for back in (1, 2, 3, 4):
        first, last = _quarter(today, back)
        findings._find(first, last)
        stands = findings.search([("date_from", "=", first)])
        ((units,),) = env.execute_query(
            SQL(
                "SELECT count(*) FROM (SELECT FROM bphs_visit WHERE done_on BETWEEN %s AND %s"
                " GROUP BY institution_id, worker_id) u",
                first,
                last,
            )
        )
        soft = stands.filtered(lambda finding: not finding.hard)
        doubted = {(finding.institution_id, finding.worker_id) for finding in soft}
        told.append(
            {
                "quarter": first.isoformat(),
                "hard": len(stands - soft),
                "soft": len(soft),
                "units": units,
                "soft_share": round(len(doubted) / units, 4) if units else 0,
                "of": sorted(set(stands.check_id.mapped("code"))),
            }
        )
    return told


def _quarter(today, back):
    """The first and last day of the quarter so many before this one."""
    number = today.year * 4 + (today.month - 1) // 3 - back
    first = date(number // 4, number % 4 * 3 + 1, 1)
    following = number + 1
    after = date(following // 4, following % 4 * 3 + 1, 1)
    return first, date.fromordinal(after.toordinal() - 1)


def _seconds(env, method):
    env.cr.commit()
    env.invalidate_all()
    gc.collect()
    spent = seconds_of(env, method)
    env.cr.commit()
    return spent
