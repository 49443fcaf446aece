"""Trainings, guidance and tasks name the workers whom their text or sign-in means; the text stays."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["bphs.worker"].search([])._link_texts()
