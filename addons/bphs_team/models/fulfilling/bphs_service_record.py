from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.bphs_base.tools.steps import Step

from ...tools.promises import SERVICE_KINDS

STEPS = {"void": Step(("recorded",), "void", reason_required=True)}


class BphsServiceRecord(models.Model):
    """A service that was given (服务记录): to whom, what, when, by whom. It keeps what a contract promised.

    One person has one service of a kind on a day: what is entered twice, by two people or by a phone that sends again,
    is told to be there already.
    """

    _name = "bphs.service.record"
    _description = "Family-Doctor Service"
    _inherit = ["bphs.steps.mixin", "bphs.readable.links.mixin", "bphs.logged.reading.mixin"]
    _order = "date desc, id desc"
    _rec_name = "resident_id"
    _tells_of = "resident_id"
    _steps = STEPS
    _step_sets = ("void_note",)
    _writable = {"recorded": {"author": ("note",)}}
    _given_at_creation = ("resident_id", "date", "kind", "service_item_id", "worker_id", "note")

    resident_id = fields.Many2one("bphs.resident", required=True, index=True, ondelete="restrict")
    date = fields.Date(string="Given On", required=True, default=lambda self: self._county_today())
    kind = fields.Selection(SERVICE_KINDS, string="Service", required=True, default="management")
    service_item_id = fields.Many2one(
        "bphs.service.item", string="Catalogue Item", index="btree_not_null", ondelete="restrict"
    )
    worker_id = fields.Many2one("bphs.worker", string="Given By", required=True, index=True, ondelete="restrict")
    note = fields.Char(size=500)
    state = fields.Selection(
        [("recorded", "Recorded"), ("void", "Void")], required=True, readonly=True, default="recorded"
    )
    void_note = fields.Char(readonly=True, size=200)
    link_ids = fields.One2many("bphs.service.link", "record_id", string="Keeps", readonly=True)

    _once_a_day = models.UniqueIndex(
        "(resident_id, date, kind, coalesce(service_item_id, 0)) WHERE state = 'recorded'",
        "This service of this person on this day is recorded already.",
    )

    # === CRUD METHODS === #

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "worker_id" in fields and not values.get("worker_id"):
            values["worker_id"] = self.env["bphs.worker"].search([("user_id", "=", self.env.uid)], limit=1).id
        return values

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.flush_recordset()
        self.env["bphs.service.link"]._link_records(records)
        records._note_last_service()
        records.resident_id._log_access("change", what=self.env._("Service recorded"))
        return records

    # Whatever the context says: a wrong one is made void, with its reason.
    @api.ondelete(at_uninstall=True)
    def _unlink_except_never(self):
        raise UserError(self.env._("A service is never deleted. Make it void, with its reason."))

    @api.constrains("date", "resident_id")
    def _check_date(self):
        today = self._county_today()
        for record in self:
            if record.date > today:
                raise ValidationError(self.env._("A service is recorded when it was given: this day is to come."))
            born = record.resident_id.birth_date
            if born and record.date < born:
                raise ValidationError(self.env._("The day lies before the birth."))

    # === ACTIONS === #

    def action_void(self, reason=""):
        """Take back what was entered wrongly: it keeps nothing from now.

        :raise UserError: no reason
        """
        self._check_step("void", reason)
        self._take_step("void", {"void_note": reason.strip()[:200]}, reason)
        self.sudo().link_ids._undo()  # sudo: all that it kept, whoever sees which contract

    def _asked_steps(self):
        return super()._asked_steps() | {
            "void": (
                self.env._("Make the Service Void"),
                self.env._("What is wrong with it? It keeps no promise any more."),
                True,
            )
        }

    def _step_words(self):
        return super()._step_words() | {
            "set": self.env._("%(field)s of a service stays as it was entered. Make it void and enter it anew."),
            "closed": self.env._("%(name)s: a void service stays as it is."),
            "side": self.env._("Whoever entered a service changes its note."),
        }

    # === HELPERS === #

    def _is_on_side(self, side):
        if side == "author":
            return self.env.su or self.create_uid == self.env.user
        return super()._is_on_side(side)

    def _note_last_service(self):
        """A file is in use from the day of its last service."""
        last = {}
        for record in self.sudo():  # sudo: follows from the service, whoever entered it
            last[record.resident_id] = max(record.date, last.get(record.resident_id, record.date))
        # A day at a time: what is judged of a file follows for all of them together.
        for day in sorted(set(last.values())):
            served = [one for one, date in last.items() if date == day]
            files = self.env["bphs.resident"].sudo().union(*served)  # sudo: as above
            files.filtered(lambda one, day=day: not one.last_service_on or one.last_service_on < day).write(
                {"last_service_on": day}
            )

    # === WHEN TWO FILES BECOME ONE === #

    def _stay_behind(self, name, survivor):
        own = {
            (one.date, one.kind, one.service_item_id)
            for one in self.search([("resident_id", "=", survivor.id), ("state", "=", "recorded")])
        }
        return self.filtered(lambda one: one.state == "recorded" and (one.date, one.kind, one.service_item_id) in own)

    def _move_to_resident(self, name, survivor):
        """To the file that stays; of a service that both have entered, its own is enough."""
        stayed = self._stay_behind(name, survivor)
        (self - stayed)._write_state({name: survivor.id})
        return stayed
