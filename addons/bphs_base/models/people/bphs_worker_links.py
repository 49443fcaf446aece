from odoo import api, models
from odoo.tools import SQL


class BphsWorker(models.Model):
    """Records that named a person by text, or by a sign-in, before that person stood in the register.

    The text stays as it was written; beside it the worker is named, where the text and the institution fit exactly one.
    """

    _inherit = "bphs.worker"

    @api.model
    def _named_by_text(self):
        """:return: list of (model, text field, field of the institution, field of the worker)"""
        return []

    @api.model
    def _named_by_sign_in(self):
        """:return: list of (model, field of the user, field of the worker)"""
        return []

    def _link_texts(self):
        """Name these workers where a text or a sign-in means them, and nobody else."""
        self.env.flush_all()
        for model, text, institution, worker in self._named_by_text():
            table = SQL.identifier(self.env[model]._table)
            names = SQL.identifier(text)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = worker.id FROM bphs_worker worker"
                    " WHERE worker.id = ANY(%s) AND %s IS NULL AND %s = worker.name AND %s = worker.institution_id"
                    " AND NOT EXISTS (SELECT FROM bphs_worker other WHERE other.name = worker.name"
                    " AND other.institution_id = worker.institution_id AND other.id <> worker.id)",
                    table,
                    SQL.identifier(worker),
                    self.ids,
                    SQL("%s.%s", table, SQL.identifier(worker)),
                    SQL("%s.%s", table, names),
                    SQL("%s.%s", table, SQL.identifier(institution)),
                )
            )
            self.env[model].invalidate_model([worker])
        for model, user, worker in self._named_by_sign_in():
            table = SQL.identifier(self.env[model]._table)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = worker.id FROM bphs_worker worker"
                    " WHERE worker.id = ANY(%s) AND %s IS NULL AND %s = worker.user_id",
                    table,
                    SQL.identifier(worker),
                    self.ids,
                    SQL("%s.%s", table, SQL.identifier(worker)),
                    SQL("%s.%s", table, SQL.identifier(user)),
                )
            )
            self.env[model].invalidate_model([worker])
