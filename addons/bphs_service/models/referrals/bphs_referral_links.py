from odoo import fields, models


class BphsFinding(models.Model):
    _inherit = "bphs.finding"

    referral_ids = fields.One2many("bphs.referral", "finding_id", string="Referrals", readonly=True)

    def action_refer(self):
        """:return: the action that refers the person with this finding"""
        self.ensure_one()
        self.check_access("read")
        given = {
            "default_resident_id": self.resident_id.id,
            "default_finding_id": self.id,
            "default_visit_id": self.visit_id.id,
            "default_reason": self.name,
            "default_summary": self.value_words,
        }
        return self.env["bphs.referral"]._new_action(given)


class BphsReferral(models.Model):
    _inherit = "bphs.referral"

    def _new_action(self, given):
        return {
            "type": "ir.actions.act_window",
            "res_model": "bphs.referral",
            "views": [(False, "form")],
            "name": self.env._("Referral"),
            "context": given,
        }


class BphsVisit(models.Model):
    _inherit = "bphs.visit"

    def action_refer(self):
        """:return: the action that refers the person of this record, with what it says"""
        self.ensure_one()
        self.check_access("read")
        given = {
            "default_resident_id": self.resident_id.id,
            "default_visit_id": self.id,
            "default_reason": self.template_id.name,
            "default_summary": self._words(),
        }
        return self.env["bphs.referral"]._new_action(given)


class BphsResident(models.Model):
    """A resident's referrals."""

    _inherit = "bphs.resident"

    referral_ids = fields.One2many("bphs.referral", "resident_id", string="Referrals", readonly=True)

    def _timeline(self):
        referrals = self.env["bphs.referral"].search([("resident_id", "=", self.id), ("state", "!=", "draft")])
        states = dict(referrals._fields["state"]._description_selection(self.env))
        return super()._timeline() + [
            {
                "date": referral.sent_on or referral._county_day(referral.create_date),
                "kind": "referral",
                "title": self.env._("Referral: %(way)s", way=referral.display_name),
                "text": " · ".join(filter(None, (referral.reason, states[referral.state], referral.diagnosis))),
                "model": referral._name,
                "id": referral.id,
            }
            for referral in referrals
        ]
