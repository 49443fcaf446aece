"""A fabrication of each kind, put into a county as a careless hand would: what the checks of authenticity must find."""

from datetime import datetime, timedelta

from odoo.tools import SQL

FEW, MANY = 6, 120


def typed_by_day(env):
    """Let all records be typed by day, each for itself: what is imported says nothing of when it was typed."""
    env.cr.execute(
        "UPDATE bphs_visit SET source = 'entered',"
        " create_date = done_on + interval '1 hour' + id % 540 * interval '1 minute'"
    )


def plant(env, first, last):
    """Plant one of each kind in a quarter, each at a clinic of its own.

    :return: {code of the check: ids of the planted records}
    """
    return _Planting(env, first, last).all()


class _Planting:
    def __init__(self, env, first, last):
        self.env, self.first, self.last = env, first, last
        self.day = first + timedelta(40)
        self.forms = {form.code: form.id for form in env["bphs.form.template"].search([("state", "=", "published")])}
        self.clinics = iter(env["bphs.institution"].browse(self._with_people()))
        self.moment = 0

    def _with_people(self):
        """Ids of the clinics that have people enough to make something up about."""
        query = SQL(
            "SELECT r.institution_id FROM bphs_resident r JOIN bphs_institution i ON i.id = r.institution_id"
            " WHERE i.kind = 'village_clinic' AND r.status = 'active' AND r.birth_date < %s"
            " GROUP BY r.institution_id HAVING count(*) >= %s ORDER BY r.institution_id",
            self._grown(),
            FEW,
        )
        return [id_ for (id_,) in self.env.execute_query(query)]

    def _grown(self):
        return self.first - timedelta(45 * 365)

    def all(self):
        planted = {}
        for name in dir(self):
            if name.startswith("plant_"):
                clinic = next(self.clinics)
                worker = self.env["bphs.worker"].search([("institution_id", "=", clinic.id)], limit=1)
                self.clinic, self.worker = clinic.id, worker.id
                self.people = [
                    id_
                    for (id_,) in self.env.execute_query(
                        SQL(
                            "SELECT id FROM bphs_resident WHERE institution_id = %s AND status = 'active'"
                            " AND birth_date < %s ORDER BY id LIMIT %s",
                            clinic.id,
                            self._grown(),
                            MANY,
                        )
                    )
                ]
                planted[name.removeprefix("plant_")] = getattr(self, name)()
        return planted

    def put(self, person, day, form="hypertension", **vals):
        mode = vals.get("mode", "clinic")
        self.moment += 1
        values = {
            "resident_id": person,
            "template_id": self.forms[form],
            "institution_id": self.clinic,
            "worker_id": self.worker,
            "state": "done",
            "done_on": day,
            "entered_on": day,
            "mode": mode,
            "face_to_face": mode != "phone",
            "source": "entered",
            "is_complete": True,
            "create_date": datetime.combine(day, datetime.min.time()) + timedelta(hours=1, minutes=self.moment % 540),
            "create_uid": self.env.uid,
            **vals,
        }
        ((id_,),) = self.env.execute_query(
            SQL(
                "INSERT INTO bphs_visit (%s) VALUES (%s) RETURNING id",
                SQL(", ").join(map(SQL.identifier, values)),
                SQL(", ").join(SQL("%s", value) for value in values.values()),
            )
        )
        return id_

    def spread(self, number, **vals):
        """So many records over the quarter, their values given by number."""
        return [
            self.put(
                self.people[at % len(self.people)],
                self.first + timedelta(at % 88),
                **{name: value(at) if callable(value) else value for name, value in vals.items()},
            )
            for at in range(number)
        ]

    def _gone(self, status):
        self.env.cr.execute(
            "UPDATE bphs_resident SET status = %s, status_date = %s WHERE id = %s", [status, self.day, self.people[0]]
        )
        return [self.put(self.people[0], self.day + timedelta(5))]

    def plant_after_death(self):
        return self._gone("died")

    def plant_after_moving(self):
        return self._gone("moved_out")

    def plant_in_hospital(self):
        plan = self.env["bphs.plan"].create(
            {
                "resident_id": self.people[0],
                "clock_id": self.env["bphs.clock"]
                .search([("kind", "=", "interval"), ("state", "=", "published")], limit=1)
                .id,
                "date_from": self.first,
            }
        )
        self.env["bphs.followup.attempt"].create({"plan_id": plan.id, "kind": "in_hospital", "made_on": self.day})
        self.env.flush_all()
        return [self.put(self.people[0], self.day)]

    def plant_exam_copied(self):
        same = {"systolic": 131, "diastolic": 77, "heart_rate": 71, "weight": 61.2, "height": 163, "waist": 81}
        self.put(self.people[0], self.day - timedelta(360), "elder_exam", **same)
        return [self.put(self.people[0], self.day, "elder_exam", **same)]

    def plant_many_a_day(self):
        return [self.put(self.people[at % len(self.people)], self.day) for at in range(100)]

    def plant_at_once(self):
        at = datetime.combine(self.day, datetime.min.time()) + timedelta(hours=3)
        return [self.put(self.people[number % len(self.people)], self.day, create_date=at) for number in range(6)]

    def plant_at_night(self):
        at = datetime.combine(self.day, datetime.min.time()) + timedelta(hours=18)
        return [
            self.put(self.people[number % len(self.people)], self.day, create_date=at + timedelta(minutes=number))
            for number in range(12)
        ]

    def plant_repeated(self):
        # Later than all else of the day: one after another, as they were typed.
        return [self.put(person, self.last, systolic=128, diastolic=79) for person in self.people[:4]]

    def plant_shared_phone(self):
        self.env.cr.execute(
            "UPDATE bphs_resident SET phone_index = 'planted', household_id = NULL WHERE id = ANY(%s)",
            [self.people[:3]],
        )
        return [self.put(person, self.day, mode="phone") for person in self.people[:3]]

    def plant_clinic_differs(self):
        self.env.cr.execute(
            """
            WITH clinic AS (
                INSERT INTO bphs_outside_system (code, name, kind, institution_id, active)
                VALUES ('planted', '县医院', 'clinic', %s, TRUE) ON CONFLICT (code) DO UPDATE SET name = excluded.name
                RETURNING id)
            INSERT INTO bphs_outside_record (resident_id, system_id, seen_on, systolic, diastolic)
            SELECT unnest(%s), clinic.id, %s, 168, 95 FROM clinic
            """,
            [self.clinic, self.people[:2], self.day + timedelta(1)],
        )
        return [self.put(person, self.day, systolic=122, diastolic=78) for person in self.people[:2]]

    def _alone(self):
        """A worker who did nothing else: the figure is theirs."""
        self.worker = (
            self.env["bphs.worker"]
            .create(
                {"name": "代填", "profession": "village_doctor", "institution_id": self.clinic, "since": self.first}
            )
            .id
        )
        self.env.flush_all()

    def plant_last_digit(self):
        self._alone()
        return self.spread(60, systolic=lambda at: 120 + 10 * (at % 3), diastolic=lambda at: 70 + at % 17)

    def plant_fudging(self):
        self._alone()
        return self.spread(80, systolic=lambda at: 131 + at % 9, diastolic=lambda at: 70 + at % 17)

    def plant_control_high(self):
        self._alone()
        return self.spread(60, result="satisfied")

    def plant_control_rise(self):
        self._alone()
        for at in range(MANY):
            self.put(self.people[at % len(self.people)], self.first - timedelta(1 + at % 88),
                     result="uncontrolled" if at % 2 else "satisfied")  # fmt: skip
        return self.spread(MANY, result=lambda at: "uncontrolled" if at % 5 == 0 else "satisfied")

    def plant_no_device(self):
        own = self.worker
        self.spread(50, systolic=lambda at: 118 + at % 29, diastolic=lambda at: 70 + at % 17, source="device")
        self._alone()
        assert own != self.worker
        return self.spread(60, systolic=lambda at: 118 + at % 29, diastolic=lambda at: 70 + at % 17)
