from datetime import date
from unittest.mock import patch

from odoo.addons.bphs_service.tests.common import ServiceCase


class GradingCase(ServiceCase):
    """The small county of services, in which a rule set is in force, on a day of one's own choice."""

    day = date(2026, 3, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        base = type(cls.env["base"])
        cls.startClassPatcher(patch.object(base, "_county_today", lambda _self: cls.day))
        cls.Standing = cls.env["bphs.elderly.standing"]
        cls.Grading = cls.env["bphs.elderly.grading"]
        cls.ruleset = cls.in_force("strict-2025", date(2020, 1, 1))

    @classmethod
    def in_force(cls, code, day):
        """A shipped rule set, published from a day; who published it is not what these tests are about."""
        ruleset = cls.env["bphs.elderly.ruleset"].search([("code", "=", code)])
        ruleset.date_from = day
        cls.env.flush_all()
        ruleset._write_state({"state": "published", "version": 1})
        cls.env.flush_all()
        return ruleset

    @classmethod
    def on(cls, *day):
        """From now on it is that day, and the night before has passed."""
        cls.day = date(*day)
        cls.env.invalidate_all()

    def standing(self, resident, whole=False):
        return self.Standing.search([("resident_id", "=", resident.id), ("whole", "=", whole)])

    def colour(self, resident, whole=False):
        return self.standing(resident, whole).colour

    def told(self, resident, whole=False):
        """The history as (day, colour, cause)."""
        rows = self.Grading.search(
            [("resident_id", "=", resident.id), ("whole", "=", whole)], order="date_from, sequence"
        )
        return [(row.date_from.isoformat(), row.colour, row.cause) for row in rows if row.cause != "reasons"]
