from datetime import date

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_service.tools.scores import SELF_CARE_LEVELS

from ...tools.grading.needs import Needs
from ..facts.sources import all_facts

# What the ledger tells of how far somebody takes care of themselves.
CARE = Needs({"adl_score": frozenset({12})}, frozenset(), {}, frozenset())
LATEST_CARE = """
    SELECT DISTINCT ON (f.resident_id) f.resident_id, f.word
      FROM (%s) f (resident_id, kind, fact, word, day, until, id, named, place, changed)
     WHERE f.fact = 'adl_score' ORDER BY f.resident_id, f.day DESC, f.place DESC
"""
VISITS = """
    SELECT f.resident_id, count(*), count(f.closed_on)
      FROM bphs_followup f JOIN bphs_clock c ON c.id = f.clock_id
      JOIN bphs_elderly_standing s ON s.resident_id = f.resident_id AND NOT s.whole
     WHERE f.resident_id = ANY(%(ids)s) AND f.due_on BETWEEN %(first)s AND %(today)s AND %(serves)s
       AND %(state)s <> 'ended'
     GROUP BY f.resident_id
"""


class BphsResident(models.Model):
    """What a ledger and a page for the elder tell beside the colour, of many people at once."""

    _inherit = "bphs.resident"

    def action_print_elder(self):
        """:return: the action that downloads the page for the elder

        :raise UserError: no elder
        """
        self.ensure_one()
        self.check_access("read")
        standing = self.env["bphs.elderly.standing"].search([("resident_id", "=", self.id), ("told", "=", True)])
        if not standing.colour:
            raise UserError(self.env._("%(name)s stands in no colour.", name=self.display_name))
        return standing.with_context(print_code="L1", print_kind="pdf").action_print()

    def _elder_care(self):
        """:return dict: resident id -> level of their latest self-care score within a year"""
        self.env.flush_all()
        facts = all_facts(CARE, self._county_today(), self.ids)
        scores = self.env.execute_query(SQL(LATEST_CARE, facts))
        return {id_: next(level for most, level in SELF_CARE_LEVELS if int(score) <= most) for id_, score in scores}

    def _elder_visits(self):
        """:return dict: resident id -> (visits for the colour due this year by today, how many of them were made)"""
        followups = self.env["bphs.followup"]
        followups.flush_model()
        today = self._county_today()
        state = followups._state_sql(SQL.identifier("f"), today)
        serves = followups._serves_colour(SQL("s.colour"), today)
        asked = {"serves": serves, "ids": self.ids, "first": date(today.year, 1, 1), "today": today}
        return {id_: counts for id_, *counts in self.env.execute_query(SQL(VISITS, state=state, **asked))}

    def _elder_doctors(self):
        """:return dict: resident id -> who answers for them: the doctor they signed with, else who leads their team"""
        contracts = self.env["bphs.contract"].sudo()  # sudo: names that hang on the wall
        own = Domain("resident_id", "in", self.ids)
        signed = contracts.search(contracts._in_force_on(self._county_today()) & own)
        doctors = {contract.resident_id.id: contract.worker_id.name for contract in signed if contract.worker_id}
        leaders = {team: team.sudo().leader_id.name for team in self.team_id}  # sudo: as above
        return {one.id: doctors.get(one.id) or leaders.get(one.team_id) or "" for one in self}
