from odoo import Command

from .paying_case import PayingCase

FLOW = ("primary_care_officer", "finance_officer_2", "deputy_leader")


class AllotmentCase(PayingCase):
    """The worked pool of four township hospitals: 甲 93.2, 乙 86.4, 丙 81.7, 丁 58.9 points of 100."""

    @classmethod
    def _make_county(cls):
        # Of the paying county only the helpers are wanted: what clinics are paid is tried elsewhere.
        super(PayingCase, cls)._make_county()
        cls.hospitals = cls.township_a | cls.township_b
        cls.hospitals |= cls.env["bphs.institution"].create(
            [
                {"code": code, "name": name, "kind": "township_hospital", "parent_id": cls.bureau.id}
                for code, name in (("T30", "丙镇卫生院"), ("T40", "丁镇卫生院"))
            ]
        )
        cls.points = dict(zip(cls.hospitals, (412500, 305800, 268400, 153300), strict=True))
        cls.persons = dict(zip(cls.hospitals, (30000, 22000, 18000, 9001), strict=True))

    @classmethod
    def give_scores(cls, period, scores=(93.2, 86.4, 81.7, 58.9)):
        return cls.as_user("primary_care_officer", "bphs.fund.score").create(
            [
                {"institution_id": unit.id, "period_id": period.id, "score": score}
                for unit, score in zip(cls.hospitals, scores, strict=True)
            ]
        )

    @classmethod
    def publish_method(cls, method, **values):
        cls.published = cls.publish(cls.create_scheme(township_method=method, **values))
        return cls.published

    @classmethod
    def allot(cls, period, pool=17098017.00, compute=True, **values):
        """A computed document of the four hospitals."""
        allotment = cls.as_user("finance_officer", "bphs.fund.allotment").create(
            {
                "institution_id": cls.bureau.id,
                "period_id": period.id,
                "pool_added": pool,
                "line_ids": [
                    Command.create(
                        {"institution_id": unit.id, "points": cls.points[unit], "persons": cls.persons[unit]}
                    )
                    for unit in cls.hospitals
                ],
                **values,
            }
        )
        if compute:
            allotment.action_compute()
        return allotment

    @classmethod
    def approve_allotment(cls, allotment):
        cls.as_user("finance_officer", allotment).action_approval_submit()
        cls.approve(allotment, *FLOW)
        cls.approve(allotment, "leader", minutes_number="党组会纪要〔2025〕3号")
        if allotment.approval_state == "submitted":
            cls.approve(
                allotment,
                "finance_officer_2",
                external_number="财社函〔2025〕9号",
                external_scan="JVBERi0xLjQ=",
                external_scan_name="批复.pdf",
            )
        return allotment

    def amounts(self, allotment, name="amount"):
        return [f"{line[name]:.2f}" for line in allotment.line_ids.sorted(lambda line: line.institution_id.code)]

    def ledger(self, institutions, *kinds):
        """Sum of the ledger in these kinds, as text to the fen."""
        self.env.invalidate_all()
        entries = self.env["bphs.fund.entry"].search(
            [("institution_id", "in", institutions.ids), ("kind", "in", kinds)]
        )
        return f"{sum(entries.mapped('amount')):.2f}"
