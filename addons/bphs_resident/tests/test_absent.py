from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ResidentCase

CALLS = (
    ("read", [["name"]]),
    ("read", [["id"]]),
    ("read", [["display_name"]]),
    ("read", [["masked_id", "age"]]),
    ("web_read", [{"name": {}}]),
    ("web_read", [{"id": {}}]),
    ("write", [{"note": "x"}]),
    ("unlink", []),
    ("timeline", []),
    ("action_open", ["核查健康档案"]),
    ("action_move", []),
    ("action_unmask", ["phone", "核查健康档案"]),
    ("get_metadata", []),
    ("copy", []),
    ("action_archive", []),
)


@tagged("post_install", "-at_install")
class TestAbsent(ResidentCase):
    """A file for named persons is answered as one that is not there: ids run on, and who is told apart is counted."""

    def answer(self, key, model, method, record_id, arguments):
        records = self.as_user(key, self.env[model].browse()).with_context(lang="en_US")
        savepoint = self.env.cr.savepoint()
        try:
            return repr(call_kw(records, method, [[record_id], *arguments], {})).replace(str(record_id), "#")
        except (AccessError, MissingError, UserError) as refusal:
            return f"{type(refusal).__name__}: {refusal}".replace(str(record_id), "#")
        except (AttributeError, ValueError, AssertionError):
            return None  # the model has no such method or field
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_hidden_and_absent_are_told_in_the_same_words(self):
        smi = self.env["bphs.resident.group"].create({"resident_id": self.zhang.id, "kind": "smi"})
        household = self.zhang.household_id
        hidden = [self.zhang, smi, *household]
        for key in ("auditor", "administrator", "township_director_a", "county_specialist", "finance_officer"):
            for record in hidden:
                absent = max(self.env[record._name].sudo().search([], order="id desc", limit=1).id, 10**6) + 4321
                if record.with_user(self.user[key]).has_access("read"):
                    continue
                for method, arguments in CALLS:
                    with self.subTest(key=key, model=record._name, method=method, arguments=arguments):
                        self.assertEqual(
                            self.answer(key, record._name, method, record.id, arguments),
                            self.answer(key, record._name, method, absent, arguments),
                        )
