from odoo import api, models

from odoo.addons.bphs_base.tools.reminder_ladder import LADDER, audience, due_now, horizon

from .bphs_referral import WAITING

# Who sees persons at the institution asked, then at its township: nobody is told of a record they may not open.
LEVEL_ROLES = {
    0: ("own", ("village_doctor", "township_public_health", "team_leader", "county_specialist")),
    1: ("township", ("township_director", "team_leader")),
}
RUNGS = tuple(rung for rung in LADDER if rung.level < len(LEVEL_ROLES))


class BphsReferral(models.Model):
    """Whoever has not answered is reminded by the ladder that chases tasks; of those outside, whoever sent asks on."""

    _inherit = "bphs.referral"
    _reminder_type = "bphs_service.mail_activity_type_referral"

    @api.model
    def _cron_remind(self):
        """Tell what is due today; what was told is not told again, a later rung speaks for those before it."""
        today = self._county_today()
        waiting = self.search([("state", "in", WAITING), ("answer_by", "<=", horizon(today, RUNGS))])
        due = {}
        for referral in waiting:
            told = {referral.told_rung} if referral.told_rung else set()
            rung = due_now(referral.answer_by, today, told, referral.sent_on, RUNGS).send
            if rung:
                due[referral] = rung
        if not due:
            return
        referrals = self.browse([referral.id for referral in due])
        referrals._lock_rows()
        staff = referrals.waits_at_id._staff_by_level(LEVEL_ROLES)
        people = {
            referral: referral._readers(audience(rung.level, staff[referral.waits_at_id.id]))
            for referral, rung in due.items()
        }
        for referral, rung in due.items():
            referral._write_state({"told_rung": rung.code})
        referrals._make_activities(people)

    def _readers(self, user_ids):
        """:return: those of these users who may open the referral: files for named persons are theirs alone"""
        users = self.env["res.users"].browse(user_ids)
        return users.filtered(lambda user: self.with_user(user)._filtered_access("read"))

    def _make_activities(self, people):
        """One activity for each person and referral: a later reminder takes the place of the earlier."""
        self._reminder_activities().unlink()
        common = self._reminder_activity_values()
        self._reminder_activities().create(
            [
                {
                    **common,
                    "res_id": referral.id,
                    "user_id": user.id,
                    "summary": referral.with_context(lang=user.lang).env._("A referral waits for its answer"),
                    "date_deadline": referral.answer_by,
                }
                for referral, users in people.items()
                for user in users
            ]
        )
