"""Visits of red and yellow elders count for who stood in the colour."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["bphs.earning.rule"]._ask_for_colours()
