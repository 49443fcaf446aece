from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    def _next(self, sequence_date=None):
        # Odoo lets whoever may read the register of sequences draw from it, and every internal user may: a number
        # without gaps would have one wherever somebody likes.
        if not self.env.su and (self.code or "").startswith("bphs."):
            raise AccessError(self.env._("Numbers of documents are drawn by their steps alone."))
        return super()._next(sequence_date=sequence_date)

    @api.model
    def _draw_numbers(self, code, count, date):
        """Draw several numbers of a gapless yearly sequence in one statement.

        Two who draw at once wait for each other: the second is repeated by Odoo, and no number comes twice.

        :param str code: of a sequence with ``no_gap`` and date ranges
        :param int count: how many
        :param date date: decides on the year
        :return list: texts, in order
        """
        if not count:
            return []
        # sudo: users draw numbers without reading the register of sequences
        sequence = self.sudo().search([("code", "=", code)], limit=1)
        year = sequence.date_range_ids.filtered(
            lambda span: span.date_from <= date <= span.date_to
        ) or sequence._create_date_range_seq(date)
        year.flush_recordset()
        ((following,),) = self.env.execute_query(
            SQL(
                "UPDATE ir_sequence_date_range SET number_next = number_next + %s WHERE id = %s RETURNING number_next",
                count,
                year.id,
            )
        )
        year.invalidate_recordset()
        dated = sequence.with_context(ir_sequence_date_range=year.date_from)
        return [dated.get_next_char(number) for number in range(following - count, following)]
