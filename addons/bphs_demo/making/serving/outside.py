"""What other systems hold comes in: a file of the hospital's former system, with some rows sent back, and prescriptions
of its outpatients, pushed by its program and offered to the next follow-ups.
"""

import csv
from datetime import timedelta
from io import StringIO

from odoo import Command

from odoo.addons.bphs_service.tools.outside.columns import COLUMNS, VISIT

IMPORTER, TOWNSHIP, DOCTOR = "ph.yincheng", "yincheng", "doctor.yincheng"
MACHINE = "his.yincheng"
FILE = "荫城镇卫生院原慢病系统随访记录.csv"
HIS, FORMER = "HIS-YC", "OLD-YC"
VISITS, SERVED_DAYS = 24, (6, 20)
PATIENTS = 8
# In turn: pressure at the hospital, and what was prescribed.
SEEN = (
    (152, 92, "苯磺酸氨氯地平片 5mg 每日1次"),
    (148, 90, "缬沙坦胶囊 80mg 每日1次"),
    (138, 84, "厄贝沙坦片 150mg 每日1次；阿司匹林肠溶片 100mg 每日1次"),
    (160, 96, "苯磺酸氨氯地平片 10mg 每日1次"),
)


def outside(county):
    _systems(county)
    people = _hypertensive(county, IMPORTER)
    _file(county, people)
    # Those of the seat's own doctor first.
    _prescriptions(county, _hypertensive(county, DOCTOR) | people)


def _systems(county):
    code = next(row["code"] for row in county.townships if row["login"] == TOWNSHIP)
    seat = county.seat[code]
    role = county.env.ref("bphs_service.role_outside_machine")
    county.user[MACHINE] = county.as_("bureauadmin", "res.users").create(
        {
            "name": f"{seat.name}信息系统接口",
            "login": MACHINE,
            "lang": "zh_CN",
            "role_line_ids": [Command.create({"role_id": role.id})],
            "bphs_institution_ids": [Command.set(seat.ids)],
        }
    ).with_env(county.env)  # fmt: skip
    county.as_("bureauadmin", "bphs.outside.system").create(
        [
            {"code": HIS, "name": f"{seat.name}门诊系统", "kind": "clinic", "institution_id": seat.id,
             "user_id": county.user[MACHINE].id},
            {"code": FORMER, "name": f"{seat.name}原慢病系统", "kind": "register", "institution_id": seat.id},
            {"code": "YB", "name": "医保结算数据", "kind": "insurance", "institution_id": county.bureau.id},
        ]
    )  # fmt: skip


def _hypertensive(county, login):
    """People with high pressure whom somebody sees, and whom everybody there may see."""
    seen = county.as_(login, "bphs.resident").search([("status", "=", "active")], order="id").with_env(county.env)
    residents = seen.filtered(lambda resident: not resident.restricted)
    groups = [("kind", "=", "hypertension"), ("date_to", "=", False), ("resident_id", "in", residents.ids)]
    return county.env["bphs.resident.group"].search(groups, order="resident_id").resident_id


def _file(county, people):
    """Records of the last weeks; four rows are wrong and go back."""
    today = people._county_today()
    rows = [
        {
            "system": FORMER,
            "external_id": f"SF{2025000 + at}",
            "ehr_number": resident.ehr_number,
            "name": resident.name,
            "form": "hypertension",
            "day": str(today - timedelta(days=SERVED_DAYS[0] + at % SERVED_DAYS[1])),
            "mode": "phone" if at % 3 else "home",
            "systolic": 126 + at * 5 % 23,
            "diastolic": 74 + at * 3 % 15,
            "adherence": "regular",
            "result": "satisfied",
        }
        for at, resident in enumerate(people[:VISITS])
    ]
    rows[3] |= {"name": "牛二"}
    rows[7] |= {"systolic": 1360}
    rows[11] |= {"day": str(today + timedelta(days=30))}
    rows.append({**rows[0], "diastolic": 81})
    run = county.as_(IMPORTER, "bphs.outside.import").with_context(queue_job__no_delay=True).create({})
    run._receive(FILE, _csv(rows))  # what the form's upload hands over
    run.action_confirm()


def _prescriptions(county, people):
    """Outpatients of the last days, pushed by the hospital's program."""
    today = people._county_today()
    county.as_(MACHINE, "bphs.outside.system").push(
        "record",
        [
            {
                "external_id": f"MZ{today:%Y%m}{at:04}",
                "ehr_number": resident.ehr_number,
                "name": resident.name,
                "day": str(today - timedelta(days=at % 4)),
                "place": "荫城镇中心卫生院门诊",
                "systolic": SEEN[at % len(SEEN)][0],
                "diastolic": SEEN[at % len(SEEN)][1],
                "medicines": SEEN[at % len(SEEN)][2],
            }
            for at, resident in enumerate(people[:PATIENTS])
        ],
    )


def _csv(rows):
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(column.label for column in COLUMNS[VISIT])
    writer.writerows([row.get(column.key, "") for column in COLUMNS[VISIT]] for row in rows)
    return text.getvalue().encode("utf-8-sig")
