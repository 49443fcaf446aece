from uuid import uuid4

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.bphs_resident.models.importing.bphs_resident_import_match import CHANGED, NEW
from odoo.addons.bphs_resident.models.mixins.bphs_spread_ids_mixin import spread_id

from ...tools.outside.columns import COMPARED, CONDITION, DEATH, RECORD, VISIT
from ..visits.bphs_visit_form import COLUMNS
from .bphs_outside_match import HIDDEN

SAME_NAME = (
    *("resident_id", "template_id", "item_id", "sensitive", "mode", "face_to_face", "worker_id", "institution_id"),
    *("source", "service_kind", "answers", "is_complete", "missing", "note"),
)
# Ids are drawn person by person in no order of the file: between two that somebody sees, one that is missing would tell
# of a third. Of one person they follow the rows: of two values of a day the later row is the later one.
DRAW = """
    UPDATE %(rows)s s SET made_id = n.id
      FROM (SELECT number, %(new_id)s AS id FROM (SELECT s.number FROM %(rows)s s WHERE %(part)s
                                                      ORDER BY md5(s.resident_id || %(salt)s), s.number) o) n
     WHERE n.number = s.number
"""
VISITS = """
    INSERT INTO bphs_visit (id, %(names)s, state, done_on, entered_on, is_scored, is_dangerous,
                            create_uid, create_date, write_uid, write_date)
    SELECT s.made_id, %(values)s, 'done', s.day, %(today)s, FALSE, FALSE, %(stamps)s
      FROM %(rows)s s WHERE %(part)s ORDER BY s.made_id
"""
VISIT_MEDICINES = """
    INSERT INTO bphs_visit_medicine (visit_id, sequence, name, kind, times_a_day, dose, dose_unit,
                                     create_uid, create_date, write_uid, write_date)
    SELECT s.made_id, 10 * m.at, m.one ->> 'name', 'oral', (m.one ->> 'times_a_day')::numeric,
           (m.one ->> 'dose')::numeric, coalesce(m.one ->> 'dose_unit', 'mg'), %(stamps)s
      FROM %(rows)s s CROSS JOIN LATERAL jsonb_array_elements(s.medicines) WITH ORDINALITY m (one, at)
     WHERE %(part)s ORDER BY s.made_id, m.at
"""
KEYS = """
    INSERT INTO bphs_outside_key (system_id, kind, external_id, digest, visit_id, condition_id, record_id,
                                  create_uid, create_date, write_uid, write_date)
    SELECT s.system_id, %(kind)s, s.external_id, s.digest, %(made)s, %(stamps)s
      FROM %(rows)s s WHERE %(part)s ORDER BY s.number
"""
RECORDS = """
    INSERT INTO bphs_outside_record (id, resident_id, system_id, seen_on, place, %(names)s,
                                     create_uid, create_date, write_uid, write_date)
    SELECT s.made_id, s.resident_id, s.system_id, s.day, s.place, %(values)s, %(stamps)s
      FROM %(rows)s s WHERE %(part)s ORDER BY s.made_id
"""
RECORDS_ANEW = """
    UPDATE bphs_outside_record o
       SET seen_on = s.day, place = s.place, %(sets)s, write_uid = %(uid)s, write_date = %(now)s
      FROM %(rows)s s WHERE o.id = s.made_id AND %(part)s
"""
RECORD_MEDICINES = """
    INSERT INTO bphs_outside_medicine (record_id, name, times_a_day, dose, dose_unit,
                                       create_uid, create_date, write_uid, write_date)
    SELECT s.made_id, m.one ->> 'name', (m.one ->> 'times_a_day')::numeric, (m.one ->> 'dose')::numeric,
           m.one ->> 'dose_unit', %(stamps)s
      FROM %(rows)s s CROSS JOIN LATERAL jsonb_array_elements(s.medicines) WITH ORDINALITY m (one, at)
     WHERE %(part)s ORDER BY s.made_id, m.at
"""
MADE = {
    VISIT: SQL("s.made_id, NULL, NULL"),
    CONDITION: SQL("NULL, s.made_id, NULL"),
    DEATH: SQL("NULL, NULL, NULL"),
    RECORD: SQL("NULL, NULL, s.made_id"),
}


class BphsOutsideRows(models.AbstractModel):
    """What is made of rows that are in order, a part of them at a time and each part whole."""

    _inherit = "bphs.outside.rows"

    def _load_outside(self, kind, after, until):
        """Make what the rows `after` < number <= `until` say; what they are to the register is asked again first.

        :return: (how many were made or changed, how many of them are for named persons)
        """
        self._match_part(kind, after, until)
        part = SQL("s.number > %s AND s.number <= %s", after, until)
        new = SQL("%s AND s.outcome = %s", part, NEW)
        {
            VISIT: self._make_visits,
            CONDITION: self._make_conditions,
            DEATH: self._enter_deaths,
            RECORD: self._make_records,
        }[kind](part, new)
        self.env.cr.execute(SQL(KEYS, kind=kind, made=MADE[kind], rows=self._rows(), part=new, stamps=self._stamps()))
        self.env["bphs.outside.key"].invalidate_model()
        return self._count_made(part)

    def _count_made(self, part):
        ((count, restricted),) = self.env.execute_query(
            SQL(
                "SELECT count(*), count(*) FILTER (WHERE %s) FROM %s s JOIN bphs_resident r"
                " ON r.id = s.resident_id WHERE %s AND s.outcome IN (%s, %s)",
                HIDDEN,
                self._rows(),
                part,
                NEW,
                CHANGED,
            )
        )
        return count, restricted

    def _stamps(self):
        now = fields.Datetime.now()
        return SQL("%s, %s, %s, %s", self.env.uid, now, self.env.uid, now)

    def _draw_ids(self, table, part):
        salt = uuid4().hex
        self.env.cr.execute(SQL(DRAW, rows=self._rows(), new_id=spread_id(table), part=part, salt=salt))

    # === VISITS AND EXAMS === #

    def _make_visits(self, _part, new):
        self._draw_ids("bphs_visit", new)
        names = (*SAME_NAME, *COLUMNS)
        values = SQL(", ").join(SQL("s.%s", SQL.identifier(name)) for name in names)
        common = {"rows": self._rows(), "part": new, "stamps": self._stamps()}
        columns = SQL(", ").join(map(SQL.identifier, names))
        self.env.cr.execute(SQL(VISITS, names=columns, values=values, today=self._county_today(), **common))
        self.env.cr.execute(SQL(VISIT_MEDICINES, **common))
        made = self.env.execute_query(SQL("SELECT made_id, scaled FROM %s s WHERE %s", self._rows(), new))
        # sudo: what follows from what was done follows for everybody
        visits = self.env["bphs.visit"].sudo()
        visits.invalidate_model(flush=False)
        self.env["bphs.visit.medicine"].invalidate_model(flush=False)
        visits.browse([id_ for id_, _scaled in made])._follow_outside(
            visits.browse([id_ for id_, scaled in made if scaled])
        )

    # === CONDITIONS AND DEATHS: FEW, BY THEIR OWN STEPS === #

    def _make_conditions(self, _part, new):
        rows = self.env.execute_query(
            SQL(
                "SELECT number, resident_id, kind, day, place, stage, note FROM %s s WHERE %s ORDER BY number",
                self._rows(),
                new,
            )
        )
        names = ("resident_id", "kind", "date_from", "place", "stage", "note")
        # sudo: that it comes from outside nobody writes by hand; the right to bring it in was asked
        conditions = self.env["bphs.condition"].sudo()
        with self.env["bphs.resident"]._facts_together():
            made = conditions.create([{"source": "imported", **dict(zip(names, row[1:], strict=True))} for row in rows])
        self.env.flush_all()
        pairs = ([row[0] for row in rows], made.ids)
        query = (
            "UPDATE %s s SET made_id = n.id FROM unnest(%s::int[], %s::int[]) n (number, id) WHERE n.number = s.number"
        )
        self.env.cr.execute(SQL(query, self._rows(), *pairs))

    def _enter_deaths(self, _part, new):
        rows = self.env.execute_query(
            SQL(
                "SELECT s.resident_id, s.day, coalesce(s.note, y.name || ' ' || s.external_id) FROM %s s"
                " JOIN bphs_outside_system y ON y.id = s.system_id WHERE %s ORDER BY s.number",
                self._rows(),
                new,
            )
        )
        # sudo: whose file it is was asked by scope; the right to bring it in before
        residents = self.env["bphs.resident"].sudo()
        with residents._facts_together():
            for resident_id, day, evidence in rows:
                residents.browse(resident_id)._move("died", day, evidence=evidence)
        self.env.flush_all()

    # === WHAT IS COMPARED === #

    def _make_records(self, part, new):
        self._draw_ids("bphs_outside_record", new)
        names = SQL(", ").join(map(SQL.identifier, COMPARED))
        values = SQL(", ").join(SQL("s.%s", SQL.identifier(name)) for name in COMPARED)
        common = {"rows": self._rows(), "stamps": self._stamps()}
        self.env.cr.execute(SQL(RECORDS, names=names, values=values, part=new, **common))
        self._change_records(SQL("%s AND s.outcome = %s", part, CHANGED))
        both = SQL("%s AND s.outcome IN (%s, %s)", part, NEW, CHANGED)
        self.env.cr.execute(SQL(RECORD_MEDICINES, part=both, **common))
        for name in ("bphs.outside.record", "bphs.outside.medicine"):
            self.env[name].invalidate_model(flush=False)

    def _change_records(self, changed):
        """What a system puts right of its own: it says so anew, and what was taken over stays where it is."""
        sets = SQL(", ").join(SQL("%(c)s = s.%(c)s", c=SQL.identifier(name)) for name in COMPARED)
        cr, rows, now = self.env.cr, self._rows(), fields.Datetime.now()
        cr.execute(SQL(RECORDS_ANEW, sets=sets, rows=rows, part=changed, uid=self.env.uid, now=now))
        query = "DELETE FROM bphs_outside_medicine m USING %s s WHERE m.record_id = s.made_id AND %s"
        cr.execute(SQL(query, rows, changed))
        query = "UPDATE bphs_outside_key k SET digest = s.digest FROM %s s WHERE k.record_id = s.made_id AND %s"
        cr.execute(SQL(query, rows, changed))
