from odoo import fields, models
from odoo.tools import SQL

KINDS = [("opened", "Opened"), ("overdue", "Became Overdue"), ("closed", "Closed")]


class BphsRectificationTrend(models.Model):
    """What happened to tasks month by month: one row a task opened, one when it was closed, one where its deadline
    passed without proof. Seen from today: a task reopened is not closed any more."""

    _name = "bphs.rectification.trend"
    _description = "Rectification Trend"
    _inherit = ["bphs.scope.mixin"]
    _auto = False
    _order = "date, id"
    _rec_name = "kind"
    _depends = {"bphs.rectification.statistic": ["state"], "bphs.rectification": ["date_issued", "closed_on"]}

    rectification_id = fields.Many2one("bphs.rectification", string="Task", readonly=True)
    township_id = fields.Many2one("bphs.institution", string="Township Institution", readonly=True)
    type_id = fields.Many2one("bphs.problem.type", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    date = fields.Date(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT task.id * 3 + happened.number AS id, task.id AS rectification_id, task.institution_id,
                   task.township_id, task.type_id, happened.kind, happened.date
              FROM (%(statistic)s) task
             CROSS JOIN LATERAL (VALUES
                (0, 'opened', task.date_issued),
                (1, 'overdue', CASE WHEN task.on_time_base = 1 AND task.on_time_count = 0
                                    THEN task.deadline + 1 END),
                (2, 'closed', CASE WHEN task.closed_count = 1 THEN task.closed_on END)
             ) happened(number, kind, date)
             WHERE happened.date IS NOT NULL
            """,
            statistic=self.env["bphs.rectification.statistic"]._table_query,
        )
