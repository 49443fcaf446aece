from odoo.addons.bphs_base.tests.common import CountyCase


class WorkloadCase(CountyCase):
    """The small county with the first quarter's statements opened for its three clinics."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.Workload = cls.env["bphs.workload"]
        clinics = cls.clinic_a1 | cls.clinic_a2 | cls.clinic_b1
        statements = cls.Workload._open_period(cls.q1, clinics)
        cls.statement_a1, cls.statement_a2, cls.statement_b1 = (
            statements.filtered(lambda workload, clinic=clinic: workload.institution_id == clinic) for clinic in clinics
        )
        cls.env.flush_all()

    @classmethod
    def line(cls, statement, item):
        return statement.line_ids.filtered(lambda line: line.item_id == item)

    @classmethod
    def report(cls, statement, **quantities):
        """Report quantities by item code as the clinic's own doctor, e.g. ``HTN_FOLLOWUP=30``."""
        clinics = {cls.clinic_a1: "a1", cls.clinic_a2: "a2", cls.clinic_b1: "b1"}
        doctor = f"village_doctor_{clinics[statement.institution_id]}"
        for code, quantity in quantities.items():
            cls.as_user(doctor, cls.line(statement, cls.item[code])).write({"reported": quantity})
        return cls.as_user(doctor, statement)

    @classmethod
    def submitted(cls, statement, **quantities):
        cls.report(statement, **quantities).action_submit()
        return statement

    @classmethod
    def verified(cls, statement, **quantities):
        cls.submitted(statement, **quantities)
        township = "a" if statement.township_id == cls.township_a else "b"
        cls.as_user(f"township_public_health_{township}", statement).action_verify()
        return statement

    @classmethod
    def stored(cls, statement):
        """What the database holds of a statement: its state and its lines."""
        cls.env.flush_all()
        cls.env.cr.execute(
            """
            SELECT w.state, l.item_id, l.planned, l.reported, l.invalid, l.invalid_reason,
                   l.false_qty, l.verified
              FROM bphs_workload w JOIN bphs_workload_line l ON l.workload_id = w.id
             WHERE w.id = %s ORDER BY l.item_id
            """,
            [statement.id],
        )
        return cls.env.cr.fetchall()
