import re

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import CountyCase

REFUSALS = (AccessError, UserError, ValidationError)


@tagged("post_install", "-at_install")
class TestClientValues(CountyCase):
    """What a form sends back of what it may not set: dropped where it says nothing new, else refused by name."""

    def test_what_stands_is_no_attempt_to_set_it(self):
        administrator = self.as_user("administrator", "bphs.period")
        period = administrator.create(
            {"code": "2031", "kind": "year", "date_start": "2031-01-01", "date_end": "2031-12-31"}
        )
        sent = {"locked": False, "lock_reason": False, "lock_version": 0, "code": "2031A"}
        [saved] = self.ask("administrator", "bphs.period", "web_save", period.ids, sent, {"code": {}})
        self.assertEqual(saved["code"], "2031A")
        with self.assertRaisesRegex(UserError, "is set by the system or by its buttons"):
            self.ask("administrator", "bphs.period", "web_save", period.ids, {"lock_version": 3}, {})

    def test_a_computed_column_that_stands_is_no_attempt_to_set_it(self):
        clinic = self.as_user("administrator", self.clinic_a1)
        clinic.write({"township_id": self.township_a.id, "name": "甲一村卫生室（新）"})
        self.assertEqual(clinic.name, "甲一村卫生室（新）")
        with self.assertRaisesRegex(UserError, "follows from"):
            clinic.write({"township_id": self.township_b.id})
        made = clinic.create(
            {
                "code": "T13",
                "name": "甲三村卫生室",
                "kind": "village_clinic",
                "parent_id": self.township_a.id,
                "township_id": False,
            }
        )
        self.assertEqual(made.township_id, self.township_a)

    def test_a_copy_stands_at_the_beginning(self):
        for name in sorted(self.registry):
            model = self.env[name]
            if not name.startswith("bphs.") or model._abstract or model._transient:
                continue
            record = model.search([], limit=1)
            if not record:
                continue
            closed = {key for key, field in model._fields.items() if field.readonly} | model._step_fields()
            with self.subTest(name):
                self.assertFalse(closed & set(record.copy_data()[0]))

    def test_h1_every_form_may_send_back_what_it_may_not_set(self):
        """Empty for a new record, as it stands for another; whoever may write, in every model there is."""
        wrong = []
        for name in sorted(self.registry):
            if not name.startswith("bphs.") or self.env[name]._abstract or self.env[name]._transient:
                continue
            key = next((key for key in self.user if self.as_user(key, name).has_access("write")), None)
            record = key and self.as_user(key, name).search([], limit=1)
            if not record or not record.has_access("write"):
                continue
            for field in sorted(record._closed_fields()):
                if not record._has_field_access(record._fields[field], "read") or field == "id":
                    continue
                value = record._fields[field].convert_to_write(record[field], record)
                if record._fields[field].type in ("one2many", "many2many"):
                    continue
                try:
                    with self.cr.savepoint():
                        self.ask(key, name, "web_save", record.ids, {field: value}, {})
                except REFUSALS as refusal:
                    # A record that is fixed as a whole says so; that is not about the field.
                    if re.search(record._fields[field]._description_string(record.env), str(refusal)):
                        wrong.append(f"{name}.{field}: {refusal}")
        self.assertFalse(wrong, "\n".join(wrong))
