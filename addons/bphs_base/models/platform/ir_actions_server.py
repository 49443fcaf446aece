from odoo import models
from odoo.exceptions import AccessError


class IrActionsServer(models.Model):
    """Whose action it is to run: Odoo asks with `su`, and so lets anybody run the code of scheduled jobs."""

    _inherit = "ir.actions.server"

    def run(self):
        self._check_may_run()
        return super().run()

    def _check_may_run(self):
        """:raise AccessError: a scheduled job is run by the clock and by whoever sets the system up; another action by
        its groups, or where it has none by whoever may write its records
        """
        if self.env.su:
            return
        system = self.env.user.has_group("base.group_system")
        for action in self.sudo():  # sudo: what an action is counts, whoever may read it
            if action.usage == "ir_cron" and not system:
                raise AccessError(self.env._("%(action)s is a scheduled job: the clock runs it.", action=action.name))
            if not action.group_ids and not system:
                self.env[action.model_id.model].check_access("write")
