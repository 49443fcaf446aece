from odoo import Command

from .common import FundCase


class SettlingCase(FundCase):
    """A county that settles: helpers that do each step as the person whose step it is."""

    # === PEOPLE === #

    @classmethod
    def approve(cls, document, *people, **vals):
        """Each of `people` approves the stage that waits for them."""
        for key in people:
            cls.as_user(key, document).action_approval_approve(**vals)

    # === BEFORE A SETTLEMENT === #

    @classmethod
    def add_clinic(cls, code, name="卫生室", township=None, **values):
        return cls.env["bphs.institution"].create(
            {
                "code": code,
                "name": f"{name}{code}",
                "kind": "village_clinic",
                "parent_id": (township or cls.township_a).id,
                "division_id": cls.county.id,
                **values,
            }
        )

    @classmethod
    def publish(cls, scheme):
        """Publish without the preview, which has tests of its own."""
        scheme.sudo()._write_state({"state": "published"})
        return scheme

    @classmethod
    def plan(cls, clinic, quantities, **values):
        """A confirmed annual plan of `clinic`: {item: quantity} under the published scheme."""
        plan = cls.as_user("finance_officer", "bphs.fund.plan").create(
            {
                "institution_id": clinic.id,
                "period_id": cls.year.id,
                "scheme_id": cls.scheme.id,
                "line_ids": [
                    Command.create({"item_id": item.id, "quantity": quantity}) for item, quantity in quantities.items()
                ],
                **values,
            }
        )
        plan.action_confirm()
        return plan

    @classmethod
    def work(cls, clinic, period, quantities, verify=True):
        """A verified statement: {item: reported} or {item: (reported, invalid, false)}."""
        statement = cls.env["bphs.workload"].create({"institution_id": clinic.id, "period_id": period.id})
        lines = {line.item_id: line for line in statement.line_ids}
        counts = {item: count if isinstance(count, tuple) else (count, 0, 0) for item, count in quantities.items()}
        for item, (reported, _invalid, _false) in counts.items():
            lines[item].reported = reported
        if not any(reported for reported, _invalid, _false in counts.values()):
            statement.note = "本期无工作量"
        statement.action_submit()
        for item, (_reported, invalid, false) in counts.items():
            if invalid or false:
                lines[item].write({"invalid": invalid, "invalid_reason": invalid and "记录不全", "false_qty": false})
        if verify:
            statement.action_verify()
        return statement

    @classmethod
    def score(cls, clinic, period, score, deduction=0.0):
        return cls.as_user("primary_care_officer", "bphs.fund.score").create(
            {
                "institution_id": clinic.id,
                "period_id": period.id,
                "score": score,
                "deduction": deduction,
                "reason": "扣减" if deduction else False,
            }
        )

    @classmethod
    def prepay(cls, period):
        """Compute and finally approve the prepayment of a quarter."""
        prepayment = cls.as_user("finance_officer", "bphs.fund.prepayment").create(
            {"institution_id": cls.bureau.id, "period_id": period.id}
        )
        prepayment.action_compute()
        prepayment.action_approval_submit()
        cls.approve(prepayment, "primary_care_officer", "finance_officer_2", "deputy_leader", "leader")
        return prepayment

    # === SETTLING === #

    @classmethod
    def compute(cls, period, key="finance_officer"):
        run = cls.as_user(key, "bphs.fund.run").create({"institution_id": cls.bureau.id, "period_id": period.id})
        run.action_compute()
        return run

    @classmethod
    def deem(cls, run):
        """Let the clinics' deadline pass in silence."""
        run.action_send()
        run.sudo().settlement_ids.line_ids.filtered("confirm_deadline").confirm_deadline = "2000-01-01"
        cls.env["bphs.fund.settlement.line"]._cron_deem_confirmed()
        run.env.invalidate_all()

    @classmethod
    def townships_approve(cls, run, *keys):
        """The townships (`a`, `b`) review what is handed in to them."""
        for settlement in run.settlement_ids.filtered(lambda s: s.approval_state == "submitted"):
            key = "a" if settlement.institution_id == cls.township_a else "b"
            if not keys or key in keys:
                cls.approve(settlement, f"township_public_health_{key}", f"township_director_{key}")

    @classmethod
    def county_approves(cls, run):
        cls.as_user("finance_officer", run).action_approval_submit()
        cls.approve(run, "primary_care_officer", "finance_officer_2", "deputy_leader")
        cls.approve(run, "leader", minutes_number="党组会纪要〔2025〕3号")
        while run.approval_state == "submitted":
            cls.approve(
                run,
                "finance_officer_2",
                external_number="财社函〔2025〕9号",
                external_scan="JVBERi0xLjQ=",
                external_scan_name="批复.pdf",
            )

    @classmethod
    def settle(cls, period):
        """The whole way of a period, everyone silent or consenting."""
        run = cls.compute(period)
        cls.deem(run)
        run.action_submit_townships()
        cls.townships_approve(run)
        cls.county_approves(run)
        return run

    def line_of(self, run, clinic):
        return run.settlement_ids.line_ids.filtered(
            lambda line: line.institution_id == clinic and not line.reversal_of_id
        )
