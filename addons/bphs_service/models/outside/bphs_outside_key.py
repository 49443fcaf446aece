from odoo import fields, models

KINDS = [("visit", "Visits and Exams"), ("condition", "Conditions"), ("death", "Deaths"), ("record", "Outside Records")]


class BphsOutsideKey(models.Model):
    """Under which number of which system something came in, what it said, and what was made of it.

    What comes a second time under its number makes nothing. Nobody reads it: who is meant by a number is told by the
    records alone.
    """

    _name = "bphs.outside.key"
    _description = "Number of a Source System"

    system_id = fields.Many2one("bphs.outside.system", required=True, readonly=True, ondelete="restrict")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    external_id = fields.Char(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True, help="Of what came: the same content gives the same.")
    visit_id = fields.Many2one("bphs.visit", readonly=True, index="btree_not_null", ondelete="restrict")
    condition_id = fields.Many2one("bphs.condition", readonly=True, ondelete="restrict")
    record_id = fields.Many2one("bphs.outside.record", readonly=True, ondelete="restrict")

    _key_uniq = models.Constraint("UNIQUE(system_id, kind, external_id)", "What a system numbers comes in once.")
