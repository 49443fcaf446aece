from datetime import date

from lxml import etree

from odoo.tests import tagged

from ..common import CountyCase


@tagged("post_install", "-at_install")
class TestTimesInWords(CountyCase):
    """Dates as people meet them: as the heading of a group, and as the first thing a form asks."""

    def setUp(self):
        super().setUp()
        for language in ("zh_CN", "en_US"):
            self.env["res.lang"]._activate_lang(language)
        self.env["bphs.working.day"].create({"date": date(2031, 9, 5), "kind": "holiday", "name": "试"})

    def told(self, span, language):
        days = self.env["bphs.working.day"].with_context(lang=language)
        by = f"date:{span}"
        ((value, label),) = [group[by] for group in days.formatted_read_group([("name", "=", "试")], [by], ["__count"])]
        return label

    def test_a_span_of_time_is_named_as_it_is_written(self):
        for span, label in (
            ("day", "2031年9月5日"),
            ("week", "2031年第35周"),
            ("month", "2031年9月"),
            ("quarter", "2031年第三季度"),
            ("year", "2031"),
        ):
            self.assertEqual(self.told(span, "zh_CN"), label)
        self.assertEqual(self.told("month", "en_US"), "September 2031", "other languages as the platform has it")

    def test_a_form_that_begins_with_a_date_opens_without_the_calendar(self):
        for view in self.env["ir.ui.view"].search([("type", "=", "form"), ("model", "=like", "bphs.%")]):
            arch = etree.fromstring(self.env[view.model].get_view(view.id, "form")["arch"])
            first = next((node for node in arch.iter("field") if node.get("invisible") not in ("1", "True")), None)
            if first is not None and self.env[view.model]._fields[first.get("name")].type in ("date", "datetime"):
                self.assertEqual(arch.get("disable_autofocus"), "1", view.name)
        parts = etree.fromstring(
            "<form><field name='name'/><field name='post_ids'><list><field name='date_from'/></list>"
            "<form><field name='date_from'/><field name='institution_id'/></form></field></form>"
        )
        worker = self.env["bphs.worker"]
        self.assertEqual(worker._model_of_table(parts.find("field[@name='post_ids']"))._name, "bphs.worker.post")
        row = parts.find(".//field/form")
        self.env["bphs.worker.post"]._leave_date_alone(row)
        worker._leave_date_alone(parts)
        self.assertEqual((row.get("disable_autofocus"), parts.get("disable_autofocus")), ("1", None))
