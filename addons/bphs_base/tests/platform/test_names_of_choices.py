from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestNamesOfChoices(TransactionCase):
    """A record that is named by a choice bears the choice's words above its form, never the stored code."""

    def test_every_model_named_by_a_choice(self):
        named, coded = 0, []
        for name in sorted(self.env.registry):
            model = self.env[name]
            field = model._fields.get(model._rec_name)
            if not name.startswith("bphs.") or model._abstract or field is None or field.type != "selection":
                continue
            for code, words in field._description_selection(self.env):
                named += 1
                shown = model.new({field.name: code}).display_name or ""
                if code in shown and words not in shown:
                    coded.append(f"{name}: {shown}")
        self.assertFalse(coded)
        if "bphs.workload.event" in self.env:
            self.assertGreater(named, 3)
            event = self.env["bphs.workload.event"].new({"event": "submit"})
            self.assertEqual(event.display_name, dict(event._fields["event"].selection)["submit"])
