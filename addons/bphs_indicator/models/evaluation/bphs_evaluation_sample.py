import re

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

# A record as the management wing knows it; its number has gaps, and tells nothing to who may not read it.
PREFIX = "V"
REFERENCE = re.compile(rf"{PREFIX}([1-9][0-9]{{0,17}})")
# Files for named persons are no part of it: to be drawn would tell of them. A doubt that was explained is none.
FRAMES = """
    WITH doubtful AS (
        SELECT e.visit_id, count(*) AS doubts
          FROM bphs_authenticity_evidence e
          JOIN bphs_authenticity_finding f ON f.id = e.finding_id
         WHERE f.state IN ('found', 'sampled') OR e.verdict IN ('false', 'partly')
         GROUP BY e.visit_id
    )
    SELECT v.institution_id, v.id, coalesce(d.doubts, 0)
      FROM bphs_visit v
      JOIN bphs_resident r ON r.id = v.resident_id AND r.restricted IS NOT TRUE
      LEFT JOIN doubtful d ON d.visit_id = v.id
     WHERE v.state = 'done' AND v.sensitive IS NOT TRUE
       AND v.institution_id = ANY(%(places)s) AND v.done_on BETWEEN %(first)s AND %(last)s
"""


class BphsEvaluationSample(models.Model):
    """Samples of a round are drawn of service records; here alone a reference becomes a record again."""

    _inherit = "bphs.evaluation.sample"

    @api.model
    def _frames_of(self, units, first, last):
        found = super()._frames_of(units, first, last)
        self.env.flush_all()
        unit_of = {}
        for unit in units:
            # sudo: all that works below a unit of the round; its records become numbers
            for place in self.env["bphs.institution"].sudo().search([("id", "child_of", unit.id)]):
                unit_of[place.id] = unit.id
        statement = SQL(FRAMES, places=list(unit_of), first=first, last=last)
        for place, visit, doubts in self.env.execute_query(statement):
            found.setdefault(unit_of[place], {})[f"{PREFIX}{visit}"] = doubts
        return found

    def action_draw(self):
        """Draw the sample, of service records only of those that its units gave in the period.

        :raise UserError: a number stands there that is none of these, or as before
        """
        self.ensure_one()
        self._check_step("draw")
        self._check_records_of_units()
        return super().action_draw()

    def _check_records_of_units(self):
        """Numbers may be typed, and they run on: of another unit's records, or of hidden ones, none is drawn. What was
        drawn is opened, and what is found untrue leaves the work of its unit.

        :raise UserError: a number of a service record is none of its unit in the period
        """
        said = {frame: {one for one in frame._references() if REFERENCE.fullmatch(one)} for frame in self.frame_ids}
        if not any(said.values()):
            return
        round_ = self.evaluation_id
        period = round_.period_id
        held = self._frames_of(round_.sheet_ids.institution_id, period.date_start, period.date_end)
        for frame, references in said.items():
            if strange := sorted(references - held.get(frame.unit_id.id, {}).keys()):
                raise UserError(
                    self.env._(
                        "%(unit)s: %(count)s numbers are of no service record that it gave in the period, the first:"
                        " %(reference)s. Take the records of the period once more.",
                        unit=frame.unit_id.name,
                        count=len(strange),
                        reference=strange[0],
                    )
                )


class BphsEvaluationSampleRecord(models.Model):
    _inherit = "bphs.evaluation.sample.record"

    def action_open_record(self):
        """Open the record that was drawn, with the sample as the reason in the log.

        :return: the action that shows it
        :raise AccessError: the file is not for this user to see
        :raise UserError: the reference is none of a service record
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env["bphs.visit"].has_access("read"):
            raise AccessError(self.env._("Records are opened by those who look after residents."))
        if not REFERENCE.fullmatch(self.reference):
            raise UserError(self.env._("%(reference)s is no service record kept here.", reference=self.reference))
        visit = self._open_file_of(self._visits_of_units()[self])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record Drawn"),
            "res_model": "bphs.visit",
            "res_id": visit.id,
            "views": [(False, "form")],
        }

    def _visits_of_units(self):
        """Which service records these are, of those that their units gave in the period.

        A sample that was drawn before drawing asked for it holds whatever was typed: of another unit, or of nobody.

        :return dict: record of the sample -> bphs.visit, with su, or none
        """
        told = {record: REFERENCE.fullmatch(record.reference) for record in self}
        ids = [int(reference[1]) for reference in told.values() if reference]
        # sudo: which record it is, for the people wing to know; whoever opens it is asked for by the opening
        visits = self.env["bphs.visit"].sudo().browse(ids).exists()
        institutions = self.env["bphs.institution"].sudo()  # sudo: as above
        below = {unit: institutions.search([("id", "child_of", unit.id)]) for unit in self.unit_id}
        found = {}
        for record, reference in told.items():
            period = record.sample_id.evaluation_id.period_id
            found[record] = visits.filtered(
                lambda visit, reference=reference, record=record, period=period: (
                    reference
                    and visit.id == int(reference[1])
                    and visit.state == "done"
                    and visit.institution_id in below[record.unit_id]
                    and period.date_start <= visit.done_on <= period.date_end
                )
            )
        return found

    def _open_file_of(self, visit):
        """Open the file of a service record, with the sample as the reason.

        :param visit: bphs.visit, with su, or none
        :return: the record
        :raise AccessError: it is not for this user to see, or there is none: in the same words
        """
        named = self.env.user.has_group("bphs_resident.group_sensitive")
        reason = self.env._("Verification for an evaluation: %(sample)s", sample=self.sample_id.name)
        try:
            if not visit or (visit.sensitive and not named):
                self.env["bphs.resident"]._raise_not_visible()
            visit.resident_id.sudo(False).action_open(reason)  # sudo: back to the user
        except AccessError as refusal:
            raise AccessError(self.env._("This record is not yours to see.")) from refusal
        return visit
