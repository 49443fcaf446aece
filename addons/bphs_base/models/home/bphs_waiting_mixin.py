from odoo import api, models
from odoo.tools import SQL

# The message that makes an open page count anew.
MESSAGE = "bphs_base/waiting"
_PENDING = "bphs_waiting_institutions"


class BphsWaitingMixin(models.AbstractModel):
    """Records that wait for people: when one begins or ceases to wait, whoever it concerns is told at once.

    Told is that something changed, not what: the page asks anew, under its user's own rights. Those who have the
    record's institution in scope are told, each once a transaction however many records change in it.
    """

    _name = "bphs.waiting.mixin"
    _description = "Waits for People"

    # What decides for whom a record waits; a change of anything else tells nobody.
    _waiting_fields = ("state",)
    _waiting_institution_field = "institution_id"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._tell_waiting()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._waiting_fields):
            self._tell_waiting()
        return result

    def unlink(self):
        self._tell_waiting()
        return super().unlink()

    def _tell_waiting(self):
        """Tell those concerned when the transaction is through."""
        # sudo: whom a record concerns follows from its institution, whoever moves it
        institutions = self.sudo()[self._waiting_institution_field]
        precommit = self.env.cr.precommit
        if _PENDING not in precommit.data:
            precommit.data[_PENDING] = set()
            precommit.add(self._send_waiting)
        precommit.data[_PENDING].update(institutions.ids)

    @api.model
    def _send_waiting(self):
        ids = self.env.cr.precommit.data.pop(_PENDING, ())
        self.env["bphs.waiting.told"]._enter(ids)
        for person in self._waiting_people(ids):
            person._bus_send(MESSAGE, {})

    @api.model
    def _waiting_people(self, institution_ids):
        """:return: the users who have one of these institutions in scope"""
        people = self.env["res.users"].sudo()  # sudo: told is only that something changed
        if not institution_ids:
            return people
        self.env["bphs.institution"].flush_model(["parent_path"])
        people.flush_model(["bphs_institution_ids", "active"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT scope.user_id
                  FROM bphs_institution place
                  JOIN bphs_institution seat ON starts_with(place.parent_path, seat.parent_path)
                  JOIN bphs_institution_user_rel scope ON scope.institution_id = seat.id
                  JOIN res_users person ON person.id = scope.user_id AND person.active
                 WHERE place.id IN %s
                """,
                tuple(institution_ids),
            )
        )
        return people.browse(user_id for (user_id,) in rows)
