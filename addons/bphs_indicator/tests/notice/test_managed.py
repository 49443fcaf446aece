from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL

from ..common import IndicatorCase
from .seed import NOTICE, TENTH, seed

# The control: nothing of the suite counts here. Of every clinic (denominator, numerator), from the tables alone.
ALIVE = "r.status = 'active'"
OLD = "r.birth_date + interval '65 years' <= %(last)s"
RECORDS = """
    SELECT v.resident_id, v.done_on, v.face_to_face, v.is_complete, v.systolic, v.diastolic, v.fasting_glucose, t.code
      FROM bphs_visit v JOIN bphs_form_template t ON t.id = v.template_id
     WHERE v.state = 'done' AND v.done_on >= %(since)s AND v.done_on <= %(last)s
"""
# 国家基本公共卫生服务规范（第三版）: four times a year face to face, fewer of who joins in the year, one a month, the
# value measured and no blanks; examined in the year, of whoever was looked after all of it; no recheck or referral
# left when its two weeks were over.
CHRONIC = """
    SELECT r.institution_id, count(*),
           count(*) FILTER (
               WHERE coalesce(seen.months, 0) >= greatest(1, asked.quarters)
                 AND (g.date_from > %(last)s::date - interval '12 months'
                      OR r.id IN (SELECT resident_id FROM (%(records)s) x WHERE code = 'elder_exam'))
                 AND r.id NOT IN (
                     SELECT l.resident_id FROM bphs_followup f JOIN bphs_plan l ON l.id = f.plan_id
                       JOIN bphs_clock c ON c.id = l.clock_id
                      WHERE c.code = %(group)s AND f.kind IN ('recheck', 'referral') AND f.due_on >= %(since)s
                        AND f.closes_on < %(last)s AND coalesce(f.closed_on, 'infinity') > f.closes_on))
      FROM bphs_resident r
      JOIN bphs_resident_group g ON g.resident_id = r.id AND g.kind = %(group)s AND g.date_from <= %(last)s
       AND coalesce(g.date_to, 'infinity') >= %(last)s
     CROSS JOIN LATERAL (
           SELECT floor((12 - extract(month FROM greatest(g.date_from, %(since)s::date)) + 1) / 3) AS quarters) asked
      LEFT JOIN (SELECT resident_id, count(DISTINCT extract(month FROM done_on)) AS months FROM (%(records)s) x
                  WHERE face_to_face AND is_complete AND %(measured)s AND code IN (%(group)s, 'chronic')
                  GROUP BY 1) seen ON seen.resident_id = r.id
     WHERE %(alive)s GROUP BY 1
"""
MEASURED = {"hypertension": "systolic > 0 AND diastolic > 0", "diabetes": "fasting_glucose > 0"}
WITH_RECORDS = """
    SELECT r.institution_id, count(*), count(*) FILTER (WHERE %(counted)s)
      FROM bphs_resident r WHERE %(alive)s AND %(who)s GROUP BY 1
"""
# 中医药健康管理服务规范: at 6, 12, 18, 24, 30 and 36 months, each age of the year.
CHILD_TCM = """
    SELECT r.institution_id, count(*), count(*) FILTER (WHERE given >= ages)
      FROM bphs_resident r
     CROSS JOIN LATERAL (SELECT count(*) AS ages FROM generate_series(6, 36, 6) m
                          WHERE r.birth_date + m * interval '1 month' BETWEEN %(since)s AND %(last)s) a
     CROSS JOIN LATERAL (SELECT count(*) AS given FROM (%(records)s) x
                          WHERE x.resident_id = r.id AND x.code = 'child_tcm' AND x.is_complete) b
     WHERE %(alive)s AND ages > 0 GROUP BY 1
"""
# Born in the year, and mothers of a birth in it for whom something was done.
MOTHERS = """
    SELECT r.institution_id, count(*) FILTER (WHERE r.birth_date BETWEEN %(since)s AND %(last)s),
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM (SELECT (v.answers ->> 'delivered_on')::date AS born, v.done_on,
                                   (v.answers ->> 'discharged_on')::date AS home
                              FROM bphs_visit v JOIN bphs_form_template t ON t.id = v.template_id
                             WHERE v.resident_id = r.id AND v.state = 'done' AND t.code = 'postpartum') b
                WHERE b.born BETWEEN %(since)s AND %(last)s AND %(counted)s))
      FROM bphs_resident r WHERE %(alive)s GROUP BY 1
"""
CHECKS = """(SELECT count(DISTINCT v.done_on) FROM bphs_visit v JOIN bphs_form_template t ON t.id = v.template_id
              WHERE v.resident_id = r.id AND v.state = 'done' AND v.done_on BETWEEN b.born - 301 AND b.born
                AND t.code IN ('antenatal_first', 'antenatal') AND {})"""
EARLY = CHECKS.format("t.code = 'antenatal_first' AND v.weeks < 13") + " > 0"
SYSTEM = f"{EARLY} AND {CHECKS.format('TRUE')} >= 5 AND b.home IS NOT NULL AND b.done_on BETWEEN b.home AND b.home + 28"
SIGNED = """
    SELECT r.institution_id, 0, count(*) FROM bphs_resident r JOIN bphs_contract c ON c.resident_id = r.id
     WHERE %(alive)s AND c.state IN ('running', 'renewed', 'ended') AND c.date_from <= %(last)s AND c.until > %(last)s
     GROUP BY 1
"""


class NoticeCase(IndicatorCase):
    """The county of the notice, last year, counted by the suite and by the control."""

    figures = TENTH

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.year = cls.today.year - 1
        cls.day, cls.autumn = date(cls.year, 12, 31), date(cls.year, 9, 30)
        seed(cls, cls.figures, cls.year)
        population = cls.as_user("administrator", "bphs.population").create(
            {"name": "签约服务人口", "basis": "signing", "division_id": cls.county.id, "source": "统计局",
             "number": cls.figures.population, "date": cls.day}
        )  # fmt: skip
        cls.as_user("primary_care_officer", population).action_approve()
        cls.told_in = {cls.day: date(cls.year, 12, 1), cls.autumn: date(cls.year, 9, 1)}
        for month in cls.told_in.values():
            cls.count(month)

    # === THE CONTROL === #

    @classmethod
    def control(cls, statement, since, last, **parts):
        """:return dict: clinic id -> (denominator, numerator)"""
        days = {"since": since, "last": last}
        parts = {name: SQL(part, **days) if isinstance(part, str) else part for name, part in parts.items()}
        query = SQL(statement, records=SQL(RECORDS, **days), alive=SQL(ALIVE), **days, **parts)
        return {clinic: counts for clinic, *counts in cls.env.execute_query(query)}

    @classmethod
    def controls(cls):
        """:return: list of (code of the indicator, last day, control, numerator and denominator that are true)"""
        told, year, autumn = cls.figures, date(cls.year, 1, 1), date(cls.year - 1, 10, 1)

        def chronic(group):
            return cls.control(CHRONIC, year, cls.day, group=SQL("%s", group), measured=MEASURED[group])

        def people(who, counted, since=year, last=cls.day):
            return cls.control(WITH_RECORDS, since, last, who=who, counted=counted)

        def has(code, more="TRUE"):
            """Whether somebody has such a record in the time."""
            return f"EXISTS (SELECT FROM ({RECORDS}) x WHERE x.resident_id = r.id AND x.code = '{code}' AND {more})"

        under = "r.birth_date + interval '{} years' > %(last)s AND r.birth_date <= %(last)s"
        mother_child = {"since": autumn, "last": cls.autumn}
        ill = "EXISTS (SELECT FROM bphs_resident_group g WHERE g.resident_id = r.id AND g.kind = 'smi')"
        good = f"{has('elder_exam', 'x.is_complete')} AND {has('self_care')}"
        return [
            ("HTN_STANDARD", cls.day, chronic("hypertension"), told.htn_good, told.htn),
            ("DM_STANDARD", cls.day, chronic("diabetes"), told.dm_good, told.dm),
            ("ELDER_STANDARD", cls.day, people(OLD, good), told.elders_good, told.elders),
            ("TCM_ELDER", cls.day, people(OLD, has("tcm33", "x.is_complete")), told.elders_tcm, told.elders),
            ("SMI_MANAGED", cls.day, people(ill, has("smi")), told.seen, told.ill),
            ("EHR_STANDARD_FILES", cls.day, people("TRUE", "r.standardised"), told.standardised, told.files),
            ("CHILD_MANAGED", cls.autumn, people(under.format(7), has("child"), **mother_child), told.checked,
             told.children),
            ("TCM_CHILD", cls.autumn, cls.control(CHILD_TCM, autumn, cls.autumn), told.child_tcm, told.infants),
            ("MOTHER_EARLY", cls.autumn, cls.control(MOTHERS, autumn, cls.autumn, counted=EARLY), told.early,
             told.births),
            ("MOTHER_SYSTEM", cls.autumn, cls.control(MOTHERS, autumn, cls.autumn, counted=SYSTEM), told.system,
             told.births),
            ("SIGNED", cls.day, cls.control(SIGNED, year, cls.day), told.signed, told.population),
        ]  # fmt: skip


@tagged("post_install", "-at_install")
class TestNotice(NoticeCase):
    """Managed and standard-managed figures of the notice, on a county whose true figures they are."""

    printed = {
        "HTN_STANDARD": "77%",
        "DM_STANDARD": "74%",
        "ELDER_STANDARD": "83%",
        "TCM_ELDER": "78%",
        "SMI_MANAGED": "96%",
        "EHR_STANDARD_FILES": "94%",
        "CHILD_MANAGED": "92.49%",
        "TCM_CHILD": "86%",
        "MOTHER_EARLY": "94.04%",
        "MOTHER_SYSTEM": "93.64%",
        "SIGNED": "91.83%",
    }

    def test_the_suite_counts_what_the_control_counts_and_what_is_true(self):
        townships = {self.township_a: (self.clinic_a1, self.clinic_a2), self.township_b: (self.clinic_b1,)}
        for code, day, control, good, whole in self.controls():
            over = code == "SIGNED"
            sums = [sum(counts) for counts in zip(*control.values(), strict=True)]
            self.assertEqual((sums[1], whole if over else sums[0]), (good, whole), f"{code}: the control")
            month = self.told_in[day]
            value = self.value(code, self.bureau, month)
            self.assertEqual((value.numerator_whole, value.denominator_whole), (good, whole), code)
            self.assertEqual(value.shown_whole, self.printed[code], code)
            for place, clinics in [*townships.items(), *((one, (one,)) for own in townships.values() for one in own)]:
                counted = [sum(control[clinic.id][at] for clinic in clinics) for at in (0, 1)]
                told = self.value(code, place, month)
                self.assertEqual(told.numerator_whole, counted[1], (code, place.name))
                if not over:
                    self.assertEqual(told.denominator_whole, counted[0], (code, place.name))

    def test_heads_are_those_the_notice_counts(self):
        """No elder is told to be looked after beyond the notice, though some of the ill were examined besides."""
        told = self.figures
        for code, people in (
            ("ELDER_COUNT", told.elders_good),
            ("TCM_ELDER_COUNT", told.elders_tcm),
            ("SIGNED_COUNT", told.signed),
        ):
            value = self.value(code, self.bureau, self.told_in[self.day])
            self.assertEqual((value.numerator_whole, value.shown_whole), (people, f"{people:,} 人"), code)

    def test_every_list_is_as_long_as_the_control(self):
        """Of a township, as its public health opens it: the people, children too, and not their number alone."""
        for key in ("a", "b"):
            self.name_person(f"township_public_health_{key}")
        residents = {key: self.as_user(f"township_public_health_{key}", "bphs.resident") for key in ("a", "b")}
        clinics = {"a": (self.clinic_a1, self.clinic_a2), "b": (self.clinic_b1,)}
        for code, day, control, *__ in self.controls():
            if code in ("SIGNED", "MOTHER_EARLY", "MOTHER_SYSTEM"):
                continue  # over a population that is no list, or over other people
            for key, township in (("a", self.township_a), ("b", self.township_b)):
                value = self.value(code, township, self.told_in[day])
                asked = value.with_user(self.user[f"township_public_health_{key}"])
                counts = [sum(control[clinic.id][at] for clinic in clinics[key]) for at in (0, 1)]
                lists = {part: residents[key].search_count(getattr(asked, f"action_{part}")()["domain"])
                         for part in ("counted", "left")}  # fmt: skip
                self.assertEqual((lists["counted"] + lists["left"], lists["counted"]), tuple(counts), (code, key))

    def test_the_board_shows_the_same(self):
        board = self.as_user("primary_care_officer", "bphs.indicator.value").board(str(self.told_in[self.day]))
        for code, day, _control, good, whole in self.controls():
            if day != self.day or code in ("SMI_MANAGED", "EHR_STANDARD_FILES"):
                continue  # of what is for named persons the board shows nobody but them
            cell = board["cells"][f"{self.bureau.id}|{code}"]
            self.assertEqual((cell["shown"], cell["parts"]), (self.printed[code], f"{good:,} / {whole:,}"), code)
        self.assertNotIn(f"{self.bureau.id}|SMI_MANAGED", board["cells"])

    def test_who_is_managed_is_who_the_register_lists(self):
        for kind, code in (("hypertension", "HTN_STANDARD"), ("diabetes", "DM_STANDARD")):
            control = next(found for name, __, found, *___ in self.controls() if name == code)
            running = [("kind", "=", kind), ("date_to", "=", False)]
            listed = self.as_user("township_director_a", "bphs.resident").search_count(
                [("status", "=", "active"), ("group_ids", "any", running)]
            )
            self.assertEqual(listed, control[self.clinic_a1.id][0] + control[self.clinic_a2.id][0], kind)


@tagged("post_install", "-at_install", "-standard", "county_size")
class TestNoticeWhole(TestNotice):
    """The same of the whole county, to the person; some minutes: `--test-tags county_size`."""

    allow_inherited_tests_method = True
    figures = NOTICE
