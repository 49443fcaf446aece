"""Whose blood pressure nobody knew when the county looked four months ago, and what its doctors did about it."""

from datetime import timedelta
from itertools import cycle

from odoo.tools import SQL

from ..seats.people import SIGN_IN_TOWNSHIPS, doctors

LOOKED = 120  # days ago
# What became of those who were measured and too high, one after another: so many more readings, and the last of them.
AFTER = ((0, "high"), (2, "high"), (1, "good"), (2, "enrolled"), (1, "high"))
HIGH, GOOD = ((152, 94), (148, 92), (156, 96), (162, 98), (144, 90)), ((124, 78), (132, 80), (118, 74), (136, 84))


def look_for_pressures(county):
    """The first look, once records stand, and before the plans are brought up, which looks again every night."""
    with county.days_ago(LOOKED):
        county.env["bphs.screening"]._bring_up(SQL("(SELECT id FROM bphs_resident)"))


def screening(county):
    served, after = doctors(county), cycle(AFTER)
    for township in SIGN_IN_TOWNSHIPS:
        for village in county.of_township(township):
            clinic = county.clinic[village["code"]]
            if clinic.id in served:
                _measured(county, served[clinic.id], after)


def _measured(county, doctor, after):
    with county.days_ago(90):
        rows = county.as_(doctor, "bphs.screening").search([("state", "=", "lacking")], order="id")
        # Three of five were called, two of five came.
        called = rows.filtered(lambda row: rows.ids.index(row.id) % 5 < 3)
        if called:
            action = called.action_remind()
            dialog = county.as_(doctor, action["res_model"]).with_context(**action["context"])
            dialog.create({"how": "loudspeaker"}).action_remind()
    came = [row for at, row in enumerate(rows) if at % 5 < 2]
    for number, row in enumerate(came):
        draw = county.draw("pressure", row.resident_id.id)
        days = 80 - number % 40
        if draw.random() < 0.7:
            _read(county, doctor, row, days, draw.choice(GOOD))
            continue
        more, end = next(after)
        # Who has not been seen again was measured of late.
        days = days if more else 4 + 14 * (number % 2)
        _read(county, doctor, row, days, draw.choice(HIGH))
        for at in range(1, more + 1):
            good = end == "good" and at == more
            _read(county, doctor, row, days - 10 * at, draw.choice(GOOD if good else HIGH))
        if end == "enrolled":
            _enrolled(county, doctor, row, days - 10 * more)


def _read(county, doctor, row, days_ago, pressure):
    day = county.env["base"]._county_today() - timedelta(days=days_ago)
    with county.on(day):
        dialog = county.as_(doctor, "bphs.screening.reading").create(
            {"resident_id": row.resident_id.id, "systolic": pressure[0], "diastolic": pressure[1]}
        )
        dialog.action_save()


def _enrolled(county, doctor, row, days_ago):
    with county.days_ago(days_ago):
        row.invalidate_recordset()
        if row.state == "confirm":
            context = county.as_(doctor, row).action_enroll()["context"]
            county.as_(doctor, "bphs.condition").create(
                {name.removeprefix("default_"): value for name, value in context.items()}
            )
