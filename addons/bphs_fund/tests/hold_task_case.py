from odoo.addons.bphs_rectification.tests.common import RectificationCase

from .paying_case import PayingCase

CLERK = "rectification_clerk"


class TaskSteps:
    """What people do so that held money comes free; beside a case of the fund."""

    _work = RectificationCase.__dict__["_work"]
    _prove = RectificationCase.__dict__["_prove"]
    _close = RectificationCase.__dict__["_close"]

    @classmethod
    def ask_task(cls, hold, key=CLERK, **values):
        """Make a task of the hold through the dialog; returns it as nobody in particular."""
        action = cls.as_user(key, hold).action_ask_task()
        before = hold.rectification_ids
        dialog = cls.as_user(key, action["res_model"]).with_context(**action["context"])
        dialog.create({"type_id": cls.env.ref("bphs_rectification.problem_type_medication").id, **values}).action_save()
        cls.env.invalidate_all()
        return hold.rectification_ids - before


class HoldTaskCase(TaskSteps, PayingCase):
    """A clinic held by score (58 points: 600.00 × 0.58 − 105.00 prepaid = 243.00), and people who put things right."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.arrive(central=600.0, county=400.0)
        cls.payees(cls.clinic_a1, ("王医生", cls.account(cls.clinic_a1, "王医生", "99990000000000001"), 1))
        cls.prepay(cls.q1)
        for clinic, score in ((cls.clinic_a1, 58), (cls.clinic_b1, 90)):
            cls.work(clinic, cls.q1, {cls.item_ehr: 100, cls.item_htn: 50})
            cls.score(clinic, cls.q1, score)
        cls.settled = cls.settle(cls.q1)
        cls.hold = cls.env["bphs.fund.hold"].search([("institution_id", "=", cls.clinic_a1.id)])

    @classmethod
    def close_task(cls, task, closer=CLERK):
        cls._close(task, "village_doctor_a1", "township_public_health_a", closer)

    def ledger(self, *kinds):
        self.env.invalidate_all()
        entries = self.env["bphs.fund.entry"].search(
            [("institution_id", "=", self.clinic_a1.id), ("kind", "in", kinds)]
        )
        return f"{sum(entries.mapped('amount')):.2f}"

    def held(self):
        """What the ledger says is held of the clinic."""
        return f"{0 - float(self.ledger('hold', 'release', 'cap')):.2f}"

    def waiting(self, key):
        return self.as_user(key, "bphs.approval.request").search([("waiting_for_me", "=", True)]).mapped("res_model")
