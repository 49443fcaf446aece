"""Doubts about records, as a section has them on a morning: one just found, one being verified, one cleared up.

Three doctors were careless; all else is as an honest county has it. Part of the pressures comes from devices.
"""

from odoo.tools import SQL

from ..seats.people import SIGN_IN_TOWNSHIPS, doctors

# Of the pressures measured at a clinic so many in a hundred come from its device, by clinic; all have one by now.
DEVICES = """
    UPDATE bphs_visit SET source = 'device'
     WHERE source = 'imported' AND mode = 'clinic' AND systolic > 0 AND state = 'done'
       AND id * 37 %% 100 < 30 + institution_id * 13 %% 50
"""
PRESSURES = ((128, 79), (131, 82), (126, 80), (133, 78), (124, 76), (136, 84))
ADULTS = [("status", "=", "active"), ("birth_date", "<=", "today -18y"), ("birth_date", ">", "today -64y")]


def truth(county):
    env = county.env
    env.flush_all()
    env.cr.execute(SQL(DEVICES))
    env.invalidate_all()
    first, second, third = _careless(county)
    with county.days_ago(24):
        # Six people within one minute: no hand does that.
        _record(county, first, PRESSURES)
    with county.days_ago(21):
        env["bphs.authenticity.finding"]._cron_find()
        doubt = _doubt(county, first, "at_once")
        _looked_into(county, doubt)
    with county.days_ago(9):
        _record(county, second, [(132, 84)] * 5)
    with county.days_ago(7):
        env["bphs.authenticity.finding"]._cron_find()
        _officer(county, _doubt(county, second, "repeated")).action_sample()
    with county.days_ago(2):
        _record(county, third, PRESSURES)
    env["bphs.authenticity.finding"]._cron_find()


def _careless(county):
    """The clinics of three doctors of the townships that sign in, with people enough."""
    served = doctors(county)
    found = []
    for login in SIGN_IN_TOWNSHIPS:
        clinics = [county.clinic[row["code"]] for row in county.of_township(login)]
        # The first is the seat's, whose doctor signs in: who looks at the county as that doctor finds them honest.
        found += [
            clinic for clinic in clinics[1:] if clinic.id in served and len(_people(county, clinic)) >= len(PRESSURES)
        ][:2]
    return found[:3]


def _people(county, clinic):
    doctor = doctors(county)[clinic.id]
    return county.as_(doctor, "bphs.resident").search(ADULTS, order="id", limit=len(PRESSURES))


def _record(county, clinic, pressures):
    visits = county.as_(doctors(county)[clinic.id], "bphs.visit")
    form = county.env["bphs.form.template"]._in_use("pressure")
    for person, (systolic, diastolic) in zip(_people(county, clinic), pressures, strict=False):
        visit = visits.create(
            {
                "resident_id": person.id,
                "template_id": form.id,
                "mode": "clinic",
                "systolic": systolic,
                "diastolic": diastolic,
            }
        )
        visit.action_complete()


def _doubt(county, clinic, code):
    doubts = county.env["bphs.authenticity.finding"]
    return doubts.search([("institution_id", "=", clinic.id), ("check_id.code", "=", code)], limit=1)


def _officer(county, records):
    """`records` in the hands of the public-health officer of the township they are of."""
    township = records[:1].institution_id.township_id
    login = next(row["login"] for row in county.townships if county.seat[row["code"]] == township)
    return county.as_(f"ph.{login}", records)


def _looked_into(county, doubt):
    """The township verifies it at home and by telephone, the section clears it up and hands it to rectification."""
    officer = _officer(county, doubt)
    officer.action_sample()
    for number, evidence in enumerate(officer.evidence_ids.filtered("sampled")):
        told = (
            ("true", "home", "入户核实，确有服务")
            if number % 3 == 0
            else ("false", "phone", "电话核实，本人称当天未测血压")
        )
        evidence.write(dict(zip(("verdict", "how", "note"), told, strict=True)))
    officer.action_verify()
    section = county.as_("primarycare", doubt)
    section.action_close("部分血压记录系编造，责成重新测量，列入问题清单")
    section.action_register_problem()
