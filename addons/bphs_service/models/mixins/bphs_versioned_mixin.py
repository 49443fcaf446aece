from collections import Counter

from odoo import api, fields, models

from odoo.addons.bphs_base.tools.steps import Step


class BphsVersionedMixin(models.AbstractModel):
    """Rules and forms in versions: what came about by one must be read by it years later, so a published one stays.

    The versions of a series share its `code`; where a model has none there is one series.
    """

    _name = "bphs.versioned.mixin"
    _description = "In Versions"
    _inherit = ["bphs.steps.mixin"]
    _steps = {"publish": Step(("draft",), "published", roles=("primary_care_officer",))}

    version = fields.Integer(readonly=True, copy=False, default=1, aggregator=None)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")], required=True, readonly=True, default="draft", copy=False
    )

    # === CRUD METHODS === #

    # What is in force is kept in memory: which clocks are for named persons follows from the forms, for one.

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        # Whatever was said: the number of a version is nobody's to type.
        begun, numbered = Counter(), []
        for vals in vals_list:
            code = vals.get("code")
            begun[code] += 1
            numbered.append({**vals, "version": self._latest_version(code) + begun[code]})
        return super().create(numbered)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    # Whatever the context says: a client can set the flag that skips checks meant for uninstalling.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_published(self):
        self._check_in_state(("draft",))

    # === ACTIONS === #

    def action_new_version(self):
        """Begin the next version with what this one says.

        :return: the action that shows it
        """
        self.ensure_one()
        self.check_access("read")
        self.browse().check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy().id,
            "views": [(False, "form")],
        }

    # === HELPERS === #

    def _latest_version(self, code):
        """:return int: the highest number of a series, 0 where it is new"""
        series = [("code", "=", code)] if "code" in self._fields else []
        ((latest,),) = self._read_group(series, aggregates=["version:max"])
        return latest or 0

    def _in_use(self, code=None):
        """:return: the latest published version of a series, or none"""
        series = [("code", "=", code)] if "code" in self._fields else []
        return self.search([*series, ("state", "=", "published")], order="version desc", limit=1)
