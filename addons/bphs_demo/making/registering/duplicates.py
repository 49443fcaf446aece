"""Files entered twice: some found and waiting, one pair made one, one merge undone, one pair of two persons."""

from datetime import timedelta

from odoo import Command

from ..county import read

# Characters of given names that sound alike: what is written down twice by ear.
_ALIKE = "英瑛 军君 红宏 梅玫 志智 建健 明铭 桂贵 平萍 兰蓝 伟炜 文雯 丽莉 林琳 花华 珍真 福富 成程 生升 国果 海亥 玉钰"
HOMOPHONES = dict(_ALIKE.split())
ENTERED = {"probable": 33, "close": 26}  # days ago
NO_ID = {"probable": "户口本未带，身份证号待补", "close": "登记时未出示身份证"}
GROUP_BASIS = "入户登记时本人自述"


def duplicates(county):
    pairs = [(row, *_enter_twice(county, row, at)) for at, row in enumerate(read("duplicates"))]
    county.as_("ph.yincheng", "bphs.resident.duplicate").action_search()
    for row, first, second in pairs:
        _decide(county, row, first | second)


def _enter_twice(county, row, at):
    """The township's team leader makes a file for somebody who has one.

    :return: (the old file, the new one)
    """
    leader = f"teamleader.{row['township']}"
    known = _somebody(county, row, at)
    vals = {
        "name": known.name,
        "sex": known.sex,
        "birth_date": known.birth_date,
        "division_id": known.division_id.id,
        "id_type": "none",
        "id_reason": NO_ID[row["kind"]],
        "phone": f"1540{county.draw('phone', at).randrange(10**7):07}",
    }
    if row["kind"] == "close":
        vals["name"] = _by_ear(known.name)
        vals["birth_date"] = known.birth_date.replace(day=known.birth_date.day % 28 + 1)
    with county.days_ago(ENTERED[row["kind"]]):
        file = county.as_(leader, "bphs.resident").create(vals)
        if row["group"]:
            since = file._county_today() - timedelta(days=400)
            membership = {"kind": row["group"], "date_from": since, "basis": GROUP_BASIS}
            file.group_ids = [Command.create(membership)]
    return known, file


def _somebody(county, row, at):
    """An adult of the township, another one for each row; of a name with a homophone where it was heard wrongly."""
    adults = county.as_(f"teamleader.{row['township']}", "bphs.resident").search(
        [("status", "=", "active"), ("birth_date", "<", "today -30y"), ("id_type", "=", "resident_id")], order="id"
    )
    if row["kind"] == "close":
        adults = adults.filtered(lambda one: _by_ear(one.name) != one.name)
    return adults[at * 7 % len(adults)]


def _by_ear(name):
    """The name with its last character written otherwise, where one sounds the same."""
    return name[:-1] + HOMOPHONES.get(name[-1], name[-1])


def _decide(county, row, files):
    if not (row["merged"] or row["distinct"]):
        return
    officer = f"ph.{row['township']}"
    pair = county.as_(officer, "bphs.resident.duplicate").search(
        [("first_id", "in", files.ids), ("second_id", "in", files.ids)]
    )
    action = pair.action_compare()
    dialog = county.as_(officer, action["res_model"]).browse(action["res_id"])
    dialog.reason = row["merged"] or row["distinct"]
    if row["distinct"]:
        dialog.action_distinct()
        return
    action = dialog.action_merge()
    if row["undone"]:
        county.as_(officer, "bphs.resident.merge").browse(action["res_id"]).action_undo(row["undone"])
