import base64
import json

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open

from odoo.addons.bphs_base.tools.replay_reader import dump

from .common import RulesetCase


def shipped(name):
    with file_open(f"bphs_elderly/data/rulesets/{name}.json", "rb") as file:
        return file.read()


@tagged("post_install", "-at_install")
class TestShippedRulesets(RulesetCase, HttpCase):
    """Sets go out and come in as the same JSON."""

    def test_each_stands_there_as_a_draft_and_goes_out_as_it_came_in(self):
        for name in ("strict-2025", "own-clock-2025"):
            with self.subTest(name):
                ruleset = self.env["bphs.elderly.ruleset"].search([("code", "=", name)])
                self.assertEqual(ruleset.state, "draft")
                self.assertEqual(base64.b64decode(ruleset.json_file), shipped(name))

    def test_they_are_brought_in_once(self):
        before = self.env["bphs.elderly.ruleset"].search_count([])
        self.env["bphs.elderly.ruleset"]._load_shipped()
        self.assertEqual(self.env["bphs.elderly.ruleset"].search_count([]), before)

    def importing(self, key, data):
        wizard = self.as_user(key, self.env["bphs.elderly.ruleset.import"])
        return wizard.create({"file": base64.b64encode(data), "file_name": "x.json"}).action_import()

    def test_a_file_becomes_a_draft_with_its_own_codes(self):
        document = json.loads(shipped("own-clock-2025"))
        document["code"] = "county-2026"
        document["rules"][0]["any"][0].append({"fact": "social", "in": ["left_behind", "living_alone"]})
        action = self.importing("county_specialist", dump(document).encode())
        ruleset = self.env["bphs.elderly.ruleset"].browse(action["res_id"])
        self.assertEqual(ruleset.editor_ids, self.user["county_specialist"])
        self.assertEqual(json.loads(base64.b64decode(ruleset.json_file)), document)
        code = self.env["bphs.elderly.code"].search([("code", "=", "left_behind")])
        self.assertEqual((code.kind, code.name), ("social", "left_behind"))

    def test_what_is_no_rule_set_is_refused(self):
        with self.refused("holds no rule set", "JSON"):
            self.importing("county_specialist", b"{")
        document = json.loads(shipped("strict-2025"))
        with self.refused("There is a rule set strict-2025 already"):
            self.importing("county_specialist", dump(document).encode())
        document["rules"][2]["any"][0][0]["op"] = "="
        with self.refused("rules[2].any[0][0].op"):
            self.importing("county_specialist", dump(document).encode())

    def test_the_file_is_saved_by_whoever_may_read_the_set(self):
        url = self.as_user("primary_care_officer", self.ruleset).action_export()["url"]
        self.authenticate("test_primary_care_officer", "test_primary_care_officer")
        self.assertEqual(self.url_open(url).json()["code"], "little")
        self.authenticate("test_village_doctor_a1", "test_village_doctor_a1")
        self.assertNotIn("little", self.url_open(url).text)
