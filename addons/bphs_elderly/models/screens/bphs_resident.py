from odoo import api, fields, models

from ..grading.bphs_elderly_standing import COLOURS


class BphsResident(models.Model):
    """An elder's colour at the head of the file, its reasons and its history below."""

    _inherit = "bphs.resident"

    elder_grading_ids = fields.One2many("bphs.elderly.grading", "resident_id", string="History", readonly=True)
    elder_outside_ids = fields.One2many("bphs.elderly.outside", "resident_id", string="Outside Results")
    elder_colour = fields.Selection(COLOURS, compute="_compute_elder")
    elder_colour_words = fields.Char(string="Colour of the Elder", compute="_compute_elder")
    elder_since = fields.Date(string="Stands Since", compute="_compute_elder")
    elder_reason_html = fields.Html(string="Reasons and Facts", compute="_compute_elder", sanitize=False)
    elder_action_words = fields.Text(string="What to Do", compute="_compute_elder")
    elder_proposal_words = fields.Char(string="Proposal", compute="_compute_elder")

    @api.depends("elder_standing_ids")
    @api.depends_context("uid", "lang")
    def _compute_elder(self):
        asked = self._perhaps_with("elder_standing_ids").ids
        told = self.env["bphs.elderly.standing"].search([("resident_id", "in", asked), ("told", "=", True)])
        standings = told.grouped("resident_id")
        for resident in self:
            standing = standings.get(resident._origin, told.browse())
            resident.elder_colour = standing.colour
            resident.elder_colour_words = standing.colour_words
            resident.elder_since = standing.since
            resident.elder_reason_html = standing.reason_html
            resident.elder_action_words = standing.action_words
            resident.elder_proposal_words = standing.proposal_words

    def action_elder_replay(self):
        """:return: the action that downloads what this elder is graded by, see `action_replay_export`"""
        self.ensure_one()
        self.check_access("read")
        return self.elder_standing_ids.filtered("told").action_replay_export()

    @api.model
    def _lines_at_a_glance(self):
        return [*super()._lines_at_a_glance(), "elder_standing_ids"]

    def action_decide_colour(self):
        """:return dict: the form of a new decision on this elder's colour"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.elderly.decision",
            "views": [(False, "form")],
            "name": self.env._("Decision on an Elder's Colour"),
            "context": {"default_resident_id": self.id},
        }
