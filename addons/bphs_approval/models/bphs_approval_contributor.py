from odoo import api, fields, models
from odoo.tools import SQL


class BphsApprovalContributor(models.Model):
    """Who computed or edited a document. None of them approves it, ever."""

    _name = "bphs.approval.contributor"
    _inherit = ["bphs.append.only.mixin"]
    _description = "Contributor to a Document"
    _order = "id"
    _rec_name = "user_id"

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="restrict")

    _contributor_uniq = models.Constraint(
        "UNIQUE(res_model, res_id, user_id)",
        "This person is a contributor of the document already.",
    )

    @api.model
    def _record(self, res_model, res_ids, user):
        """Note `user` as contributor of documents, once each; by one statement, as lines come in
        thousands."""
        if not res_ids or user._is_superuser():
            return
        self.env.cr.execute(
            SQL(
                """INSERT INTO bphs_approval_contributor (res_model, res_id, user_id, create_uid,
                create_date)
                   SELECT %(model)s, id, %(user)s, %(user)s, now() AT TIME ZONE 'UTC' FROM
                   unnest(%(ids)s) id
                   ON CONFLICT DO NOTHING""",
                model=res_model,
                user=user.id,
                ids=list(res_ids),
            )
        )
