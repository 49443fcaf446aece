from odoo import fields, models
from odoo.tools import SQL

from ...tools.deadlines import SEVERITIES
from ...tools.states import RUNNING_STATES, STATES

# Its institution has handed in the proof; what is left is for others to do.
HANDED_IN = ("submitted", "verified", "closed")


class BphsRectificationStatistic(models.Model):
    """One row a task issued and not cancelled: what closure, punctuality, duration and repetition are counted from.

    Each rate is the mean of ones and noughts, empty where the task is not in the denominator: so it is right in
    whatever way rows are grouped. The counts beside it are the numerator, ``*_base`` the denominator.

    * closure: closed of all issued
    * on time: proof handed in by the deadline, of those handed in or overdue
    * duration: days from issue to closure, of those closed
    * repetition: tasks with a problem found before, of all issued
    """

    _name = "bphs.rectification.statistic"
    _description = "Rectification Statistics"
    _inherit = ["bphs.scope.mixin"]
    _auto = False
    _order = "date_issued desc, id desc"
    _rec_name = "rectification_id"
    _depends = {
        "bphs.rectification": [
            "institution_id",
            "township_id",
            "type_id",
            "severity",
            "state",
            "date_issued",
            "deadline",
            "submitted_on",
            "closed_on",
            "repeat_count",
        ],
    }

    rectification_id = fields.Many2one("bphs.rectification", string="Task", readonly=True)
    township_id = fields.Many2one("bphs.institution", string="Township Institution", readonly=True)
    type_id = fields.Many2one("bphs.problem.type", readonly=True)
    severity = fields.Selection(list(SEVERITIES), readonly=True)
    state = fields.Selection(list(STATES), readonly=True)
    date_issued = fields.Date(string="Issued On", readonly=True)
    deadline = fields.Date(readonly=True)
    closed_on = fields.Date(readonly=True)
    issued_count = fields.Integer(string="Issued", readonly=True)
    closed_count = fields.Integer(string="Closed", readonly=True)
    closed_rate = fields.Float(string="Closure Rate", readonly=True, aggregator="avg")
    on_time_count = fields.Integer(string="On Time", readonly=True)
    on_time_base = fields.Integer(string="Due", readonly=True, help="Handed in, or overdue.")
    on_time_rate = fields.Float(readonly=True, aggregator="avg")
    overdue_count = fields.Integer(string="Overdue", readonly=True)
    days = fields.Float(string="Mean Days to Closure", readonly=True, aggregator="avg", digits=(16, 1))
    days_total = fields.Integer(string="Days to Closure", readonly=True)
    repeat_count = fields.Integer(string="With Repeats", readonly=True)
    repeat_rate = fields.Float(readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT task.id, task.id AS rectification_id, task.institution_id, task.township_id, task.type_id,
                   task.severity, task.state, task.date_issued, task.deadline, task.closed_on,
                   1 AS issued_count,
                   closed::int AS closed_count, closed::int::float AS closed_rate,
                   COALESCE(on_time, FALSE)::int AS on_time_count, (on_time IS NOT NULL)::int AS on_time_base,
                   on_time::int::float AS on_time_rate,
                   (task.state IN %(running)s AND task.deadline < %(today)s)::int AS overdue_count,
                   CASE WHEN closed THEN task.closed_on - task.date_issued END::float AS days,
                   CASE WHEN closed THEN task.closed_on - task.date_issued ELSE 0 END AS days_total,
                   repeats::int AS repeat_count, repeats::int::float AS repeat_rate
              FROM bphs_rectification task
             CROSS JOIN LATERAL (
                SELECT task.state = 'closed' AS closed,
                       COALESCE(task.repeat_count, 0) > 0 AS repeats,
                       CASE WHEN task.state IN %(handed_in)s
                            THEN task.submitted_on <= task.deadline
                            WHEN task.deadline < %(today)s THEN FALSE
                       END AS on_time
             ) fact
             WHERE task.state IN %(counted)s
            """,
            running=RUNNING_STATES,
            handed_in=HANDED_IN,
            counted=(*RUNNING_STATES, *HANDED_IN),
            today=self._county_today(),
        )
