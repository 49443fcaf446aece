from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .bphs_screening import WAYS

# All of a list at once: counted up where the row stands, whoever reminds at the same moment.
REMINDED = """
    UPDATE bphs_screening SET reminded_on = %(today)s, reminded_how = %(how)s, reminders = reminders + 1,
           write_uid = %(uid)s, write_date = %(now)s
     WHERE id = ANY(%(ids)s)
"""


class BphsScreeningRemind(models.TransientModel):
    """Says that people were reminded to have their blood pressure measured, and how (提醒)."""

    _name = "bphs.screening.remind"
    _description = "Remind of Measuring"
    _inherit = ["bphs.readable.links.mixin"]

    how = fields.Selection(WAYS, string="How Reminded", required=True, default="phone")
    told = fields.Char(string="Who Is Reminded", compute="_compute_told")
    words = fields.Text(string="Words of the Reminder", compute="_compute_words", help="To be copied or read out.")

    @api.depends_context("active_ids", "active_model", "uid")
    def _compute_told(self):
        rows = self._rows()
        for dialog in self:
            dialog.told = self.env._("%(count)s people", count=len(rows))

    @api.depends_context("uid")
    def _compute_words(self):
        places = "、".join(self.env.user.sudo().bphs_institution_ids.mapped("name"))  # sudo: one's own scope
        for dialog in self:
            dialog.words = self.env._(
                "There is no blood pressure in your health record. Measuring it is free: come to %(place)s, or let the "
                "village doctor come by. Whoever has a high pressure feels nothing for long.",
                place=places,
            )

    def action_remind(self):
        """Write down that the chosen people were reminded today.

        :raise UserError: nobody was chosen
        """
        self.ensure_one()
        self.check_access("write")
        rows = self._rows()
        if not rows:
            raise UserError(self.env._("Choose people in the list first."))
        rows.check_access("write")
        rows.flush_recordset()
        self.env.cr.execute(
            SQL(
                REMINDED,
                today=self._county_today(),
                how=self.how,
                uid=self.env.uid,
                now=fields.Datetime.now(),
                ids=list(rows.ids),
            )
        )
        rows.invalidate_recordset()
        rows.resident_id._log_access("change", what=self.env._("Reminded of measuring the blood pressure"))
        return {"type": "ir.actions.act_window_close"}

    # === HELPERS === #

    def _rows(self):
        """:return: the rows chosen in the list, those alone that this user may see and something is to be done of"""
        rows = self.env["bphs.screening"]
        if self.env.context.get("active_model") != rows._name:
            return rows
        chosen = [("id", "in", self.env.context.get("active_ids") or []), ("is_to_do", "=", True)]
        return rows.search(chosen, order="id")
