import base64
import json

from odoo.tests import tagged

from odoo.addons.bphs_base.tests.forms import FormsCase

from .common import SCHEME, EvaluationCase


@tagged("post_install", "-at_install")
class TestMenuForms(FormsCase, EvaluationCase):
    forms_module = "bphs_evaluation"

    def form_values(self, model, key):
        own = self.bureau if self.user[key].bphs_institution_ids == self.bureau else self.township_a
        return {
            "bphs.evaluation": {"institution_id": own, "period_id": self.q2, "scheme_id": self.scheme},
            "bphs.evaluation.sample": {"evaluation_id": self._own_round(own)},
            "bphs.evaluation.scheme.import": {
                "file": base64.b64encode(json.dumps({**SCHEME, "code": "form"}).encode()).decode()
            },
        }.get(model, {})

    def _own_round(self, organiser):
        if organiser == self.bureau:
            return self.round
        return self._plan("township_public_health_a", organiser, self.q1, self.clinic_a1)
