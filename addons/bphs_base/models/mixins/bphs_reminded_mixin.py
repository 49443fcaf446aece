from odoo import api, models


class BphsRemindedMixin(models.AbstractModel):
    """A record people are reminded of by activities, and by nothing else: nobody follows it."""

    _name = "bphs.reminded.mixin"
    _description = "People Are Reminded of It"
    _inherit = ["mail.activity.mixin"]
    # External id of the type of its reminders.
    _reminder_type = None

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # Odoo asks this of whatever an activity hangs on.
        return True

    @api.private
    def message_post_with_source(self, *_args, **_kwargs):
        # Odoo posts that an activity is done on whatever it hangs on, where it asks neither who may nor whether there
        # are messages at all. The activity itself remembers, and whoever may not end it is refused by it.
        return self.env["mail.message"]

    def _reminder_activities(self):
        """The reminders of these records that stand among people's activities."""
        # sudo: reminding puts it among the activities of others, by hand or by night; a step takes it from all
        activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        return activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref(self._reminder_type).id),
            ]
        )

    def _reminder_activity_values(self):
        """:return dict: what every reminder of this model says alike"""
        return {
            "activity_type_id": self.env.ref(self._reminder_type).id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "automated": True,
        }
