"""The last weeks' exams and screenings of two townships, what they found, and what came of it.

The section puts both screenings in force for everybody with high blood pressure or diabetes. Some elders were examined
at the hospital, those of the village doctor who signs in first: what was abnormal was handled, referred, or waits.
Public health draws exams to see their quality.
"""

from datetime import timedelta

from ..seats.people import SIGN_IN_TOWNSHIPS, doctors

SCREENINGS, FOR_GROUPS = ("organ_screening", "cvd_risk"), "hypertension diabetes"
NORMAL = {"systolic": 126, "diastolic": 76, "heart_rate": 72, "weight": 62.0, "height": 163.0, "fasting_glucose": 5.3}
# Of the exams of a township, the elders of the seat's own clinic first: (days ago, what the columns say, what the
# other answers say).
EXAMS = (
    (19, {"systolic": 158, "diastolic": 92}, {"ecg": "normal", "chest": "normal"}),
    (12, {"fasting_glucose": 7.8, "hba1c": 6.8}, {"ecg": "normal", "chest": "normal"}),
    (5, {}, {"ecg": "normal", "chest": "abnormal", "chest_words": "右上肺结节，建议CT检查"}),
    (24, {}, {"ecg": "normal", "chest": "normal"}),
    (8, {"systolic": 188, "diastolic": 112}, {"ecg": "abnormal", "ecg_words": "左心室高电压", "chest": "normal"}),
)
SCREENED = (
    {"ecg": "normal", "urine_protein": "negative", "creatinine": 72, "fundus": "normal", "foot_pulse": "both",
     "organ_result": "none"},
    {"ecg": "abnormal", "ecg_words": "左心室肥厚", "urine_protein": "positive", "acr": 86, "creatinine": 104,
     "fundus": "abnormal", "fundus_words": "动脉硬化性视网膜病变", "foot_pulse": "both", "organ_result": "damaged",
     "organs": ["heart", "kidney", "eye"], "guidance": ["treat", "refer"]},
)  # fmt: skip
LEVELS = ("medium", "very_high")
SAMPLE, LEFT = 8, 3


def exams(county):
    _put_in_force(county)
    by_login = {login: clinic for clinic, login in doctors(county).items()}
    for township in SIGN_IN_TOWNSHIPS:
        hands = f"ph.{township}"
        clinic = county.env["bphs.institution"].browse(by_login[f"doctor.{township}"])
        records = _examine(county, hands, clinic)
        found = records.finding_ids
        # Whoever was just examined is not measured again: what was found of them would be closed by it.
        _screen(county, hands, clinic, records.resident_id)
        _handle(county, hands, found)
        _refer(county, township, found)
        _sample(county, township)


def _put_in_force(county):
    # What follows is done at once, and not left to the night.
    clocks = county.as_("primarycare", "bphs.clock").with_context(queue_job__no_delay=True)
    for code in SCREENINGS:
        draft = clocks.browse(clocks._in_force(code).action_new_version()["res_id"])
        draft.for_groups = FOR_GROUPS
        draft.action_publish()


def _examine(county, hands, clinic):
    """:return: bphs.visit, the exams"""
    elders = _people(county, hands, clinic, [("birth_date", "<", "today -65y")])
    records = county.env["bphs.visit"]
    for elder, (days, measured, answers) in zip(elders, EXAMS, strict=False):
        with county.days_ago(days):
            records |= _record(county, hands, elder, "elder_exam", {**NORMAL, **measured}, answers)
    return records


def _screen(county, hands, clinic, examined):
    ill = _people(county, hands, clinic, [("plan_ids.code", "=", "organ_screening"), ("plan_ids.date_to", "=", False)])
    for person, answers, level in zip(ill.filtered(lambda one: one not in examined), SCREENED, LEVELS, strict=False):
        with county.days_ago(7):
            _record(county, hands, person, "organ_screening", {}, answers)
            risk = {"smokes": "no", "family": "no", "cholesterol": 5.4, "diseases": ["none"], "method": "layers"}
            measured = {"systolic": 138, "diastolic": 84}
            _record(county, hands, person, "cvd_risk", measured, {**risk, "cvd_level": level, "advice": ["salt"]})


def _people(county, hands, clinic, who):
    """:return: bphs.resident of a township, those of the clinic first"""
    people = county.as_(hands, "bphs.resident").search([("status", "=", "active"), *who], order="id")
    # sudo: files for named persons are opened by those alone
    plain = people.filtered(lambda one: not one.sudo().restricted)
    return plain.sorted(lambda one: one.institution_id != clinic)


def _record(county, hands, person, code, measured, answers):
    form = county.env["bphs.form.template"]._in_use(code)
    record = county.as_(hands, "bphs.visit").create(
        {"resident_id": person.id, "template_id": form.id, "mode": "clinic", **measured, "answers": answers}
    )
    record.action_complete()
    return record.with_env(county.env)


def _handle(county, hands, found):
    """The first ones are done with; a critical one waits, and what was referred."""
    for finding in county.as_(hands, found).filtered(lambda one: one.code in ("glucose", "hba1c")):
        finding.write({"handling": "treated", "outcome": "已复查，调整饮食，两周后再测空腹血糖"})
        finding.action_close()


def _refer(county, township, found):
    """From the village up to the township's hospital and back; up to the county's, where nobody has answered yet."""
    hospital = county.seat[next(row["code"] for row in county.townships if row["login"] == township)]
    above = county.env["bphs.institution"].search([("kind", "=", "county_hospital")], limit=1)
    mild = found.filtered(lambda one: one.code == "blood_pressure" and one.severity == "recheck")[:1]
    chest = found.filtered(lambda one: one.code == "chest")[:1]
    if doctor := doctors(county).get(mild.resident_id.institution_id.id):
        with county.days_ago(15):
            up = _sent(county, doctor, mild, hospital, "全科")
        with county.days_ago(13):
            there = county.as_(f"ph.{township}", up)
            there.action_receive()
            answer = "非同日三次测压均高于140/90 mmHg，确诊高血压，予氨氯地平5 mg每日一次"
            there.write({"diagnosis": "原发性高血压", "answer": answer, "advice": "纳入管理，两周内复测"})
            there.action_answer()
        with county.days_ago(11):
            county.as_(doctor, up).action_come_back()
            county.as_(doctor, mild).action_close()
    if chest:
        with county.days_ago(4):
            _sent(county, f"ph.{township}", chest, above, "呼吸科")


def _sent(county, hands, finding, to, department):
    action = county.as_(hands, finding).action_refer()
    given = {name.removeprefix("default_"): value for name, value in action["context"].items()}
    referral = county.as_(hands, "bphs.referral").create({**given, "to_key": str(to.id), "department": department})
    referral.action_send()
    return referral


def _sample(county, township):
    """Public health draws exams of its hospital; one township is done with them, the other half way."""
    seat = county.seat[next(row["code"] for row in county.townships if row["login"] == township)]
    today = county.env["base"]._county_today()
    sample = county.as_(f"ph.{township}", "bphs.exam.sample").create(
        {"institution_id": seat.id, "date_from": today - timedelta(days=365), "date_to": today, "size": SAMPLE}
    )
    sample.action_draw()
    lines = sample.line_ids
    for line in lines if township == SIGN_IN_TOWNSHIPS[0] else lines[LEFT:]:
        lacking = bool(line.missing_words)
        line.write({"verdict": "lacking" if lacking else "good", "note": "有空项，请补齐" if lacking else False})
    if township == SIGN_IN_TOWNSHIPS[0]:
        sample.action_finish()
