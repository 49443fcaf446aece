import logging

from odoo import models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _make_access_error(self, operation, records):
        """Say in plain words what was refused and whom to ask: Odoo's own text jests about cookies."""
        if self.env.user.has_group("base.group_no_one") and self.env.user.has_group("base.group_system"):
            # In debug mode, which anybody may switch on, Odoo names the rules and so says why: that a file is one for
            # named persons. It is said to whoever sets the system up.
            return super()._make_access_error(operation, records)
        # Odoo's own text reads the records, and their rules once more: by how long it takes it would tell of them.
        _logger.info(
            "Refused by rules: %s of %s %s to user %s", operation, records._name, records.ids[:6], self.env.uid
        )
        return self._plain_access_error(operation, records)

    def _plain_access_error(self, operation, records):
        """:return AccessError: the same words for what is not there and for what is not to be seen"""
        model = self.env["ir.model"]._get(records._name).name or records._name
        texts = {
            "read": self.env._("%(model)s: this record is not within your scope.", model=model),
            "write": self.env._("%(model)s: this record is not yours to change.", model=model),
            "create": self.env._("%(model)s: you may not add this record, it is not within your scope.", model=model),
            "unlink": self.env._("%(model)s: this record is not yours to delete.", model=model),
        }
        return AccessError(
            texts[operation] + "\n" + self.env._("If you need it, ask the bureau administrator for role and scope.")
        )
