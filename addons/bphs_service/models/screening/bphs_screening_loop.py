from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.bphs_base.tools.rate import Population, Rate

READERS = (
    *("village_doctor", "team_leader", "township_public_health", "township_director", "primary_care_officer"),
    *("county_specialist", "administrator", "auditor"),
)
# The steps of the loop: by which column somebody has come to it; each is a rate over the one before it, reminding is
# one over all that were found.
STEPS = {
    "found": "found_on",
    "reminded": "reminded_on",
    "read": "read_on",
    "abnormal": "abnormal_on",
    "rechecked": "rechecked_on",
    "confirmed": "confirmed_on",
    "enrolled": "enrolled_on",
}
OVER = {
    "reminded": "found",
    "read": "found",
    "abnormal": "read",
    "rechecked": "abnormal",
    "confirmed": "rechecked",
    "enrolled": "confirmed",
}
COUNTED = """
    SELECT %(place)s AS place, count(s.found_on), count(s.reminded_on), count(s.read_on), count(s.abnormal_on),
           count(s.rechecked_on), count(s.confirmed_on), count(s.enrolled_on)
      FROM bphs_screening s JOIN bphs_institution i ON i.id = s.institution_id
     WHERE s.id IN %(rows)s GROUP BY 1
"""


class BphsScreening(models.Model):
    """From "no pressure on file" to "looked after" (血压筛查闭环): each step with both its numbers and its list."""

    _inherit = "bphs.screening"

    # === FOR THE CLIENT === #

    # Not `readonly`: some people's figures are entered in the log.
    @api.model
    def loop(self, since=False, until=False, township_id=False):
        """The steps by township, or by institution within one.

        :param str since, until: found between these days; empty: this year so far
        :param int township_id: the institutions of this one; empty: all townships of the user's scope, or the
            institutions of their own
        :return dict: ``since``, ``until``, ``township`` (name, or empty), ``steps`` (code, label, over which step its
            rate is), ``places`` (``id``, ``name``, ``is_township``, ``cells`` by step: ``count``, ``rate``), ``total``
            (cells), ``opens`` (whether lists open for this user) and ``mark``
        :raise AccessError: not a role that serves people or watches over it
        """
        self._check_reader()
        since, until = self._days(since, until)
        self.env["bphs.resident.access"]._record_figures(self.env._("Blood Pressure Screening"), since, until)
        township = self._township(township_id)
        figures = self.env["bphs.resident"]._figures()
        by_township = not township
        counted = self._counted(since, until, township) & Domain("resident_id", "any", figures.domain)
        # sudo: counted is the user's scope, as the rules say it but for the opening of single files
        query = self.sudo()._search(counted)
        place = SQL("i.township_id") if by_township else SQL("i.id")
        rows = self.env.execute_query(SQL(COUNTED, place=place, rows=query.subselect()))
        counts = {row[0]: dict(zip(STEPS, row[1:], strict=True)) for row in rows}
        places = self.env["bphs.institution"].browse([id_ for id_ in counts if id_]).sorted("code")
        total = {step: sum(one[step] for one in counts.values()) for step in STEPS}
        labels = self._step_labels()
        return {
            "since": since.isoformat(),
            "until": until.isoformat(),
            "township": township.name or "",
            "steps": [{"code": step, "label": labels[step], "over": OVER.get(step, "")} for step in STEPS],
            "places": [
                {
                    "id": one.id,
                    "name": one.name,
                    "is_township": by_township,
                    "cells": self._cells(counts[one.id], one.name, until),
                }
                for one in places
            ],
            "total": self._cells(total, self.env._("Together"), until),
            "opens": not self.env["bphs.resident"]._must_search(),
            "mark": figures.mark,
        }

    @api.model
    @api.readonly
    def loop_list(self, step, since=False, until=False, place_id=False, is_township=False):
        """The people behind a number of the loop.

        :param str step: of :data:`STEPS`
        :param int place_id: a township or an institution of the page; empty: all of it
        :return dict: the action that lists them
        :raise AccessError: as the page
        :raise UserError: the user opens files one by one
        """
        self._check_reader()
        if self.env["bphs.resident"]._must_search():
            raise UserError(
                self.env._("Whoever works for several townships sees the figures of teams here, and not the people.")
            )
        if step not in tuple(STEPS):
            raise UserError(self.env._("There is no such step."))
        since, until = self._days(since, until)
        place = self.env["bphs.institution"].browse(self._asked_id(place_id) if place_id else [])
        township = place if is_township is True else place.browse()
        # Whom the figures leave out, the rules of the rows leave out of the list.
        domain = self._counted(since, until, township) & Domain(STEPS[step], "!=", False)
        if place and not township:
            domain &= Domain("institution_id", "=", place.id)
        return {
            "type": "ir.actions.act_window",
            "name": self._step_labels()[step],
            "res_model": self._name,
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": list(domain),
        }

    # === HELPERS === #

    def _check_reader(self):
        """:raise AccessError: not a role that serves people or watches over it"""
        if not self.env.user._holds_role(READERS):
            raise AccessError(
                self.env._("Blood pressure screening is told to those who serve people or watch over it.")
            )
        self.browse().check_access("read")

    def _days(self, since, until):
        today = self._county_today()
        first = self._asked_date(since) if since else today.replace(month=1, day=1)
        last = self._asked_date(until) if until else today
        if first > last:
            raise UserError(self.env._("The period ends before it begins."))
        return first, last

    def _township(self, township_id):
        """:return: the township whose institutions are told of; none: all townships"""
        institutions = self.env["bphs.institution"]
        if township_id:
            return institutions.browse(self._asked_id(township_id)).exists()
        own = self.env.user.sudo().bphs_institution_ids  # sudo: one's own scope
        return own.township_id if len(own.township_id) == 1 and all(one.township_id for one in own) else institutions

    def _counted(self, since, until, township):
        """The rows a page counts and its lists show: whoever is gone without a reading left with proof."""
        domain = Domain("found_on", ">=", since) & Domain("found_on", "<=", until)
        here = Domain("resident_id.status", "=", "active")
        domain &= here | (Domain("read_on", "!=", False) & Domain("resident_id.status", "!=", "merged"))
        return domain & Domain("institution_id.township_id", "=", township.id) if township else domain

    def _cells(self, counts, name, day):
        return {
            step: {"count": counts[step], "rate": self._rate(counts[step], counts[OVER[step]], name, day)}
            if step in OVER
            else {"count": counts[step], "rate": ""}
            for step in STEPS
        }

    def _rate(self, part, whole, name, day):
        return Rate(part, Population(whole, name, self.env._("this register"), day)).shown(1)

    def _step_labels(self):
        _ = self.env._
        return {
            "found": _("No Pressure on File"),
            "reminded": _("Reminded"),
            "read": _("Blood Pressure Measured"),
            "abnormal": _("Too High"),
            "rechecked": _("Measured Again"),
            "confirmed": _("Confirmed"),
            "enrolled": _("Enrolled"),
        }
