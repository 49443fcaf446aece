"""Divisions and institutions, by the bureau's administrator."""

from odoo import Command

from ..county import CODE, read
from .people import let_in, person

BUREAU = {"code": f"{CODE}000001", "name": "长治市上党区卫生健康和体育局", "kind": "health_bureau"}
COUNTY_UNITS = (
    (f"{CODE}000002", "长治市上党区财政局", "finance_bureau"),
    (f"{CODE}000003", "长治市上党区医疗集团", "medical_group"),
    (f"{CODE}000005", "长治市上党区疾病预防控制中心（卫生监督所）", "cdc"),
    (f"{CODE}000006", "长治市上党区妇幼保健计划生育服务中心", "mch_centre"),
    (f"{CODE}000007", "长治市上党区中医院", "tcm_hospital"),
)
HOSPITAL = (f"{CODE}000004", "长治市上党区人民医院", "county_hospital")
UPPER_DIVISIONS = (
    ("140000000000", "山西省", "province", None, "省"),
    ("140400000000", "长治市", "city", "140000000000", "市"),
    ("140404000000", "上党区", "county", "140400000000", "区"),
)


def divisions(county):
    """The province down to about 260 villages; village codes and most village names are invented."""
    _appoint_administrator(county)
    Division = county.as_("bureauadmin", "bphs.division")
    made = {}
    for code, name, level, parent, type_name in UPPER_DIVISIONS:
        made[code] = Division.create(
            {
                "code": code,
                "name": name,
                "level": level,
                "type_name": type_name,
                "parent_id": parent and made[parent].id,
            }
        )
    for level, rows, parent in (
        ("township", county.townships, lambda _row: made[f"{CODE}000000"]),
        ("village", county.villages, lambda row: county.place[row["township"]]),
    ):
        created = Division.create(
            [
                {
                    "code": row["code"].ljust(12, "0"),
                    "name": row["name"] if level == "township" else f"{row['name']}村",
                    "level": level,
                    "parent_id": parent(row).id,
                    "is_demo": level == "village",
                }
                for row in rows
            ]
        )
        county.place |= {row["code"]: division for row, division in zip(rows, created, strict=True)}
    county.place[CODE] = made[f"{CODE}000000"]


def _appoint_administrator(county):
    """The first person: whoever runs the system appoints the bureau's administrator."""
    county.env.ref("base.user_admin").name = "系统管理员"
    (row,) = (row for row in read("people") if row["role"] == "administrator")
    vals = person(county, row["role"], row["login"], row["name"], county.bureau)
    county.user[row["login"]] = county.env["res.users"].create(vals)
    let_in(county, county.user[row["login"]])


def institutions(county):
    """Who leads whom: bureau, medical group, township hospitals, clinics. A clinic's code is its village's."""
    Institution = county.as_("bureauadmin", "bphs.institution")
    home = county.place[CODE].id
    county.bureau = Institution.create({**BUREAU, "division_id": home, "is_demo": True})
    units = {
        kind: Institution.create(
            {
                "code": code,
                "name": name,
                "kind": kind,
                "division_id": home,
                "parent_id": county.bureau.id,
                "is_demo": True,
            }
        )
        for code, name, kind in COUNTY_UNITS
    }
    group = units["medical_group"]
    code, name, kind = HOSPITAL
    Institution.create(
        {
            "code": code,
            "name": name,
            "kind": kind,
            "division_id": home,
            "parent_id": group.id,
            "is_demo": True,
        }
    )
    hospitals = Institution.create(
        [
            {
                "code": f"{row['code']}000",
                "name": row["hospital"],
                "kind": row["kind"],
                "parent_id": group.id,
                "division_id": county.place[row["code"]].id,
                "is_demo": True,
            }
            for row in county.townships
        ]
    )
    county.seat = {row["code"]: seat for row, seat in zip(county.townships, hospitals, strict=True)}
    clinics = Institution.create(
        [
            {
                "code": row["code"],
                "name": f"{row['name']}村卫生室",
                "kind": "village_clinic",
                "parent_id": county.seat[row["township"]].id,
                "division_id": county.place[row["code"]].id,
                "village_ids": [Command.set([county.place[row["code"]].id])],
                "is_demo": True,
            }
            for row in county.villages
        ]
    )
    county.clinic = {row["code"]: clinic for row, clinic in zip(county.villages, clinics, strict=True)}
    # The system's administrator starts without scope; in the demo they may look at everything.
    county.env.ref("base.user_admin").bphs_institution_ids |= county.bureau
