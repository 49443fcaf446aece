import json
from datetime import timedelta

from odoo import Command

from odoo.addons.bphs_service.tests.common import ServiceCase

from ..tools.periods import month_of


class IndicatorCase(ServiceCase):
    """The small county with residents and service records, counted for this month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Value = cls.env["bphs.indicator.value"]
        cls.Indicator = cls.env["bphs.indicator"]
        cls.today = cls.Value._county_today()
        cls.month = month_of(cls.today)

    @classmethod
    def count(cls, month=None):
        cls.env.flush_all()
        cls.Value._count_month(month or cls.month)

    @classmethod
    def indicator(cls, code):
        return cls.Indicator.search([("code", "=", code), ("state", "=", "published")])

    @classmethod
    def value(cls, code, institution, month=None):
        return cls.Value.search(
            [("code", "=", code), ("institution_id", "=", institution.id), ("month", "=", month or cls.month)]
        )

    @classmethod
    def parts(cls, code, institution, whole=False):
        counted = cls.value(code, institution)._counted(whole)
        return counted.numerator, counted.denominator

    @classmethod
    def join(cls, resident, kind, days=400):
        """Put a resident into a key group, so many days ago."""
        return cls.env["bphs.resident.group"].create(
            {"resident_id": resident.id, "kind": kind, "date_from": cls.today - timedelta(days)}
        )

    @classmethod
    def full(cls, resident, code, key="village_doctor_a1", answers=None, **vals):
        """A record in which nothing is missing, and what it says besides the columns."""
        visit = cls.visit(key, resident, code, **vals)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE bphs_visit SET is_complete = TRUE, answers = %s WHERE id = %s",
            [json.dumps(answers) if answers else None, visit.id],
        )
        cls.env.invalidate_all()
        return visit

    @classmethod
    def counted_on(cls, code, last):
        """What the records of the small county say of an indicator on a day: numerator and denominator."""
        cls.env.flush_all()
        indicator = cls.indicator(code)
        leaves = cls.env["bphs.indicator.counter"]._counts(indicator, last)[indicator.id]
        own = set(cls.env["bphs.institution"].search([("id", "child_of", cls.bureau.id)]).ids)
        counted = [parts for (place, __), parts in leaves.items() if place in own]
        return tuple(sum(parts) for parts in zip((0, 0), *counted, strict=True))

    @classmethod
    def hand_down(cls, key, issuer, tasks, number="试卫〔2026〕1号", year=None):
        """Issue tasks: dict of institution -> (code, operator, value)."""
        issue = cls.as_user(key, cls.env["bphs.indicator.issue"]).create(
            {
                "name": "年度目标",
                "institution_id": issuer.id,
                "year": year or cls.month.year,
                "document_number": number,
                "task_ids": [
                    Command.create(
                        {
                            "institution_id": place.id,
                            "indicator_id": cls.indicator(code).id,
                            "operator": operator,
                            "value": value,
                        }
                    )
                    for place, (code, operator, value) in tasks
                ],
            }
        )
        issue.action_issue()
        return issue
