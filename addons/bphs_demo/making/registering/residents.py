"""The residents of the county, one in a hundred of those it counts, all invented."""

from odoo import Command

from ...invented.filling import fill

RESIDENTS = 2710
# Appointed by name for severe mental illness and tuberculosis: one at the bureau, one at a township hospital.
NAMED = ("primarycare", "ph.yincheng")


def residents(county):
    fill(county.env, RESIDENTS)
    named = county.env.ref("bphs_resident.role_sensitive")
    for login in NAMED:
        county.user[login].sudo().role_line_ids = [Command.create({"role_id": named.id})]  # sudo: the appointment
