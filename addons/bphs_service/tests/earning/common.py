from datetime import date

from ..common import ServiceCase


class EarningCase(ServiceCase):
    """The small county, the first quarter of 2025 with its statements, and people followed for pressure and sugar."""

    @classmethod
    def _make_county(cls):
        super()._make_county()
        cls.clinics = cls.clinic_a1 | cls.clinic_a2 | cls.clinic_b1
        statements = cls.env["bphs.workload"]._open_period(cls.q1, cls.clinics)
        cls.statement_a1, cls.statement_a2, cls.statement_b1 = (
            statements.filtered(lambda one, clinic=clinic: one.institution_id == clinic) for clinic in cls.clinics
        )
        cls.zhao = cls.make("赵小红", cls.village_a1, "19600101", 4)
        cls.env["bphs.resident.group"].create(
            [
                {"resident_id": resident.id, "kind": kind, "date_from": date(2024, 1, 1)}
                for resident, kind in (
                    (cls.zhang, "hypertension"),
                    (cls.zhang, "diabetes"),
                    (cls.wang, "hypertension"),
                    (cls.zhao, "hypertension"),
                )
            ]
        )
        cls.env.flush_all()

    def done(self, resident, day, code="hypertension", key="village_doctor_a1", complete=True, **vals):
        """A record whose form is filled in whole, unless told otherwise."""
        visit = self.visit(key, resident, code, done_on=day, systolic=130, diastolic=80, **vals)
        self.fill(visit, complete)
        return visit

    def fill(self, visit, complete=True):
        """Whether anything is missing in a record, whatever its form asks."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE bphs_visit SET is_complete = %s WHERE id = %s", [complete, visit.id])
        self.env.invalidate_all()

    def line(self, statement, item):
        return statement.line_ids.filtered(lambda line: line.item_id == item)

    def counted(self, statement):
        statement._count_visits(self.q1)
        return statement
