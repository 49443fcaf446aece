from odoo import fields, models


class BphsWorkerPost(models.Model):
    """Where a worker worked from when to when. Nobody is at two institutions on one day.

    Written by the steps of the worker alone: what a training or a payment named then stays explained.
    """

    _name = "bphs.worker.post"
    _inherit = ["bphs.scope.mixin"]
    _description = "Post of a Worker"
    _order = "date_from desc, id desc"
    _rec_name = "worker_id"

    worker_id = fields.Many2one("bphs.worker", required=True, index=True, ondelete="cascade")
    date_from = fields.Date(string="First Day", required=True)
    date_to = fields.Date(string="Last Day", help="Empty while it goes on.")

    _dates_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "The last day comes before the first."
    )
    # Needs the extension btree_gist, which the module makes before its tables.
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (worker_id WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "On one of these days this person is at another institution.",
    )
