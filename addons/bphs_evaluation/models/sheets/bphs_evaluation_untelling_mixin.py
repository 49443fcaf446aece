from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools.references import tells_of_person


class BphsEvaluationUntellingMixin(models.AbstractModel):
    """Words of an evaluation tell of no resident: an identity or a mobile number in them is refused."""

    _name = "bphs.evaluation.untelling.mixin"
    _description = "Tells of No Resident"

    # Texts that people type.
    _untelling = ()

    @api.constrains(lambda self: self._untelling)
    def _check_untelling(self):
        for record in self:
            for name in self._untelling:
                if tells_of_person(record[name] or ""):
                    raise ValidationError(
                        self.env._(
                            "%(field)s: an evaluation names no resident. Leave identity and phone numbers out.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )
