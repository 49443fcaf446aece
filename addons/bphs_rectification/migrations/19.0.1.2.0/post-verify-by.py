"""Proof that waits already gets the day until which it was to be verified, counted from the day it was handed in."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    tasks = api.Environment(cr, SUPERUSER_ID, {})["bphs.rectification"].with_context(active_test=False)
    waiting = tasks.search([("state", "=", "submitted"), ("verify_by", "=", False)])
    for day, handed_in in waiting.grouped("submitted_on").items():
        handed_in._write_state({"verify_by": tasks._verify_by_date(day)})
