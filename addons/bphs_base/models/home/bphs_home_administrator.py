from datetime import UTC, datetime

from odoo import api, models

from ...tools.home import Card, Line
from ..setup.bphs_setup import KEEPERS

BEGINNING = "bphs_base.bphs_setup_action"
# Where scripts/backup notes the moment of the last backup that could be read back.
BACKUP_KEY = "bphs_base.last_backup"
# Older than this, a backup is late: it is made every night.
BACKUP_DAYS = 2


class BphsHome(models.AbstractModel):
    """Whether the county's set-up is whole and the server well: what its administrator looks at."""

    _inherit = "bphs.home"

    @api.model
    def _cards(self):
        cards = super()._cards()
        if self.env.user._holds_role(("administrator",)):
            cards += [self._card_people(), self._card_health()]
            if beginning := self._card_beginning():
                cards.append(beginning)
        return cards

    @api.model
    def _instead(self):
        # Nothing is there yet but the beginning.
        begins = self.env.user._holds_role(KEEPERS) and not self.env["bphs.institution"].search_count([], limit=1)
        return BEGINNING if begins else super()._instead()

    def _card_beginning(self):
        """How far the county's beginning is; none once it is through."""
        steps_done, total = self.env["bphs.setup"]._progress()
        if steps_done >= total:
            return None
        done = Line(
            self.env._("Steps done of %(total)s", total=total),
            value=str(steps_done),
            action=BEGINNING,
            tone="warning",
        )
        return Card("beginning", self.env._("Beginning of a County"), (done,), sequence=1)

    def _card_people(self):
        people = [("share", "=", False), ("active", "=", True)]
        users = {"model": "res.users", "action": "bphs_base.res_users_action_bureau"}
        return Card(
            "people",
            self.env._("People and Institutions"),
            (
                Line(self.env._("Users"), domain=[*people, ("role_line_ids", "!=", False)], **users),
                Line(
                    self.env._("Without a role"),
                    domain=[*people, ("role_line_ids", "=", False), ("group_ids", "not in", self._system_group())],
                    if_any="danger",
                    **users,
                ),
                Line(
                    self.env._("Without institutions in scope"),
                    domain=[*people, ("role_line_ids", "!=", False), ("bphs_institution_ids", "=", False)],
                    if_any="danger",
                    **users,
                ),
                Line(
                    self.env._("Institutions"),
                    model="bphs.institution",
                    domain=[],
                    action="bphs_base.bphs_institution_action",
                ),
            ),
            sequence=10,
        )

    def _card_health(self):
        # sudo: jobs are the system's; told is how many stand still, nothing of what they hold
        failed = self.env["queue.job"].sudo().search_count([("state", "=", "failed")])
        age, tone = self._backup_age()
        return Card(
            "health",
            self.env._("Health of the System"),
            (
                Line(self.env._("Last backup"), value=age, tone=tone),
                Line(self.env._("Background jobs that failed"), value=str(failed), tone="danger" if failed else ""),
            ),
            sequence=20,
        )

    def _backup_age(self):
        """:return tuple: (text, tone)"""
        # sudo: a setting of the system. Not by get_param, which would tell what the server read when it started.
        noted = self.env["ir.config_parameter"].sudo().search([("key", "=", BACKUP_KEY)]).value
        if not noted:
            return self.env._("none yet"), "danger"
        made = datetime.fromisoformat(noted).astimezone(UTC).replace(tzinfo=None)
        days = (self._county_today() - self._county_day(made)).days
        text = self.env._("%(days)s days ago", days=days) if days > 0 else self.env._("today")
        return text, "danger" if days > BACKUP_DAYS else "success"

    def _system_group(self):
        return self.env.ref("base.group_system").id
