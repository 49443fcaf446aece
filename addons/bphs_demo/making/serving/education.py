"""Lectures and consultations of a year, as hospitals and clinics held them; and the patrols of health supervision.

Each hospital tells its lecture of the month and consults in public nine times a year; where people sign in as village
doctors, the clinics named who came to their last lectures. What patrols found was reported, but for the last.
"""

from odoo import Command

from ..seats.people import SIGN_IN_TOWNSHIPS, doctors

TOPICS = (
    "高血压防治与合理膳食",
    "糖尿病足部护理",
    "老年人防跌倒",
    "冬季呼吸道疾病预防",
    "家庭医生签约服务",
    "科学用药",
    "中医养生与体质调理",
    "儿童预防接种",
    "孕产期保健",
    "心理健康与睡眠",
    "戒烟限酒",
    "急救知识：心肺复苏",
)
AUDIENCE = ("65岁及以上老年人", "高血压、糖尿病患者", "儿童家长", "居民")
LECTURES, CONSULTATIONS, DAYS_OF_YEAR = 12, 9, 350
# Of each clinic of a township whose people sign in: so many days ago, with so many who are named.
AT_CLINICS, NAMED = (128, 67, 9), 4
# Of each speciality: its place, and how many days ago it was patrolled; some were but once.
PLACES = (
    ("food", "{name}集贸市场", (205, 61)),
    ("water", "{name}供水站", (190, 48)),
    ("school", "{name}中心校", (170, 40)),
    ("practice", "{name}便民诊室", (150, 33)),
    ("family_planning", "{name}计生服务站", (88,)),
)
# (township, speciality): what was found there the last time, and whether it was reported onward.
FOUND = {
    ("yincheng", "food"): ("两家摊位从业人员健康证明过期", "现场责令停止上岗，限期办理", "区疾控中心（卫生监督所）"),
    ("beicheng", "water"): ("消毒设备停用，出厂水余氯低于标准", "通知供水站当日恢复消毒，三日后复测", None),
}


def education(county):
    for at, row in enumerate(county.townships):
        _hospital(county, row, at)
    for township in SIGN_IN_TOWNSHIPS:
        _clinics(county, township)
    for row in county.townships:
        _patrols(county, row)


def _hospital(county, row, at):
    hands, draw = f"ph.{row['login']}", county.draw("education", row["login"])
    held = [("lecture", DAYS_OF_YEAR * month // LECTURES + at) for month in range(LECTURES)]
    held += [("consultation", DAYS_OF_YEAR * time // CONSULTATIONS + at + 6) for time in range(CONSULTATIONS)]
    for number, (kind, days) in enumerate(sorted(held, key=lambda one: -one[1])):
        with county.days_ago(days):
            _held(
                county.as_(hands, "bphs.group.service"),
                kind=kind,
                topic=TOPICS[(number + at) % len(TOPICS)],
                place=row["hospital"] if kind == "lecture" else f"{row['name']}集市",
                organiser=row["hospital"],
                audience=AUDIENCE[number % len(AUDIENCE)],
                people_count=draw.randrange(28, 75),
                material_kinds=draw.randrange(1, 4),
                material_copies=draw.randrange(40, 200),
            )


def _clinics(county, township):
    signed_in = doctors(county)
    for row in county.of_township(township):
        clinic = county.clinic[row["code"]]
        if not clinic.active:
            continue
        doctor = signed_in[clinic.id]
        grown = [("status", "=", "active"), ("birth_date", "<", "today -50y")]
        people = county.as_(doctor, "bphs.resident").search(grown, order="id")
        for number, days in enumerate(AT_CLINICS):
            draw = county.draw("named", row["code"], number)
            came = draw.sample(people.ids, min(NAMED, len(people)))
            with county.days_ago(days):
                _held(
                    county.as_(doctor, "bphs.group.service"),
                    topic=TOPICS[(number + len(row["name"])) % len(TOPICS)],
                    place=clinic.name,
                    organiser=clinic.name,
                    audience=AUDIENCE[number % 2],
                    people_count=len(came) + draw.randrange(6, 15),
                    material_kinds=1,
                    material_copies=draw.randrange(10, 30),
                    participant_ids=[Command.set(came)],
                )


def _held(groups, **told):
    words = f"讲解{told['topic']}，现场答疑并发放资料。"
    group = groups.create({"content": words, "evaluation": "群众反映较好，能说出要点。", **told})
    group.action_complete()


def _patrols(county, row):
    places = county.as_(f"ph.{row['login']}", "bphs.patrol.object")
    for speciality, name, days_ago in PLACES:
        place = places.create({"name": name.format(name=row["name"]), "speciality": speciality, "address": row["name"]})
        for days in days_ago:
            found = FOUND.get((row["login"], speciality)) if days == days_ago[-1] else None
            with county.days_ago(days):
                _patrol(place, found)


def _patrol(place, found):
    problem, handling, told_to = found or (False, False, None)
    patrol = place.env["bphs.patrol"].create(
        {
            "object_id": place.id,
            "content": "按巡查表逐项查看",
            "found_problem": bool(found),
            "problem": problem,
            "handling": handling,
        }
    )
    patrol.action_complete()
    if told_to:
        patrol.reported_to = told_to
        patrol.action_report()
