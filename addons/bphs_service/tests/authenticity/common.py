from datetime import datetime, timedelta
from itertools import count

from odoo.tools import SQL

from ..common import ServiceCase


class DoubtCase(ServiceCase):
    """The small county with twelve people more in a village, a doctor, and records put in as they come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.Resident.union(
            *(cls.make(f"试验{chr(0x4E00 + at)}", cls.village_a1, "19550101", 10 + at) for at in range(12))
        )
        cls.worker = cls.env["bphs.worker"].create(
            {"name": "王医生", "profession": "village_doctor", "institution_id": cls.clinic_a1.id,
             "since": "2020-01-01", "user_id": cls.user["village_doctor_a1"].id}
        )  # fmt: skip
        cls.Finding = cls.env["bphs.authenticity.finding"]
        cls.check = {check.code: check for check in cls.env["bphs.authenticity.check"].search([])}
        cls.minute = count(1)
        cls.env.flush_all()

    @classmethod
    def put(cls, resident, day, code="hypertension", **vals):
        """A record as any system may have brought it, past what the form refuses. :return: its id"""
        mode = vals.get("mode", "clinic")
        values = {
            "resident_id": resident.id,
            "template_id": cls.form(code).id,
            "institution_id": cls.clinic_a1.id,
            "worker_id": cls.worker.id,
            "state": "done",
            "done_on": day,
            "entered_on": day,
            "mode": mode,
            "face_to_face": mode != "phone",
            "source": "entered",
            "is_complete": True,
            # By day, minutes apart, in UTC.
            "create_date": datetime.combine(day, datetime.min.time())
            + timedelta(hours=2, minutes=7 * next(cls.minute) % 400),
            **vals,
        }
        query = SQL(
            "INSERT INTO bphs_visit (%s) VALUES %s RETURNING id",
            SQL(", ").join(map(SQL.identifier, values)),
            tuple(values.values()),
        )
        ((id_,),) = cls.env.execute_query(query)
        return id_

    @classmethod
    def put_outside(cls, resident, day, **values):
        """What a clinic or the insurance recorded."""
        code = f"CLINIC{resident.id}{day}"
        system = cls.env["bphs.outside.system"].create(
            {"code": code, "name": "县医院", "institution_id": cls.township_a.id}
        )
        cls.env["bphs.outside.record"].create(
            {"resident_id": resident.id, "system_id": system.id, "seen_on": day, **values}
        )

    def found(self, *codes):
        """:return: what these checks find in the first quarter, by check: the doubts"""
        self.env.invalidate_all()
        checks = self.env["bphs.authenticity.check"].union(*(self.check[code] for code in codes)) if codes else None
        self.Finding._find(self.q1.date_start, self.q1.date_end, checks)
        return self.Finding.search([("date_from", "=", self.q1.date_start)])

    def limits(self, code, **limits):
        self.check[code].write(limits)
