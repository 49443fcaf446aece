from odoo import api, models
from odoo.exceptions import UserError

from ...tools.penalties import looks_abnormal
from ...tools.references import frame_text

SOFT_DOUBTS = 3


class BphsEvaluationSample(models.Model):
    """What a sample is drawn from comes from those who keep the records; which units look abnormal, from their doubts.

    Both come as numbers and opaque references: the management wing asks, and learns of no person.
    """

    _inherit = "bphs.evaluation.sample"

    @api.model
    def _frames_of(self, units, first, last):
        """The records that may be verified, of each unit and all below it. Modules add theirs to ``super()``'s.

        Reads past record rules, so callers check rights first. Nothing of named persons is in it.

        :param units: institutions of a round
        :return: dict of unit id -> {opaque reference: how many doubts there are about it}
        """
        return {}

    def action_fill(self):
        """Take the records of the round's period as what may be drawn, and mark the units that look abnormal.

        :raise UserError: drawn already, or nobody keeps records here
        """
        self.check_access("write")
        self._check_in_state(("draft",))
        for sample in self:
            round_ = sample.evaluation_id
            units, period = round_.sheet_ids.institution_id, round_.period_id
            held = self._frames_of(units, period.date_start, period.date_end)
            if not any(held.values()):
                raise UserError(
                    self.env._(
                        "%(sample)s: no records of the period are kept here. Enter their numbers.", sample=sample.name
                    )
                )
            doubts = self._doubts_of(units, period.date_start, period.date_end)
            missing = units - sample.frame_ids.unit_id
            sample.frame_ids.create([{"sample_id": sample.id, "unit_id": unit.id} for unit in missing])
            for frame in sample.frame_ids.filtered(lambda frame, units=units: frame.unit_id in units):
                unit = frame.unit_id
                hard, soft = doubts[unit.id]
                # sudo: counts are nobody's to type; who runs the round may still mark or unmark a unit
                frame.sudo().write(
                    {
                        "references": frame_text(held.get(unit.id, {})),
                        "hard_count": hard,
                        "soft_count": soft,
                        "is_abnormal": looks_abnormal(hard, soft, self._soft_doubts()),
                    }
                )

    @api.model
    def _soft_doubts(self):
        """:return int: from how many soft doubts on a unit looks abnormal"""
        # sudo: a setting that decides for everybody alike
        return int(self.env["ir.config_parameter"].sudo().get_param("bphs_evaluation.soft_doubts", SOFT_DOUBTS))

    @api.model
    def _doubts_of(self, units, first, last):
        """:return dict: unit id -> (hard, soft) doubts about it and all below it"""
        counts = self.env["bphs.institution"]._abnormal_counts(first, last)
        # sudo: numbers alone, of whatever stands below a unit of the round
        below = self.env["bphs.institution"].sudo().search([("id", "in", list(counts))])
        found = dict.fromkeys(units.ids, (0, 0))
        for place in below:
            for id_ in map(int, place.parent_path.strip("/").split("/")):
                if id_ in found:
                    hard, soft = counts[place.id]
                    found[id_] = (found[id_][0] + hard, found[id_][1] + soft)
        return found
